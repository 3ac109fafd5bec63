// Facts that hold before anybody attacks: where things stand, who can talk to whom, who keeps which credential, what is kept where.
import type { Estate } from '#model'
import { type Credential, credentialsOf, type Crowd, crowdsOf } from './credentials.ts'
import { type ExtraFacts, type Ground, groundOf } from './nodes.ts'

/** Data on a node: kept there, or only passing through. */
export interface Store {
  readonly node: number
  readonly data: number
  readonly kept: boolean
}

export interface Facts extends Ground {
  readonly stores: readonly Store[]
  readonly crowds: readonly Crowd[]
  readonly credentials: readonly Credential[]
  /** zone index → indices of zones around it, itself first */
  readonly around: readonly (readonly number[])[]
}

/** Facts of an estate, and what other rooms add. Linear in assets, flows, people and trust. */
export function factsOf(estate: Estate, extra: ExtraFacts = {}): Facts {
  const ground = groundOf(estate, extra)
  const crowds = crowdsOf(ground)
  return {
    ...ground,
    crowds,
    credentials: credentialsOf(ground, crowds),
    stores: storesOf(ground),
    around: aroundOf(estate),
  }
}

function aroundOf({ zones }: Estate): number[][] {
  const index = new Map(zones.map((zone, at) => [zone.id, at]))
  return zones.map((_, zone) => {
    const around = [zone]
    for (let parent = zones[zone]?.parent; parent !== undefined;) {
      const at = index.get(parent) ?? -1
      if (at < 0 || around.includes(at)) break
      around.push(at)
      parent = zones[at]?.parent
    }
    return around
  })
}

/** Data that nodes keep, and data that flows carry to or from them. */
function storesOf({ estate, nodes, links }: Ground): Store[] {
  const index = new Map(estate.data.map((data, at) => [data.id, at]))
  const stores: Store[] = []
  const seen = new Set<number>()
  const add = (node: number, id: string, kept: boolean): void => {
    const data = index.get(id)
    const key = node * estate.data.length + (data ?? 0)
    if (data === undefined || seen.has(key)) return
    seen.add(key)
    stores.push({ node, data, kept })
  }
  for (const node of nodes) for (const id of node.asset.stores) add(node.index, id, true)
  for (const { from, to, flow } of links) {
    for (const id of [...flow.data, ...flow.back])
      for (const end of [from, to]) if (nodes[end]?.foreign === false) add(end, id, false)
  }
  return stores
}
