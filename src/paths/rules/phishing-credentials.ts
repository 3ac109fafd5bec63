// A message that makes somebody type a password into the wrong page.
import { atLeastOne, crowdText, personal } from './crowd.ts'
import { logins } from './logs.ts'
import { mailGuard } from './mail.ts'
import type { Rule } from './rule.ts'

/** One person types a password into the false page of one campaign. */
const types = 0.02
const typed = new Set(['password', 'password-and-push', 'password-and-code'])

export const phishingCredentials: Rule = {
  id: 'phishing-credentials',
  title: 'Has people type their password for {on} into a false page',
  technique: 'T1566.002',
  tactic: 'initial-access',
  skill: 'deception',
  does: 'Writes to people with a link to a page that looks like the login; whatever they type there is the attacker’s. Keys, certificates and passkeys cannot be typed.',
  seenBy: { ...logins, any: ['proxy', 'dns'] },
  less: { 'mail-filter': 0.4, 'phishing-resistant-mfa': 0.1 },
  ground(facts, space, step) {
    const guard = mailGuard(facts)
    for (const { index, crowd: whose, factor, opens, change } of facts.credentials) {
      const [crowd, on] = [facts.crowds[whose], opens[0]]
      if (!crowd || on === undefined || !typed.has(factor)) continue
      const chance = personal(types, crowd, 'opens-attachments')
      const why = () => crowdText(chance, crowd.count, crowd.title)
      const base = atLeastOne(chance, crowd.count)
      step(space.fact('secret', index), [space.fact('outside')], { on, ...guard, base, why, change })
    }
  },
}
