// Tools that are made to run commands on many machines.
import type { Rule } from './rule.ts'
import { processes } from './logs.ts'

export const administerMachines: Rule = {
  id: 'administer-machines',
  title: 'Uses management tools to run commands on {on}',
  technique: 'T1072',
  tactic: 'lateral-movement',
  skill: 'movement',
  does: 'Controls the machine or service that manages others, and has it do what it is made for.',
  seenBy: processes,
  less: { 'allow-list': 0.5, 'session-recording': 0.9, 'phishing-resistant-mfa': 0.8 },
  ground(facts, space, step) {
    for (const { from, to: on, flow, shell } of facts.links) {
      const source = facts.nodes[from]
      if (!source || source.foreign || !shell) continue
      if (
        source.asset.category !== 'management' &&
        !(source.is('admin-interface') && source.asset.category !== 'endpoint')
      )
        continue
      const way = { on, base: 0.8, why: 'it manages this machine', via: flow.id, change: `without ${flow.id}` }
      step(space.fact('admin', on), [space.fact('admin', from)], way)
    }
  },
}
