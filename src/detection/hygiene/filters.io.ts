// Files of the rules folder that hygiene reads and writes: benign filters, and the regression data beside rules.
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { listFiles, makeFolder, readTextFile, writeFileAtomic } from '#platform'
import { readEventFiles } from '#telemetry'
import type { TruePositive } from './guard.ts'

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

/** Events of SigmaHQ's regression layout for a rule (`regression_data/…/info.yml`), below a rules folder or beside it. */
export async function regressionOf(folders: readonly string[], rule: string): Promise<TruePositive[]> {
  const places = folders.flatMap((folder) => [folder, join(dirname(folder), 'regression_data')])
  const known: TruePositive[] = []
  for (const place of new Set(places.filter((path) => existsSync(path)))) {
    const infos = (await listFiles(place, { endings: ['info.yml'], maxFiles: bounds.files })).filter(
      (path) => basename(path) === 'info.yml',
    )
    for (const info of infos) known.push(...(await eventsBeside(info, rule)))
  }
  return known
}

async function eventsBeside(info: string, rule: string): Promise<TruePositive[]> {
  const read = await readTextFile(info, { maxBytes: bounds.bytes })
  if (!read.ok || !read.value.toLowerCase().includes(rule.toLowerCase())) return []
  const files = await listFiles(dirname(info), { endings: ['.json', '.evtx'], maxFiles: 100 })
  // The same events in two forms: the text is read where it is there.
  const texts = files.filter((file) => file.endsWith('.json'))
  const found: TruePositive[] = []
  for await (const { events, file } of readEventFiles(texts.length > 0 ? texts : files, {
    recordBytes: 10_000_000,
    batchEvents: 1_000,
  }))
    found.push(...events.map((event) => ({ name: `regression data ${basename(file)}`, event })))
  return found
}
