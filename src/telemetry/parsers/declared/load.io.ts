// The user's parsers: every file of the workspace's `parsers/`. Bad ones are told all at once and never stop good ones.
import { join } from 'node:path'
import type { Issue } from '#kernel'
import { listFiles, readTextFile } from '#platform'
import type { Parser } from '../parser.ts'
import { parsers } from '../table.ts'
import { type Declared, readDeclared, tryDeclared } from './read.ts'

const limits = { files: 1_000, bytes: 1_000_000 } as const

/** What a folder of parsers holds. */
export interface DeclaredParsers {
  readonly declared: readonly Declared[]
  readonly issues: readonly Issue[]
  readonly files: number
}

/** Names must be single, and none of our own. */
function unique(found: readonly Declared[], issues: Issue[]): Declared[] {
  const taken = new Map<string, string>(parsers.map(({ name }) => [name, 'a built-in parser']))
  return found.filter(({ file, definition: { name }, place }) => {
    const by = taken.get(name)
    if (by === undefined) return taken.set(name, file)
    issues.push({
      code: 'parser-name',
      severity: 'error',
      at: place(['name']),
      text: `the name ${name} is taken by ${by}`,
      help: 'choose another name',
    })
    return false
  })
}

/** Reads every `.yaml` and `.yml` of a folder, in order of path; a missing folder has none. Throws Fault UNREADABLE or TOO_LARGE as `listFiles` does. */
export async function loadDeclared(folder: string): Promise<DeclaredParsers> {
  const issues: Issue[] = []
  const found: Declared[] = []
  const files = await listFiles(folder, { endings: ['.yaml', '.yml'], maxFiles: limits.files })
  for (const file of files) {
    const text = await readTextFile(file, { maxBytes: limits.bytes })
    const read = text.ok ? readDeclared(text.value, file) : undefined
    if (!text.ok) issues.push(text.fail)
    else if (read?.ok) found.push(read.value)
    else issues.push(...(read?.fail ?? []))
  }
  return { declared: unique(found, issues), issues, files: files.length }
}

/** The folder of a workspace that holds parsers. */
export const parserFolder = (workspace: string): string => join(workspace, 'parsers')

/** Parsers, and every problem of the folder, those of the inline tests among them. A parser whose tests fail is left out of the parsers but not of the list. */
export async function checkDeclared(
  folder: string,
  received: number,
): Promise<DeclaredParsers & { readonly parsers: readonly Parser[] }> {
  const loaded = await loadDeclared(folder)
  const tried = loaded.declared.map((one) => ({ one, issues: tryDeclared(one, received) }))
  return {
    ...loaded,
    issues: [...loaded.issues, ...tried.flatMap(({ issues }) => issues)],
    parsers: tried.filter(({ issues }) => issues.length === 0).map(({ one }) => one.parser),
  }
}
