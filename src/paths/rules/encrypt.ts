// Making a machine or its data useless.
import { files, processes } from './logs.ts'
import type { Rule } from './rule.ts'

export const encrypt: Rule = {
  id: 'encrypt',
  title: 'Encrypts or wipes {on}',
  technique: 'T1486',
  tactic: 'impact',
  skill: 'impact',
  does: 'Encrypts or wipes what is on a machine, so that it no longer works.',
  seenBy: { ...processes, ...files },
  less: { edr: 0.5, 'immutable-backup': 0.9, 'allow-list': 0.5 },
  ground(facts, space, step) {
    for (const { index: on, foreign } of facts.nodes) {
      if (foreign) continue
      const gives = space.fact('locked', on)
      step(gives, [space.fact('admin', on)], { on, base: 0.9, why: 'who controls it can destroy it' })
      step(gives, [space.fact('code', on)], { on, base: 0.3, why: 'what its program may write to' })
    }
  },
}
