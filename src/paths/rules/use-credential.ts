// A credential that one holds, used.
import { logins } from './logs.ts'
import { logIn } from './login.ts'
import type { Rule } from './rule.ts'

const chances: Record<string, number> = { none: 1, password: 0.9, key: 0.9, certificate: 0.7 }

export const useCredential: Rule = {
  id: 'use-credential',
  title: 'Logs in to {on}, which asks for no second factor',
  technique: 'T1078',
  tactic: 'lateral-movement',
  skill: 'movement',
  does: 'Logs in with a password, key or certificate of somebody or some program, where it can be reached.',
  seenBy: logins,
  less: { mfa: 0.3, 'phishing-resistant-mfa': 0.08, 'allow-list': 0.4, 'rate-limit': 0.95 },
  ground(facts, space, step) {
    for (const credential of facts.credentials) {
      const base = chances[credential.factor]
      if (base === undefined) continue
      const why = credential.role
        ? 'the role is all that is asked for'
        : `a ${credential.factor} is all that is asked for`
      logIn(facts, space, credential, { base, why, needs: space.fact('secret', credential.index), step })
    }
  },
}
