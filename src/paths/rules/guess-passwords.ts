// Passwords that are weak, or that leaked elsewhere and are used again.
import { atLeastOne, crowdText, personal } from './crowd.ts'
import { logins } from './logs.ts'
import type { Rule } from './rule.ts'

/** One person's password is among the few that everybody tries, or in a leaked list. */
const weak = 0.005
const guessable = new Set(['password', 'password-and-push', 'password-and-code'])

export const guessPasswords: Rule = {
  id: 'guess-passwords',
  title: 'Tries likely and leaked passwords on {on}',
  technique: 'T1110',
  tactic: 'credential-access',
  skill: 'credentials',
  does: 'Tries a few common passwords, and those from leaks, on the accounts of many people.',
  seenBy: logins,
  less: { 'rate-limit': 0.4, 'phishing-resistant-mfa': 0.1, 'allow-list': 0.3 },
  ground(facts, space, step) {
    for (const { index, crowd: whose, factor, opens, change } of facts.credentials) {
      const crowd = facts.crowds[whose]
      if (!crowd || !guessable.has(factor)) continue
      const chance = personal(weak, crowd, 'reuses-passwords')
      const why = () => crowdText(chance, crowd.count, crowd.title)
      const base = atLeastOne(chance, crowd.count)
      for (const on of opens) step(space.fact('secret', index), [space.fact('service', on)], { on, base, why, change })
    }
  },
}
