// Queries of the attacker, asked by an application of its database.
import { effectOf } from '../weaknesses.ts'
import { requests } from './logs.ts'
import type { Rule } from './rule.ts'
import { keepsData } from './standing.ts'

export const injectQueries: Rule = {
  id: 'inject-queries',
  title: 'Has {on} ask its database the attacker’s questions',
  technique: 'T1190',
  tactic: 'initial-access',
  skill: 'exploitation',
  does: 'Puts a query into a request; the application hands it to the database behind it, which answers.',
  seenBy: { ...requests, web: ['webserver', 'application', 'database'] },
  less: { waf: 0.4, 'input-validation': 0.15, 'least-privilege': 0.7, 'code-review': 0.7 },
  ground(facts, space, step) {
    const storesOn = new Map<number, number[]>()
    for (const [index, { node, kept }] of facts.stores.entries())
      if (kept) storesOn.set(node, [...(storesOn.get(node) ?? []), index])
    for (const { from: on, to, flow } of facts.links) {
      const [node, database] = [facts.nodes[on], facts.nodes[to]]
      if (!node || !database || keepsData(node) || database.asset.category !== 'database') continue
      for (const weakness of node.asset.weaknesses) {
        const base = effectOf('queries', weakness)
        if (base === 0) continue
        const needs = [space.fact('service', on)]
        const way = { on, base, why: `${weakness} is typical of ${node.asset.kind}`, weakness, via: flow.id }
        for (const store of storesOn.get(to) ?? []) step(space.fact('read', store), needs, way)
      }
    }
  },
}
