// Rules as they were read last, kept in a file: what has not changed since needs neither YAML nor Sigma to be read again.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '#platform'
import { decodeFile, encodeFile } from './sigma/codec.ts'
import type { Lists } from './sigma/modifiers.ts'
import type { ParsedFile } from './sigma/parse.ts'

/** A file as read. */
export interface ReadFile {
  readonly text: string
  readonly parsed: ParsedFile
}

/** What was read before, asked file by file; then what is to be kept for the next time. */
export interface RuleCache {
  /** What was read of a file, when it has not been touched since. */
  get(file: string): ReadFile | undefined
  /** Keeps what was read now; does nothing when all of it came from here. Where it cannot be written the next start is slower, no more. */
  keep(files: ReadonlyMap<string, ReadFile>): Promise<void>
}

const mostBytes = 500_000_000
/** A file that was cut off or changed is no cache. */
const digestOf = (json: string): string => createHash('sha256').update(json).digest('hex')
const digestLength = 64

/** A cache in a file. What is no cache, or was written by another version of the reader or with other lists, counts as empty. */
export function openRuleCache(path: string, lists: Lists): RuleCache {
  const reader = readerId(lists)
  const kept = entriesOf(path, reader)
  /** How files stood before they were read: what is written to one while it is read is seen the next time. */
  const asked = new Map<string, string>()
  let changed = false
  return {
    get(file) {
      const touched = touchedAt(file)
      asked.set(file, touched)
      const entry = kept.get(file)
      if (entry?.touched === touched && entry.parsed === null) return undefined
      const parsed = entry?.touched === touched ? decodeFile(entry.parsed) : undefined
      changed ||= parsed === undefined
      return entry && parsed && { text: entry.text, parsed }
    },
    async keep(files) {
      if (!changed && asked.size === kept.size) return
      const entries: unknown[] = []
      for (const [file, { text, parsed }] of files) {
        const encoded = encodeFile(parsed) ?? null
        entries.push([file, asked.get(file), encoded === null ? '' : text, encoded])
      }
      const json = JSON.stringify([reader, ...entries])
      await writeFileAtomic(path, digestOf(json) + json, 0o600).catch(() => undefined)
    },
  }
}

interface Entry {
  readonly touched: string
  readonly text: string
  /** Null for a file that is read anew each time. */
  readonly parsed: unknown
}

function entriesOf(path: string, reader: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const entry of storedIn(path, reader)) {
    const [file, touched, text, parsed]: readonly unknown[] = Array.isArray(entry) ? entry : []
    if (typeof file === 'string' && typeof touched === 'string' && typeof text === 'string')
      entries.set(file, { touched, text, parsed })
  }
  return entries
}

function storedIn(path: string, reader: string): readonly unknown[] {
  try {
    if (statSync(path).size > mostBytes) return []
    const text = readFileSync(path, 'utf8')
    const json = text.slice(digestLength)
    if (!text.startsWith(digestOf(json))) return []
    const value: unknown = JSON.parse(json)
    const [writer, ...entries]: readonly unknown[] = Array.isArray(value) ? value : []
    return writer === reader ? entries : []
  } catch {
    return []
  }
}

/** When and how a file was changed last; its content cannot change without this. */
function touchedAt(file: string): string {
  const about = statSync(file, { throwIfNoEntry: false })
  return about ? `${about.size} ${about.mtimeMs} ${about.ctimeMs} ${about.ino}` : ''
}

/** Changes with the code that reads rules, and with the values of lists. */
function readerId(lists: Lists): string {
  const hash = createHash('sha256').update(JSON.stringify(lists))
  for (const folder of ['sigma', 'correlation', 'testing']) {
    const path = join(import.meta.dirname, folder)
    for (const name of readdirSync(path).sort())
      if (/\.[jt]s$/.test(name) && !name.includes('.test.')) hash.update(readFileSync(join(path, name)))
  }
  return hash.digest('hex')
}
