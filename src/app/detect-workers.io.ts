// Several processes examine the blocks of event files; what they find comes in the order of the files.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Fault, type Issue } from '#kernel'
import { startWorkerProcess, type WorkerProcess } from '#platform'
import { type FileBlock, fileBlocks, isBlock } from '#telemetry'
import type { Answer, Order, WorkerStart } from './detect-worker.io.ts'
import { type Examined, readingLimits } from './examine.ts'
import type { ReadFiles } from './file-events.ts'

/** Blocks that wait for a worker: enough that none is idle, few enough that memory stays small. */
const waitingEach = 3

/** Processes that can run at the same time. */
export const processors = (): number => availableParallelism()

export interface ExamineInWorkers extends Pick<ReadFiles, 'paths' | 'signal' | 'progress'> {
  /** Of all files together. */
  readonly bytes: number
  readonly workers: number
  readonly start: WorkerStart
}

/** Everything that the workers found, in order. Throws Fault CANCELLED, and BUG when a worker ends by itself. */
export async function* examineInWorkers(asked: ExamineInWorkers): AsyncGenerator<Examined> {
  const { paths, bytes, signal, progress } = asked
  const workers = Array.from({ length: asked.workers }, () => new Worker(asked.start))
  const waiting: Promise<Found>[] = []
  let done = 0
  /** Lines of the file at work that were read. */
  let lines = 0
  const next = async (): Promise<readonly Examined[]> => {
    const found = await waiting.shift()
    if (!found) return []
    const { block } = found
    progress((done += block.to - block.from), bytes, block.file)
    const before = block.from === 0 || block.kind !== 'lines' ? 0 : lines
    lines = before + found.lines
    return before === 0 ? found.examined : found.examined.map((one) => movedDown(one, before))
  }
  const stop = () => workers.forEach((worker) => worker.end(new Fault('CANCELLED', 'reading event files')))
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const item of fileBlocks(paths, { signal, recordBytes: readingLimits.recordBytes })) {
      waiting.push(isBlock(item) ? leastBusy(workers).examine(item) : Promise.resolve(foundOf(item)))
      if (waiting.length > asked.workers * waitingEach) yield* await next()
    }
    while (waiting.length > 0) yield* await next()
  } finally {
    signal.removeEventListener('abort', stop)
    for (const left of waiting) left.catch(() => undefined)
    for (const worker of workers) worker.terminate()
  }
}

interface Found extends Omit<Answer, 'number'> {
  readonly block: FileBlock
}
const foundOf = (issue: Issue): Found => {
  const { file } = issue.at
  const examined = [{ file, events: 0, unparsed: 0, hits: [], issues: [issue] }]
  return { block: { kind: 'file', file, written: 0, from: 0, to: 0 }, examined, lines: 0 }
}

/** A worker counts lines from the beginning of its block. */
const movedDown = (examined: Examined, lines: number): Examined => ({
  ...examined,
  issues: examined.issues.map((issue) =>
    issue.at.line === undefined ? issue : { ...issue, at: { ...issue.at, line: issue.at.line + lines } },
  ),
})

const leastBusy = (workers: readonly Worker[]): Worker =>
  workers.reduce((best, worker) => (worker.load < best.load ? worker : best))

interface Waiting {
  readonly block: FileBlock
  readonly resolve: (found: Found) => void
  readonly reject: (thrown: unknown) => void
}

/** One worker and the blocks it has not answered yet. A process, no thread: one that dies takes nobody with it. */
class Worker {
  private readonly process: WorkerProcess
  private readonly waiting = new Map<number, Waiting>()
  private count = 0
  private ended: unknown

  constructor(start: WorkerStart) {
    const program = join(import.meta.dirname, `detect-worker.io${import.meta.filename.slice(-3)}`)
    this.process = startWorkerProcess(program, {
      onMessage: (message) => {
        if (isAnswer(message)) this.answered(message)
      },
      onEnd: (why) => this.end(why),
    })
    this.process.send(start)
  }

  private answered({ number, ...answer }: Answer): void {
    const { block, resolve } = this.waiting.get(number) ?? {}
    this.waiting.delete(number)
    if (block) resolve?.({ block, ...answer })
  }

  get load(): number {
    return this.waiting.size
  }

  examine(block: FileBlock): Promise<Found> {
    const number = (this.count += 1)
    const found = new Promise<Found>((resolve, reject) => this.waiting.set(number, { block, resolve, reject }))
    // Heard here too, so that a worker that ends takes no one by surprise who waits for another block first.
    found.catch(() => undefined)
    if (this.ended === undefined) {
      const order: Order = { number, block }
      this.process.send(order)
    } else this.end(this.ended)
    return found
  }

  /** Whatever waits ends with this. */
  end(why: unknown): void {
    this.ended ??= why
    for (const { reject } of this.waiting.values()) reject(this.ended)
    this.waiting.clear()
  }

  terminate(): void {
    this.process.kill()
  }
}

const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' && message !== null && 'number' in message && 'examined' in message
