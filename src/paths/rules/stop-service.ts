// Business services stand still when what they need does not work.
import { effectOf } from '../weaknesses.ts'
import { requests } from './logs.ts'
import type { Rule } from './rule.ts'
import { publicNodes, softness } from './standing.ts'

export const stopService: Rule = {
  id: 'stop-service',
  title: 'Stops a service that needs {on}',
  technique: 'T1489',
  tactic: 'impact',
  skill: 'impact',
  does: 'Takes away something that a business service cannot do without: a machine that is destroyed, or one that is flooded with requests.',
  seenBy: requests,
  less: { redundancy: 0.6, 'rate-limit': 0.5 },
  ground(facts, space, step) {
    const open = publicNodes(facts)
    for (const [index, { needsCount }] of facts.estate.services.entries()) {
      for (const { asset, count } of needsCount) {
        const nodes = facts.byAsset.get(asset) ?? []
        const gives = space.fact('stopped', index)
        // Fewer than `count` must be left. With spare nodes all but count − 1 must go: the last ones written down stand for them.
        const lost = nodes.slice(Math.max(0, Math.min(count, nodes.length) - 1))
        const on = lost[0]
        const node = facts.nodes[on ?? -1]
        if (on === undefined || !node) continue
        step(
          gives,
          lost.map((one) => space.fact('locked', one)),
          { on, base: 1, why: 'the service cannot do without it' },
        )
        if (!open.has(on) || nodes.length > 1) continue
        const needs = [space.fact('service', on)]
        step(gives, needs, { on, technique: 'T1498', base: 0.1 * softness(node), why: 'requests in great number' })
        for (const weakness of node.asset.weaknesses) {
          const base = effectOf('stop', weakness)
          if (base > 0)
            step(gives, needs, {
              on,
              base: base * softness(node),
              why: `${weakness} is typical of ${node.asset.kind}`,
              weakness,
              technique: 'T1499',
            })
        }
      }
    }
  },
}
