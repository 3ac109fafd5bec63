// The files of one machine below its root folder, read with limits.
import { constants } from 'node:fs'
import { access, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextFile, systemErrorCode, systemErrorText } from '#platform'

/** A machine's files. Paths begin with a slash and are taken from its root. */
export interface Root {
  /** Whether this is the machine that runs us, so that other programs may be asked too. */
  readonly running: boolean
  readonly path: string
  /** A file's text, or why there is none. */
  text(path: string): Promise<{ readonly text: string; readonly why: string; readonly missing: boolean }>
  /** Names in a folder; none when it cannot be read. */
  names(path: string): Promise<string[]>
  /** Where a link leads, or undefined. */
  link(path: string): Promise<string | undefined>
  readable(path: string): Promise<boolean>
  /** Why a folder cannot be listed, or an empty text. */
  closed(path: string): Promise<string>
}

const mostBytes = 67_108_864

/** The machine whose root folder this is. */
export function rootAt(path: string): Root {
  const at = (inner: string): string => join(path, inner)
  return {
    running: path === '/',
    path,
    async text(inner) {
      const read = await readTextFile(at(inner), { maxBytes: mostBytes })
      if (read.ok) return { text: read.value, why: '', missing: false }
      return { text: '', why: `${inner}: ${read.fail.text}`, missing: read.fail.code === 'file-missing' }
    },
    names: (inner) => readdir(at(inner)).catch(() => []),
    link: (inner) => readlink(at(inner)).catch(() => undefined),
    readable: (inner) =>
      access(at(inner), constants.R_OK).then(
        () => true,
        () => false,
      ),
    closed: (inner) =>
      readdir(at(inner)).then(
        () => '',
        (thrown: unknown) => (systemErrorCode(thrown) === 'ENOENT' ? '' : systemErrorText(thrown)),
      ),
  }
}

/** Works on many things, at most 32 at once, and keeps their order. */
export async function each<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let from = 0; from < items.length; from += 32)
    answers.push(...(await Promise.all(items.slice(from, from + 32).map(work))))
  return answers
}
