// Compressed files among those that are followed: read once, and not again what was taken before they were compressed.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { crc32 } from '../evtx/crc32.ts'
import { createFramer } from '../frames.ts'
import { unpacked } from './decompress.io.ts'
import type { InputContext } from './input.ts'
import { isDone, type OnceFile, takeOnce } from './once.io.ts'
import { headLength, TailPosition } from './tailed.io.ts'

/** Shorter beginnings could be those of any file. */
const leastHead = 64

/** Reads a compressed file of a source. `present` are the inodes of plain files that are still there. */
export async function readZipped(
  path: string,
  name: string,
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
  await takeOnce(file, linesOf(path, vanished, context), context)
}

async function* linesOf(
  path: string,
  vanished: readonly TailPosition[],
  context: InputContext,
): AsyncGenerator<string> {
  const framer = createFramer({ limit: context.recordBytes })
  let skip: number | undefined
  let begun: Buffer = Buffer.alloc(0)
  for await (const piece of unpacked(createReadStream(path))) {
    begun = begun.length === 0 ? piece : Buffer.concat([begun, piece])
    if (skip === undefined && begun.length < headLength) continue
    skip ??= takenBefore(begun, vanished)
    const passed = Math.min(skip, begun.length)
    skip -= passed
    const { texts, rejected } = framer.push(begun.subarray(passed))
    begun = Buffer.alloc(0)
    context.reject(rejected)
    yield* texts
  }
  const rest = framer.push(begun.subarray(Math.min(skip ?? takenBefore(begun, vanished), begun.length)))
  const last = framer.end()
  context.reject(rest.rejected + last.rejected)
  yield* [...rest.texts, ...last.texts]
}

/** How many bytes of this text were taken from the plain file that it was. */
const takenBefore = (begun: Buffer, vanished: readonly TailPosition[]): number =>
  vanished.find(({ length, head }) => length <= begun.length && crc32(begun, 0, length) === head)?.offset ?? 0
