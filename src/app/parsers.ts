// Parsers as the command line shows them: the workspace's own checked, all listed, lines of a file tried.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Issue } from '#kernel'
import { systemClock } from '#platform'
import {
  checkDeclared,
  type FileEvent,
  type Parser,
  parserDocs,
  parserFolder,
  readEventFiles,
  recordParser,
} from '#telemetry'

/** What was found in a folder of parsers. */
export interface ParserCheck {
  readonly folder: string
  readonly files: number
  readonly parsers: readonly string[]
  readonly tests: number
  readonly issues: readonly Issue[]
}

/** Reads every parser of a folder and tries its inline tests. */
export async function checkParsers(folder: string, received: number): Promise<ParserCheck> {
  const { files, declared, issues } = await checkDeclared(folder, received)
  return {
    folder,
    files,
    parsers: declared.map(({ definition }) => definition.name),
    tests: declared.reduce((sum, { definition }) => sum + definition.tests.length, 0),
    issues,
  }
}

/** Whether a folder or file is there. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export { parserFolder }

/** The parsers of a workspace, tried with their own tests, and what is wrong with the others; none where no castellan.yaml is. */
export async function ownParsers(
  workspace: string | undefined,
): Promise<{ readonly parsers: readonly Parser[]; readonly issues: readonly Issue[] }> {
  if (workspace === undefined || !(await isThere(join(workspace, 'castellan.yaml')))) return { parsers: [], issues: [] }
  return checkDeclared(parserFolder(workspace), systemClock.now())
}

/** A parser in a list: where it is from and what it does. */
export interface ListedParser {
  readonly name: string
  readonly from: 'workspace' | 'built in'
  readonly does: string
  readonly recognises: string
}

/** All parsers in the order of asking: the workspace's first. */
export async function listParsers(workspace: string, received: number): Promise<ListedParser[]> {
  const { parsers } = await checkDeclared(parserFolder(workspace), received)
  const listed = (
    { name, does, recognises }: { readonly name: string; readonly does: string; readonly recognises: string },
    from: ListedParser['from'],
  ): ListedParser => ({ name, from, does, recognises })
  return [...parsers.map((one) => listed(one, 'workspace')), ...parserDocs.map((one) => listed(one, 'built in'))]
}

export interface TryParser {
  readonly path: string
  readonly workspace: string
  readonly parser?: string | undefined
  readonly received: number
  readonly signal: AbortSignal
}

const limits = { recordBytes: 1_048_576, batchEvents: 500 }

/** What each record of a file becomes, in turn. A parser of the workspace is asked as it would be in the stream. */
export async function* tryParser(asked: TryParser): AsyncGenerator<FileEvent | Issue> {
  const { parsers, issues } = await checkDeclared(parserFolder(asked.workspace), asked.received)
  yield* issues
  const parse = recordParser(parsers)
  const { path, parser, received } = asked
  for await (const { events, issues: found } of readEventFiles([path], { ...limits, signal: asked.signal })) {
    yield* found
    for (const { raw } of events) {
      const event = parse({ source: path, received, text: raw, ...(parser === undefined ? {} : { parser }) })
      yield Object.assign({ ...event }, { raw })
    }
  }
}
