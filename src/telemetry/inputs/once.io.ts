// Material that is read once: an event log, a compressed file. The position is a count of records taken.
import { z } from 'zod'
import { crc32 } from '../evtx/crc32.ts'
import type { InputContext } from './input.ts'

/** How far one file has come. `head` is a CRC of its first record, by which a file that only grew is known again. */
const Position = z.strictObject({
  size: z.number(),
  modified: z.number(),
  head: z.number(),
  taken: z.number(),
  done: z.boolean(),
})
type Position = z.output<typeof Position>

/** A file as it is now. */
export interface OnceFile {
  readonly key: string
  readonly size: number
  /** Milliseconds. */
  readonly modified: number
}

const most = 1_000
const mostBytes = 1_048_576

const positionOf = (text: string | undefined): Position | undefined =>
  text === undefined ? undefined : Position.safeParse(JSON.parse(text)).data

/** Whether this very file has been read to its end. */
export function isDone(file: OnceFile, context: InputContext): boolean {
  const known = positionOf(context.position(file.key))
  return known !== undefined && known.done && known.size === file.size && known.modified === file.modified
}

const headOf = (text: string): number => {
  const bytes = Buffer.from(text)
  return crc32(bytes, 0, bytes.length)
}

/** Takes the records of a file that were not taken yet. */
export async function takeOnce(file: OnceFile, texts: AsyncIterable<string>, context: InputContext): Promise<void> {
  const known = positionOf(context.position(file.key))
  const { key, size, modified } = file
  let head: number | undefined
  let [seen, skip, bytes] = [0, 0, 0]
  // One group is held back, so that the last record can carry that all is done.
  let group: string[] = []
  const give = async (done: boolean): Promise<void> => {
    const value: Position = { size, modified, head: head ?? 0, taken: seen, done }
    await context.take(group, { mark: { key, value: JSON.stringify(value) } })
    group = []
    bytes = 0
  }
  for await (const text of texts) {
    if (context.signal.aborted) return
    if (head === undefined) {
      head = headOf(text)
      if (known?.head === head) skip = known.taken
    }
    if (seen >= skip) {
      if (group.length >= most || bytes >= mostBytes) await give(false)
      group.push(text)
      bytes += text.length
    }
    seen += 1
  }
  if (group.length > 0) await give(true)
}
