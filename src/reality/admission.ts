// Which new flows are kept when there are very many: a scan must not fill the store, nor wash out what was seen before.
import { isStranger } from './ground.ts'
import { addFlows, flowKey, sumBy } from './sums.ts'
import type { End, ObservedFlow } from './types.ts'

/** The most rows that are kept. */
export interface Limits {
  /** Ports of one receiver called by one opener; more are summed as one flow with port 0. */
  readonly perPair: number
  /** Flows of one opener; more are dropped. */
  readonly perOpener: number
  /** Flows in all; more are dropped. */
  readonly flows: number
  /** Unknown hosts; more are dropped. */
  readonly hosts: number
}
export const usualLimits: Limits = { perPair: 32, perOpener: 1_000, flows: 50_000, hosts: 10_000 }

/** How many rows there are already. */
export interface Held {
  readonly flows: number
  readonly byOpener: ReadonlyMap<End, number>
  readonly byPair: ReadonlyMap<string, number>
}

export const pairKey = ({ from, to }: Pick<ObservedFlow, 'from' | 'to'>): string => `${from} ${to}`

/** New flows → those to keep. `folded` are sums with port 0, which the store may have already; `dropped` counts what is not kept. */
export function admit(
  fresh: readonly ObservedFlow[],
  held: Held,
  limits: Limits,
): { readonly kept: ObservedFlow[]; readonly folded: ObservedFlow[]; readonly dropped: number } {
  let total = held.flows
  let dropped = 0
  const byOpener = new Map(held.byOpener)
  const byPair = new Map(held.byPair)
  const kept: ObservedFlow[] = []
  const overflow: ObservedFlow[] = []
  for (const flow of [...fresh].sort((a, b) => b.count - a.count)) {
    const pair = pairKey(flow)
    const ports = byPair.get(pair) ?? 0
    const calls = byOpener.get(flow.from) ?? 0
    if (flow.port !== 0 && ports >= limits.perPair) overflow.push({ ...flow, port: 0 })
    else if (total >= limits.flows || (!isStranger(flow.from) && calls >= limits.perOpener)) dropped += 1
    else {
      kept.push(flow)
      total += 1
      if (flow.port !== 0) byPair.set(pair, ports + 1)
      byOpener.set(flow.from, calls + 1)
    }
  }
  return { kept, folded: [...sumBy(overflow, flowKey, addFlows).values()], dropped }
}
