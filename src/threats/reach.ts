// Reachability over declared flows: from where an attack may begin, to what, and how many machines have to be taken over on the way.
import type { Asset, Estate, Flow } from '#model'
import type { Origin, Witness } from './words.ts'

/** What an attack that begins at one origin can reach. */
export interface Reach {
  readonly origin: Origin
  /** Machines to take over before this one is spoken to: 0 when the origin speaks to it itself; undefined when it is out of reach. */
  hops(asset: string): number | undefined
  /** The shortest way there; undefined when it is out of reach. `text` says what of the model makes it a threat. */
  way(asset: string, text: string): Witness | undefined
}

interface Step {
  readonly hops: number
  /** Where the way begins, for the first step only. */
  readonly start: string
  readonly from: string | undefined
  readonly flow: string | undefined
}

/** Something an attack may begin with: an asset that speaks to others, or an asset that is exposed itself. */
export interface Starts {
  readonly origin: Origin
  /** Assets that the attacker is or has: what they speak to is reached without further ado. */
  readonly from: readonly Asset[]
  /** Assets reached without any declared flow, and from where. */
  readonly exposed: readonly { asset: Asset; start: string }[]
  /** Assets that are never a target, and that no way leads through. */
  readonly outside: (asset: string) => boolean
}

/** Breadth first over flows, in the order of the model: of two ways of equal length the one written first. Linear in assets and flows. */
export function reachOf(starts: Starts, outOf: (asset: string) => readonly Flow[]): Reach {
  const steps = new Map<string, Step>()
  const queue: string[] = []
  const take = (to: string, step: Step): void => {
    if (steps.has(to) || starts.outside(to)) return
    steps.set(to, step)
    queue.push(to)
  }
  for (const { asset, start } of starts.exposed) take(asset.id, { hops: 0, start, from: undefined, flow: undefined })
  for (const asset of starts.from)
    for (const flow of outOf(asset.id)) take(flow.to, { hops: 0, start: asset.id, from: undefined, flow: flow.id })
  for (const id of queue) {
    const hops = (steps.get(id)?.hops ?? 0) + 1
    for (const flow of outOf(id)) take(flow.to, { hops, start: '', from: id, flow: flow.id })
  }
  return {
    origin: starts.origin,
    hops: (asset) => steps.get(asset)?.hops,
    way: (asset, text) => (steps.has(asset) ? wayTo(asset, steps, starts.origin, text) : undefined),
  }
}

function wayTo(asset: string, steps: ReadonlyMap<string, Step>, origin: Origin, text: string): Witness {
  const assets: string[] = []
  const flows: string[] = []
  let start = ''
  for (let id: string | undefined = asset; id !== undefined;) {
    const step: Step | undefined = steps.get(id)
    assets.unshift(id)
    if (step?.flow !== undefined) flows.unshift(step.flow)
    start = step?.start ?? start
    id = step?.from
  }
  return { origin, start, assets, flows, people: [], trust: [], hops: assets.length - 1, text }
}

/** Flows of an estate by one of their ends. */
export function flowsBy(estate: Estate, end: 'from' | 'to'): (asset: string) => readonly Flow[] {
  const found = new Map<string, Flow[]>()
  for (const flow of estate.flows) {
    const before = found.get(flow[end])
    if (before) before.push(flow)
    else found.set(flow[end], [flow])
  }
  return (asset) => found.get(asset) ?? []
}
