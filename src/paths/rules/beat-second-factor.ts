// A password that one holds, and a second factor that its owner is made to give.
import { logins } from './logs.ts'
import { logIn } from './login.ts'
import type { Rule } from './rule.ts'

const chances: Record<string, number> = { 'password-and-push': 0.35, 'password-and-code': 0.25, passkey: 0.02 }

export const beatSecondFactor: Rule = {
  id: 'beat-second-factor',
  title: 'Logs in to {on}, and makes the owner give the second factor',
  technique: 'T1621',
  tactic: 'credential-access',
  skill: 'deception',
  does: 'Has the password; asks until the owner approves the prompt, or relays the code through a false page.',
  seenBy: logins,
  less: { 'phishing-resistant-mfa': 0.1, 'rate-limit': 0.8, 'allow-list': 0.4 },
  ground(facts, space, step) {
    for (const credential of facts.credentials) {
      const chance = chances[credential.factor]
      if (chance === undefined) continue
      const eager = facts.crowds[credential.crowd]?.habits.has('approves-prompts') ?? false
      const why = eager ? `${credential.factor}, of people who approve prompts` : `${credential.factor} is asked for`
      const base = eager ? Math.min(0.9, chance * 2) : chance
      logIn(facts, space, credential, {
        base,
        why,
        technique: 'T1621',
        needs: space.fact('secret', credential.index),
        step,
      })
    }
  },
}
