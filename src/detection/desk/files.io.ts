// Files of the workspace's own rules.
import { join } from 'node:path'
import { listFiles, makeFolder, readTextFile, writeFileAtomic } from '#platform'

const bounds = { files: 50_000, bytes: 2_000_000 } as const

/** The text of a rule's file as it is now; nothing where it cannot be read. */
export async function ruleText(path: string): Promise<string | undefined> {
  const read = await readTextFile(path, { maxBytes: bounds.bytes })
  return read.ok ? read.value : undefined
}

/** A file of this name that is not there yet: `name.yml`, `name_2.yml`. */
export async function freeFile(folder: string, name: string): Promise<string> {
  const taken = new Set(await listFiles(folder, { endings: ['.yml', '.yaml'], maxFiles: bounds.files }))
  for (let at = 1; ; at++) {
    const path = join(folder, at === 1 ? `${name}.yml` : `${name}_${at}.yml`)
    if (!taken.has(path)) return path
  }
}

export async function writeRule(path: string, folder: string, text: string): Promise<void> {
  await makeFolder(folder, 0o755)
  await writeFileAtomic(path, text)
}
