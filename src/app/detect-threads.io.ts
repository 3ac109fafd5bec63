// Several threads examine the blocks of event files; what they find comes in the order of the files.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Fault, type Issue } from '#kernel'
import { type FileBlock, fileBlocks, fileBytes, isBlock } from '#telemetry'
import type { Answer, Order, ThreadStart } from './detect-thread.io.ts'
import { type Examined, readingLimits } from './examine.ts'
import type { ReadFiles } from './file-events.ts'

/** Blocks that wait for a thread: enough that none is idle, few enough that memory stays small. */
const waitingEach = 3

/** Threads that can run at the same time. */
export const processors = (): number => availableParallelism()

export interface ExamineInThreads extends Pick<ReadFiles, 'paths' | 'signal' | 'progress'> {
  readonly threads: number
  readonly start: ThreadStart
}

/** Everything that the threads found, in order. Throws Fault CANCELLED, and BUG when a thread ends by itself. */
export async function* examineInThreads(asked: ExamineInThreads): AsyncGenerator<Examined> {
  const { paths, signal, progress } = asked
  const total = await fileBytes(paths)
  const threads = Array.from({ length: asked.threads }, () => new Thread(asked.start))
  const waiting: Promise<Found>[] = []
  let done = 0
  /** Lines of the file at work that were read. */
  let lines = 0
  const next = async (): Promise<readonly Examined[]> => {
    const found = await waiting.shift()
    if (!found) return []
    const { block } = found
    progress((done += block.to - block.from), total, block.file)
    const before = block.from === 0 || block.kind !== 'lines' ? 0 : lines
    lines = before + found.lines
    return before === 0 ? found.examined : found.examined.map((one) => movedDown(one, before))
  }
  const stop = () => threads.forEach((thread) => thread.end(new Fault('CANCELLED', 'reading event files')))
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const item of fileBlocks(paths, { signal, recordBytes: readingLimits.recordBytes })) {
      waiting.push(isBlock(item) ? leastBusy(threads).examine(item) : Promise.resolve(foundOf(item)))
      if (waiting.length > asked.threads * waitingEach) yield* await next()
    }
    while (waiting.length > 0) yield* await next()
  } finally {
    signal.removeEventListener('abort', stop)
    for (const left of waiting) left.catch(() => undefined)
    await Promise.all(threads.map((thread) => thread.terminate()))
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

/** A thread counts lines from the beginning of its block. */
const movedDown = (examined: Examined, lines: number): Examined => ({
  ...examined,
  issues: examined.issues.map((issue) =>
    issue.at.line === undefined ? issue : { ...issue, at: { ...issue.at, line: issue.at.line + lines } },
  ),
})

const leastBusy = (threads: readonly Thread[]): Thread =>
  threads.reduce((best, thread) => (thread.load < best.load ? thread : best))

interface Waiting {
  readonly block: FileBlock
  readonly resolve: (found: Found) => void
  readonly reject: (thrown: unknown) => void
}

/** One thread and the blocks it has not answered yet. */
class Thread {
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private count = 0
  private ended: unknown

  constructor(start: ThreadStart) {
    this.worker = new Worker(join(import.meta.dirname, `detect-thread.io${import.meta.filename.slice(-3)}`), {
      workerData: start,
    })
    this.worker.on('message', ({ number, ...answer }: Answer) => {
      const { block, resolve } = this.waiting.get(number) ?? {}
      this.waiting.delete(number)
      if (block) resolve?.({ block, ...answer })
    })
    this.worker.on('error', (thrown) => this.end(thrown))
    this.worker.on('exit', (code) => this.end(new Fault('BUG', `a thread ended by itself with ${code}`)))
  }

  get load(): number {
    return this.waiting.size
  }

  examine(block: FileBlock): Promise<Found> {
    const number = (this.count += 1)
    const found = new Promise<Found>((resolve, reject) => this.waiting.set(number, { block, resolve, reject }))
    // Heard here too, so that a thread that ends takes no one by surprise who waits for another block first.
    found.catch(() => undefined)
    if (this.ended === undefined) {
      const order: Order = { number, block }
      this.worker.postMessage(order)
    } else this.end(this.ended)
    return found
  }

  /** Whatever waits ends with this. */
  end(why: unknown): void {
    this.ended ??= why
    for (const { reject } of this.waiting.values()) reject(this.ended)
    this.waiting.clear()
  }

  async terminate(): Promise<void> {
    await this.worker.terminate()
  }
}
