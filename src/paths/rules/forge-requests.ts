// Requests of the attacker, sent by a service of ours to its neighbours.
import { effectOf } from '../weaknesses.ts'
import { requests } from './logs.ts'
import type { Rule } from './rule.ts'

export const forgeRequests: Rule = {
  id: 'forge-requests',
  title: 'Has {on} send requests to its neighbours',
  technique: 'T1190',
  tactic: 'initial-access',
  skill: 'exploitation',
  does: 'Gives a service an address to fetch; the service can reach what the attacker cannot (server-side request forgery).',
  seenBy: requests,
  less: { waf: 0.6, 'input-validation': 0.3, 'egress-filter': 0.3, 'allow-list': 0.3, isolation: 0.7 },
  ground(facts, space, step) {
    for (const { from: on, to, flow, service } of facts.links) {
      const node = facts.nodes[on]
      if (!node || node.foreign || !service) continue
      for (const weakness of node.asset.weaknesses) {
        const base = effectOf('forward', weakness)
        if (base === 0) continue
        const why = `${weakness} is typical of ${node.asset.kind}`
        step(space.fact('service', to), [space.fact('service', on)], {
          on,
          base,
          why,
          weakness,
          via: flow.id,
          change: `without ${flow.id}`,
        })
      }
    }
  },
}
