// Asks the worker for a layout.
import type { Plan } from './graph.ts'
import type { Layout } from './layout.ts'

interface Answer {
  readonly id: number
  readonly layout?: Layout
  readonly error?: string
}

let worker: Worker | undefined
let asked = 0
const waiting = new Map<number, (answer: Answer) => void>()

function start(): Worker {
  if (worker) return worker
  worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  })
  worker.addEventListener('error', (event) => {
    for (const [id, answer] of waiting) answer({ id, error: event.message || 'the layout worker did not start' })
    waiting.clear()
  })
  return worker
}

/** Lays out a graph by the best of the plans. Rejects with what Graphviz says is wrong. */
export function layOut(plans: readonly (readonly Plan[])[]): Promise<Layout> {
  asked += 1
  const id = asked
  return new Promise((resolve, reject) => {
    waiting.set(id, ({ layout, error }) => {
      if (layout === undefined) reject(new Error(error ?? 'no layout'))
      else resolve(layout)
    })
    start().postMessage({ id, plans }, [])
  })
}
