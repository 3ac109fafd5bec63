// Credentials that a person types on, or keeps on, a device.
import { leavesCredentials } from '../weaknesses.ts'
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'

const chances: Record<string, number> = {
  password: 0.6,
  'password-and-push': 0.6,
  'password-and-code': 0.6,
  key: 0.5,
  certificate: 0.2,
}

export const stealFromDevice: Rule = {
  id: 'steal-from-device',
  title: 'Takes passwords and keys of people at {on}',
  technique: 'T1555',
  tactic: 'credential-access',
  skill: 'credentials',
  does: 'Reads what the browser and key files of a person keep, or what the person types. A passkey does not leave its device.',
  seenBy: processes,
  less: { edr: 0.6, 'secrets-vault': 0.5, hardened: 0.8, 'allow-list': 0.5 },
  ground(facts, space, step) {
    for (const { index, crowd, factor, keptOn, change } of facts.credentials) {
      const chance = chances[factor]
      if (crowd < 0 || chance === undefined) continue
      for (const on of keptOn) {
        const loose = facts.nodes[on]?.asset.weaknesses.some((weakness) => leavesCredentials.has(weakness)) ?? false
        const why = loose
          ? `a ${factor} kept where it can be read (CWE-522 and its like)`
          : `a ${factor} typed or kept here`
        const base = loose ? chance : chance * 0.7
        step(space.fact('secret', index), [space.fact('code', on)], { on, base, why, change })
      }
    }
  },
}
