// Lays out the estate's drawing with Graphviz, beside the page's own thread so that it stays responsive.
import { Graphviz } from '@hpcc-js/wasm-graphviz'
import type { Plan } from './graph.ts'
import { bestOf, layoutOf, type Layout } from './layout.ts'

interface Asked {
  readonly id: number
  readonly plans: readonly (readonly Plan[])[]
}

/** The first group of plans of which one has a good form, else the best of all. */
async function layOut(plans: Asked['plans']): Promise<Layout | undefined> {
  const graphviz = await Graphviz.load()
  const all: Layout[] = []
  for (const group of plans) {
    const layouts = group.map(({ dot, engine }) => layoutOf(JSON.parse(graphviz.layout(dot, 'json', engine))))
    const best = bestOf(layouts)
    if (best.fits) return best.layout
    all.push(...layouts)
  }
  return bestOf(all).layout
}

async function answer({ id, plans }: Asked): Promise<void> {
  try {
    self.postMessage({ id, layout: await layOut(plans) }, { transfer: [] })
  } catch (thrown) {
    self.postMessage({ id, error: thrown instanceof Error ? thrown.message : String(thrown) }, { transfer: [] })
  }
}

self.addEventListener('message', (event: MessageEvent<Asked>) => void answer(event.data))
