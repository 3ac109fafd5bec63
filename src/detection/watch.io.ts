// Tells when something below some folders has changed, once things are quiet again.
import { type FSWatcher, watch } from 'node:fs'
import { systemErrorText } from '#platform'

interface WatchOptions {
  /** Called after `quietMilliseconds` without a further change. */
  readonly changed: () => void
  /** Called with a sentence when a folder cannot be watched. */
  readonly failed: (text: string) => void
  readonly quietMilliseconds: number
}

/** Watches folders and what is below them until the answer is called. A folder that cannot be watched is reported and left out. */
export function watchFolders(
  folders: readonly string[],
  { changed, failed, quietMilliseconds }: WatchOptions,
): () => void {
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(changed, quietMilliseconds)
    timer.unref()
  }
  const watchers = folders.flatMap((folder): FSWatcher[] => {
    const complain = (thrown: unknown) => failed(`cannot watch ${folder}: ${systemErrorText(thrown)}`)
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, soon)
      watcher.on('error', complain)
      return [watcher]
    } catch (thrown) {
      complain(thrown)
      return []
    }
  })
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
