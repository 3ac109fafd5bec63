// The pure half of telemetry as others call it: records and files in, events out.
import { parsers } from './parsers/table.ts'

export { type EventBatch, evtxRecords, type FileEvent, readEventFiles, type ReadOptions } from './files.io.ts'
export { parseRecord } from './parsers/parse-record.ts'
export { windowsEvent } from './parsers/windows/windows.ts'

/** What each parser does and recognises, in the order of asking: for documentation and for help texts. */
export const parserDocs: readonly { readonly name: string; readonly does: string; readonly recognises: string }[] =
  parsers.map(({ name, does, recognises }) => ({ name, does, recognises }))
