// The pure half of telemetry as others call it: records and files in, events out.
import { parsers } from './parsers/table.ts'

export { blockReader, fileBlocks, fileBytes, type FileBlock, isBlock } from './file-blocks.io.ts'
export {
  type EventBatch,
  evtxRecords,
  type FileEvent,
  type FileGlance,
  glanceEventFiles,
  readEventFiles,
  type ReadOptions,
} from './files.io.ts'
export { checkDeclared, type DeclaredParsers, loadDeclared, parserFolder } from './parsers/declared/load.io.ts'
export { declaredJsonSchema } from './parsers/declared/schema.ts'
export { type Headed, headed } from './parsers/headed.ts'
export { parseRecord, type ParseRecord, recordGlancer, recordParser } from './parsers/parse-record.ts'
export type { Parser } from './parsers/parser.ts'
export { windowsEvent } from './parsers/windows/windows.ts'

/** What each parser does and recognises, in the order of asking: for documentation and for help texts. */
export const parserDocs: readonly { readonly name: string; readonly does: string; readonly recognises: string }[] =
  parsers.map(({ name, does, recognises }) => ({ name, does, recognises }))
