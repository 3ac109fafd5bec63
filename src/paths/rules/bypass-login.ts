// Getting in as somebody without that somebody's credential.
import { effectOf } from '../weaknesses.ts'
import { requests } from './logs.ts'
import type { Rule } from './rule.ts'
import { keepsData, softness } from './standing.ts'

export const bypassLogin: Rule = {
  id: 'bypass-login',
  title: 'Gets into {on} without a credential',
  technique: 'T1190',
  tactic: 'initial-access',
  skill: 'exploitation',
  does: 'Uses a missing or faulty check of who is asking: no authentication, a default password, a session of somebody else.',
  seenBy: requests,
  less: {
    waf: 0.6,
    'input-validation': 0.5,
    mfa: 0.7,
    'phishing-resistant-mfa': 0.6,
    'rate-limit': 0.8,
    hardened: 0.6,
    'patched-weekly': 0.7,
    'allow-list': 0.3,
  },
  ground(facts, space, step) {
    for (const node of facts.nodes) {
      if (node.foreign) continue
      const on = node.index
      const [gives, needs] = [space.fact('user', on), [space.fact('service', on)]]
      for (const weakness of node.asset.weaknesses) {
        const chance = effectOf('user', weakness)
        if (chance === 0) continue
        step(gives, needs, {
          on,
          base: chance * softness(node),
          why: `${weakness} is typical of ${node.asset.kind}`,
          weakness,
        })
      }
    }
    for (const { to: on, from, flow } of facts.links) {
      const node = facts.nodes[on]
      if (
        !node ||
        flow.authentication !== 'none' ||
        !(keepsData(node) || ['device', 'industrial'].includes(node.asset.category))
      )
        continue
      const here = facts.nodes[from]?.foreign === true ? 'outside' : 'code'
      const needs = [space.fact(here, here === 'outside' ? 0 : from)]
      step(space.fact('user', on), needs, {
        on,
        base: 0.9,
        why: 'the flow asks for no credential',
        via: flow.id,
        change: `without ${flow.id}`,
      })
    }
  },
}
