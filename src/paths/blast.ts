// Blast radius: everything that follows once one asset or person is lost, and how likely.
import type { Scene } from './scene.ts'
import { goodDerivations, lowerBounds } from './settle.ts'
import type { FactKind } from './space.ts'
import type { Blast } from './types.ts'

const hows = [
  ['admin', 'controls'],
  ['code', 'runs commands'],
  ['user', 'is logged in'],
] as const satisfies readonly (readonly [FactKind, Blast['items'][number]['how']])[]

/** What can be reached in a scene that starts from what is lost. Chances are those of a real path each; `exact` says that none is likelier. */
export function blastOf(scene: Scene, from: string): Blast {
  const { facts, space, graph } = scene
  const good = goodDerivations(graph)
  const { cost: least } = lowerBounds(graph)
  const chance = (kind: FactKind, index: number) => Math.exp(-(good.cost[space.fact(kind, index)] ?? Infinity))
  const items = facts.nodes.flatMap((node) => {
    if (node.foreign || node.asset.id === from) return []
    for (const [kind, how] of hows) {
      const probability = chance(kind, node.index)
      if (probability === 0) continue
      const fact = space.fact(kind, node.index)
      const exact = (good.cost[fact] ?? 0) - (least[fact] ?? 0) < 1e-9
      return [{ asset: node.name, title: node.asset.title, how, probability, exact }]
    }
    return []
  })
  const likely = <T extends { probability: number }>(list: T[]): T[] =>
    list.filter(({ probability }) => probability > 0).sort((a, b) => b.probability - a.probability)
  const data = likely(
    facts.estate.data.map(({ id, records }, index) => ({ data: id, records, probability: chance('taken', index) })),
  )
  const services = facts.estate.services.map(({ id, revenuePerHour }, index) => ({
    service: id,
    revenuePerHour,
    probability: chance('stopped', index),
  }))
  return {
    from,
    items: likely(items),
    data,
    services: likely(services),
    records: Math.round(data.reduce((sum, { records, probability }) => sum + records * probability, 0)),
  }
}
