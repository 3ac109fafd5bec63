// Changing data where it is kept.
import { files } from './logs.ts'
import type { Rule } from './rule.ts'

export const tamper: Rule = {
  id: 'tamper',
  title: 'Changes data on {on}',
  technique: 'T1565.001',
  tactic: 'impact',
  skill: 'impact',
  does: 'Changes records where they are kept, as administrator or as an account that may write.',
  seenBy: files,
  less: { 'integrity-check': 0.4, 'least-privilege': 0.7, 'session-recording': 0.9 },
  ground(facts, space, step) {
    for (const { node: on, data, kept } of facts.stores) {
      if (!kept) continue
      const gives = space.fact('tampered', data)
      step(gives, [space.fact('admin', on)], { on, base: 0.95, why: 'kept here' })
      step(gives, [space.fact('user', on)], { on, base: 0.6, why: 'accounts that may read often may write' })
    }
  },
}
