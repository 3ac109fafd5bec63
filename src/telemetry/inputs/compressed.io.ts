// Compressed files among those that are followed: read once, and not again what was taken before they were compressed.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { crc32 } from '../evtx/crc32.ts'
import { unpacked } from './decompress.io.ts'
import { type FileReading, fileRecords } from './file-records.ts'
import type { InputContext } from './input.ts'
import { isDone, type OnceFile, takeOnce } from './once.io.ts'
import { headLength, TailPosition } from './tailed.io.ts'

/** Shorter beginnings could be those of any file. */
const leastHead = 64

/** Reads a compressed file of a source. `present` are the inodes of plain files that are still there. */
export async function readZipped(
  path: string,
  { name, join, csv }: Omit<FileReading, 'limit'> & { readonly name: string },
  present: ReadonlySet<string>,
  context: InputContext,
): Promise<void> {
  const about = await stat(path)
  const file: OnceFile = { key: `gzip:${name}:${path}`, size: about.size, modified: Math.floor(about.mtimeMs) }
  if (isDone(file, context)) return
  const prefix = `file:${name}:`
  const vanished = context
    .positions(prefix)
    .filter((key) => !present.has(key.slice(prefix.length)))
    .map((key) => TailPosition.parse(JSON.parse(context.position(key) ?? '{}')))
    .filter(({ length }) => length >= leastHead)
  await takeOnce(file, recordsOf(path, vanished, { join, csv, limit: context.recordBytes }, context), context)
}

/** The records are counted, so they must be the same at each reading: time plays no part in how they are joined. */
const noTime = 0

async function* recordsOf(
  path: string,
  vanished: readonly TailPosition[],
  reading: FileReading,
  context: InputContext,
): AsyncGenerator<string> {
  let records: ReturnType<typeof fileRecords> | undefined
  let skip = 0
  let begun: Buffer = Buffer.alloc(0)
  const start = (): ReturnType<typeof fileRecords> => {
    const known = takenBefore(begun, vanished)
    skip = known?.offset ?? 0
    return fileRecords(reading, known ?? { offset: 0 })
  }
  const given = ({ texts, rejected }: ReturnType<ReturnType<typeof fileRecords>['push']>): readonly string[] => {
    context.reject(rejected)
    return texts
  }
  for await (const piece of unpacked(createReadStream(path))) {
    begun = begun.length === 0 ? piece : Buffer.concat([begun, piece])
    if (records === undefined && begun.length < headLength) continue
    records ??= start()
    const passed = Math.min(skip, begun.length)
    skip -= passed
    yield* given(records.push(begun.subarray(passed), noTime))
    begun = Buffer.alloc(0)
  }
  records ??= start()
  yield* given(records.push(begun.subarray(Math.min(skip, begun.length)), noTime))
  yield* given(records.end(noTime))
}

/** How much of this text was taken from the plain file that it was. */
const takenBefore = (begun: Buffer, vanished: readonly TailPosition[]): TailPosition | undefined =>
  vanished.find(({ length, head }) => length <= begun.length && crc32(begun, 0, length) === head)
