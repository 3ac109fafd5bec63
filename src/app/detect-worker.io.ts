// A worker of `castellan detect`, a process of its own: loads the rules for itself, then examines the blocks it is given.
import { z } from 'zod'
import { createEngine, loadRules } from '#detection'
import { blockReader, type FileBlock } from '#telemetry'
import { type Examined, examine, readingLimits } from './examine.ts'
import { ownParsers } from './parsers.ts'

/** What a worker is told first. */
export const workerStart = z.strictObject({
  rules: z.array(z.string()),
  cache: z.string().optional(),
  workspace: z.string().optional(),
})
export type WorkerStart = z.infer<typeof workerStart>

/** A block on its way to a worker, and what comes back; the number tells them apart. */
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

/** One block after the other. What is thrown ends the process, and is told by whoever started it. */
function serve(send: (answer: Answer) => void): void {
  let look: ReturnType<typeof examiner> | undefined
  const take = async (message: unknown): Promise<void> => {
    if (look === undefined) look = examiner(workerStart.parse(message))
    else if (isOrder(message)) send({ number: message.number, ...(await (await look)(message.block)) })
  }
  let last = Promise.resolve()
  process.on('message', (message) => {
    last = last.then(() => take(message))
  })
  // Whoever started it is gone: there is nobody to answer.
  process.on('disconnect', () => process.exit())
}

const isOrder = (message: unknown): message is Order =>
  typeof message === 'object' && message !== null && 'number' in message && 'block' in message

async function examiner({ rules: folders, cache, workspace }: WorkerStart) {
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

const send = process.send?.bind(process)
if (send) serve(send)
