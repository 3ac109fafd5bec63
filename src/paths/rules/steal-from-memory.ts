// Credentials in the memory of a machine that the attacker controls.
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'

export const stealFromMemory: Rule = {
  id: 'steal-from-memory',
  title: 'Takes all credentials from the memory of {on}',
  technique: 'T1003',
  tactic: 'credential-access',
  skill: 'credentials',
  does: 'As administrator of a machine, reads every credential that is used on it.',
  seenBy: { ...processes, windows: ['windows/process_access', 'windows/security'] },
  less: { edr: 0.5, hardened: 0.7 },
  ground(facts, space, step) {
    for (const { index, factor, keptOn, change } of facts.credentials) {
      if (factor === 'none' || factor === 'passkey') continue
      for (const on of keptOn)
        step(space.fact('secret', index), [space.fact('admin', on)], {
          on,
          base: 0.85,
          why: 'whatever is used here passes its memory',
          change,
        })
    }
  },
}
