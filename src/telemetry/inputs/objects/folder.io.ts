// Objects that are files below a folder: a bucket that was copied, or an export.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { filesBelow } from '../glob.io.ts'
import type { ObjectPlace } from './place.ts'

/** The files that a path, folder or pattern names. */
export const folderPlace = (path: string): ObjectPlace => ({
  name: path,
  async *list(since) {
    for (const key of await filesBelow(path)) {
      const about = await stat(key).catch(() => undefined)
      const modified = Math.floor(about?.mtimeMs ?? 0)
      if (about?.isFile() && modified >= since) yield { key, size: about.size, modified }
    }
  },
  read: (key, signal) => createReadStream(key, { signal }),
})
