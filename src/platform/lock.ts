// One process at a time in a folder. The system lets go of the lock when the process ends, however it ends.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { Fault } from '#kernel'
import { makeFolder } from './files.ts'
import { storeFault, systemErrorCode } from './system-error.ts'

export interface FolderLock {
  release(): void
}

/**
 * Takes a folder for this process. Throws Fault STORE_BUSY, naming the process that has it, when it is taken.
 * The lock is the operating system's own (an exclusive SQLite transaction), so nothing stale stays after `kill -9`, and process numbers
 * that are used again or belong to another container do not mislead; the number in the file beside it is only for the text.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await makeFolder(folder)
  const holder = join(folder, 'lock.txt')
  let database: InstanceType<typeof Database> | undefined
  try {
    database = new Database(join(folder, 'lock.db'), { timeout: 0 })
    database.exec('pragma journal_mode = delete')
    database.exec('begin exclusive')
    writeFileSync(holder, `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}`, { mode: 0o600 })
  } catch (thrown) {
    database?.close()
    if (!systemErrorCode(thrown).startsWith('SQLITE_BUSY')) throw storeFault(`folder ${folder}`, thrown)
    throw new Fault('STORE_BUSY', `${folder} is held by ${holderIn(holder)}`, { cause: thrown })
  }
  const taken = database
  let released = false
  return {
    release() {
      if (released) return
      released = true
      rmSync(holder, { force: true })
      taken.close()
    },
  }
}

function holderIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 200)
  } catch {
    return 'another process'
  }
}
