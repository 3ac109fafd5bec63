// The files of archived days on the disk: made sure of, moved into place, removed.
import { open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#kernel'
import { makeFolder, storeFault, syncFolder } from '#platform'

const unfinished = '.part'

/** Names of a day's file while it is written and afterwards; a day that comes again has a file more. */
export function namesOf(folder: string, day: string, before: readonly string[]): { part: string; file: string } {
  if (/[{}*?]/.test(folder))
    throw new Fault('CONFIG_INVALID', `events.archive: a folder without { } * ?, not ${folder}`)
  for (let again = 1; ; again += 1) {
    const file = join(folder, again === 1 ? `${day}.parquet` : `${day}_${again}.parquet`)
    if (!before.includes(file)) return { part: `${file}${unfinished}`, file }
  }
}

/** Makes the folder and removes what a run that died left unfinished. */
export async function openArchiveFolder(folder: string): Promise<void> {
  await makeFolder(folder)
  for (const name of await readdir(folder)) if (name.endsWith(unfinished)) await removeFile(join(folder, name))
}

/** The bytes of a finished file are on the disk under its last name; answers how many. Throws Fault STORE_DOWN. */
export async function settleFile(part: string, file: string, folder: string): Promise<number> {
  try {
    const handle = await open(part, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, file)
    await syncFolder(folder)
    return (await stat(file)).size
  } catch (thrown) {
    throw storeFault(`file ${file}`, thrown)
  }
}

/** Removes a file; one that is gone already is well. */
export async function removeFile(file: string): Promise<void> {
  await unlink(file).catch((thrown: unknown) => {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'))
      throw storeFault(`file ${file}`, thrown)
  })
}
