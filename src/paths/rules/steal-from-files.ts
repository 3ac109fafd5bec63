// Credentials of programs, in their configuration.
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'

export const stealFromFiles: Rule = {
  id: 'steal-from-files',
  title: 'Reads the credentials that programs on {on} use',
  technique: 'T1552.001',
  tactic: 'credential-access',
  skill: 'credentials',
  does: 'Reads passwords, keys and tokens in configuration and environment; or fetches those of the cloud role from its metadata service.',
  seenBy: { ...processes, cloud: ['aws/cloudtrail'] },
  less: { 'secrets-vault': 0.5, edr: 0.8, hardened: 0.8, 'least-privilege': 0.8 },
  ground(facts, space, step) {
    for (const { index, crowd, factor, role, keptOn, change } of facts.credentials) {
      if (crowd >= 0 || factor === 'none') continue
      const base = role ? 0.85 : factor === 'passkey' ? 0.05 : 0.7
      const why = role
        ? 'the role of the machine is given to whoever asks from it'
        : 'the program must be able to read it, so can its account'
      for (const on of keptOn) {
        const technique = role ? 'T1552.005' : 'T1552.001'
        step(space.fact('secret', index), [space.fact('code', on)], { on, base, why, technique, change })
      }
    }
  },
}
