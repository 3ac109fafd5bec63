// Files of benign filters below the rules folder.
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles, makeFolder, readTextFile, writeFileAtomic } from '#platform'

const bounds = { files: 50_000, bytes: 2_000_000 } as const

/** A filter as its file says; times of its end are days. */
export interface FilterFile {
  readonly path: string
  readonly text: string
}

export const filtersFolder = (folder: string): string => join(folder, 'filters')

/** Files of filters; `expired` are those that have been put aside. A missing folder has none. */
export async function readFilters(folder: string): Promise<FilterFile[]> {
  const paths = await listFiles(filtersFolder(folder), {
    endings: ['.yml', '.yaml', '.expired'],
    maxFiles: bounds.files,
  })
  const found: FilterFile[] = []
  for (const path of paths) {
    const read = await readTextFile(path, { maxBytes: bounds.bytes })
    if (read.ok) found.push({ path, text: read.value })
  }
  return found
}

export async function writeFilter(folder: string, name: string, text: string): Promise<string> {
  const into = filtersFolder(folder)
  await makeFolder(into, 0o755)
  const path = join(into, name)
  await writeFileAtomic(path, text)
  return path
}

/** Puts a filter aside: its text stays, rules run without it. */
export const putAside = (path: string): Promise<void> => rename(path, `${path}.expired`)
