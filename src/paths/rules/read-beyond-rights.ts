// Reading through a service what one has no right to.
import type { Category } from '#model'
import { effectOf } from '../weaknesses.ts'
import { requests } from './logs.ts'
import type { Rule } from './rule.ts'
import { answersWith, keepsData, softness } from './standing.ts'

/** What only passes requests on has no records to ask for; what a person holds cannot be asked. */
const asked = new Set<Category>([
  'application',
  'web',
  'database',
  'storage',
  'saas',
  'server',
  'backup',
  'build',
  'cache',
  'management',
])

export const readBeyondRights: Rule = {
  id: 'read-beyond-rights',
  title: 'Asks {on} for data of others',
  technique: 'T1213',
  tactic: 'collection',
  skill: 'exploitation',
  does: "Changes the number in a request and gets somebody else's data: access is not checked for each record.",
  seenBy: requests,
  less: {
    waf: 0.8,
    'input-validation': 0.6,
    'least-privilege': 0.4,
    'rate-limit': 0.6,
    'code-review': 0.7,
    pseudonymised: 0.3,
  },
  ground(facts, space, step) {
    const answers = answersWith(facts)
    for (const [index, { node: on, data, kept }] of facts.stores.entries()) {
      const node = facts.nodes[on]
      if (!node || node.foreign || !asked.has(node.asset.category) || (!kept && node.asset.category === 'web')) continue
      if (!keepsData(node) && !answers(on, data)) continue
      for (const weakness of node.asset.weaknesses) {
        const chance = effectOf('data', weakness)
        if (chance === 0) continue
        const why = `${weakness} is typical of ${node.asset.kind}`
        step(space.fact('read', index), [space.fact('service', on)], {
          on,
          base: chance * softness(node),
          why,
          weakness,
        })
      }
    }
  },
}
