// A thread of `castellan detect`: loads the rules for itself, then examines the blocks it is given.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { createEngine, loadRules } from '#detection'
import { blockReader, type FileBlock } from '#telemetry'
import { type Examined, examine, readingLimits } from './examine.ts'
import { ownParsers } from './parsers.ts'

/** What a thread is started with. */
export const threadStart = z.strictObject({
  rules: z.array(z.string()),
  cache: z.string().optional(),
  workspace: z.string().optional(),
})
export type ThreadStart = z.infer<typeof threadStart>

/** A block on its way to a thread, and what comes back; the number tells them apart. */
export interface Order {
  readonly number: number
  readonly block: FileBlock
}
export interface Answer {
  readonly number: number
  readonly examined: readonly Examined[]
  /** Line ends in the block. */
  readonly lines: number
}

function open(port: NonNullable<typeof parentPort>): void {
  const start = threadStart.parse(workerData)
  const ready = examiner(start)
  const take = async ({ number, block }: Order): Promise<void> => {
    const look = await ready
    const answer: Answer = { number, ...(await look(block)) }
    port.postMessage(answer)
  }
  // One block after the other. What is thrown ends the thread, and is told by whoever started it.
  let last = Promise.resolve()
  port.on('message', (order: Order) => {
    last = last.then(() => take(order))
  })
}

async function examiner({ rules: folders, cache, workspace }: ThreadStart) {
  const { rules } = await loadRules(folders, { cache })
  const engine = createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
  const { parsers } = await ownParsers(workspace)
  const read = blockReader({ ...readingLimits, parsers })
  return async (block: FileBlock): Promise<Omit<Answer, 'number'>> => {
    const all: Examined[] = []
    let lines = 0
    for await (const batch of read(block)) {
      all.push(examine(engine, batch))
      lines += batch.lines
    }
    return { examined: all, lines }
  }
}

if (parentPort) open(parentPort)
