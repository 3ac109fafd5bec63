// A file that only grows, where many writers share one flush to disk.
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '#kernel'
import { makeFolder, syncFolder } from './files.ts'
import { storeFault } from './system-error.ts'

/** A file that only grows. */
export interface AppendFile {
  /**
   * Resolves when these bytes are on the disk (fdatasync). Calls made while a flush runs share the next one, in the order of the calls.
   * Rejects with Fault STORE_DOWN when the disk refuses; the file is then cut back to its last good size, so no part of them stays.
   */
  append(bytes: Buffer): Promise<void>
  /** Bytes known to be on the disk. */
  readonly size: number
  /** Waits for what was appended, then closes. Later appends are rejected. */
  close(): Promise<void>
}

/** Options of openAppend. */
export interface AppendOptions {
  /** Keep only this many bytes of what is there: drops a torn end left by a crash. */
  readonly keep?: number
  /** Access rights of a new file; owner only by default. */
  readonly mode?: number
}

/** What an append file does to the disk; tests hand in one that fails. */
export interface AppendDisk {
  write(bytes: Buffer): Promise<number>
  sync(): Promise<void>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly bytes: Buffer
  readonly done: () => void
  readonly failed: (why: unknown) => void
}
const mostBytesAtOnce = 16 * 1_048_576

/** Opens or makes a file for appending; the folder is made when missing, a new file's name is flushed too. Throws Fault STORE_DOWN. */
export async function openAppend(path: string, options: AppendOptions = {}): Promise<AppendFile> {
  const { O_APPEND, O_CREAT, O_WRONLY } = constants
  await makeFolder(dirname(path))
  let file: FileHandle | undefined
  try {
    file = await open(path, O_APPEND | O_CREAT | O_WRONLY, options.mode ?? 0o600)
    let { size } = await file.stat()
    if (options.keep !== undefined && options.keep < size) {
      await file.truncate(options.keep)
      await file.sync()
      size = options.keep
    }
    await syncFolder(dirname(path))
    return new GroupCommit(diskOf(file), size, path)
  } catch (thrown) {
    await file?.close()
    throw storeFault(`file ${path}`, thrown)
  }
}

const diskOf = (file: FileHandle): AppendDisk => ({
  write: async (bytes) => (await file.write(bytes, 0, bytes.length, null)).bytesWritten,
  sync: () => file.datasync(),
  truncate: (size) => file.truncate(size),
  close: () => file.close(),
})

/** The group commit itself, on any disk. */
export class GroupCommit implements AppendFile {
  private readonly disk: AppendDisk
  private readonly path: string
  private good: number
  private waiting: Waiting[] = []
  private flushing: Promise<void> | undefined
  private closed = false
  private broken: Fault | undefined

  /** `size` is what is there already. */
  constructor(disk: AppendDisk, size: number, path: string) {
    this.disk = disk
    this.good = size
    this.path = path
  }

  get size(): number {
    return this.good
  }

  append(bytes: Buffer): Promise<void> {
    if (this.closed) return Promise.reject(new Fault('STORE_DOWN', `file ${this.path} is closed`))
    return new Promise((done, failed) => {
      this.waiting.push({ bytes, done, failed })
      // One turn of the event loop later, so that everything which arrived together shares the flush.
      this.flushing ??= new Promise((later) => setImmediate(later)).then(() => this.flush())
    })
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    await this.flushing
    await this.disk.close()
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.take()
      try {
        if (this.broken) throw this.broken
        await this.write(batch)
        for (const { done } of batch) done()
      } catch (thrown) {
        const fault = thrown === this.broken ? thrown : await this.cutBack(thrown)
        for (const { failed } of batch) failed(fault)
      }
    }
    this.flushing = undefined
  }

  private take(): Waiting[] {
    let bytes = 0
    const end = this.waiting.findIndex((one, index) => (bytes += one.bytes.length) > mostBytesAtOnce && index > 0)
    const batch = end < 0 ? this.waiting : this.waiting.slice(0, end)
    this.waiting = this.waiting.slice(batch.length)
    return batch
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    let rest = Buffer.concat(batch.map(({ bytes }) => bytes))
    const sum = rest.length
    while (rest.length > 0) rest = rest.subarray(await this.disk.write(rest))
    await this.disk.sync()
    this.good += sum
  }

  private async cutBack(thrown: unknown): Promise<Fault> {
    try {
      await this.disk.truncate(this.good)
    } catch (again) {
      this.broken = storeFault(`file ${this.path} may end in half a record, reopen it to go on`, again)
    }
    return storeFault(`file ${this.path}`, thrown)
  }
}
