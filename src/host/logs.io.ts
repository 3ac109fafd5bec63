// The logs of a machine that this account may read.
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Root } from './root.io.ts'
import type { HostFacts } from './types.ts'

const most = 2_000
const deepest = 4
const journalFolders = ['/var/log/journal', '/run/log/journal']

/** Regular files below /var/log, the journal's left out; links are not followed. Sorted by path, at most 2,000. */
export async function logsOf(root: Root): Promise<HostFacts['logs']> {
  const found: HostFacts['logs'] = []
  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root.path, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`
      if (found.length >= most) return
      if (entry.isDirectory() && depth < deepest && !journalFolders.includes(path)) await visit(path, depth + 1)
      else if (entry.isFile() && (await root.readable(path))) {
        const about = await lstat(join(root.path, path)).catch(() => undefined)
        if (about) found.push({ path, bytes: about.size })
      }
    }
  }
  await visit('/var/log', 0)
  return found
}

/** Whether journald keeps a journal here, and whether this account may read one of its files. */
export async function journalOf(root: Root): Promise<HostFacts['journal']> {
  const files: string[] = []
  let present = false
  for (const folder of journalFolders) {
    for (const machine of await root.names(folder)) {
      present = true
      const names = await root.names(`${folder}/${machine}`)
      files.push(...names.filter((name) => name.endsWith('.journal')).map((name) => `${folder}/${machine}/${name}`))
    }
  }
  for (const file of files.slice(0, 20)) if (await root.readable(file)) return { present, readable: true }
  return { present, readable: false }
}
