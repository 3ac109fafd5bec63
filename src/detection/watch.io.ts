// Hears when a rule file changes.
import { type FSWatcher, watch } from 'node:fs'

const quietMilliseconds = 300

/** Calls back once things have been quiet for a moment after a change below the folders. Folders that are not there are passed over. */
export function watchFolders(folders: readonly string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const hear = (): void => {
    clearTimeout(timer)
    timer = setTimeout(changed, quietMilliseconds)
  }
  const watchers = folders.flatMap((folder) => watched(folder, hear))
  return () => {
    clearTimeout(timer)
    for (const one of watchers) one.close()
  }
}

function watched(folder: string, hear: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { recursive: true }, (_, name) => {
      if (name === null || /\.ya?ml$/.test(name)) hear()
    })
    watcher.on('error', () => watcher.close())
    return [watcher]
  } catch {
    return []
  }
}
