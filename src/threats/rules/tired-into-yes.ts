// Asked until they say yes.
import { anyAtLeast, has } from '../facts.ts'
import { onLogins } from '../finders.ts'
import { habitFactors, insideFactor } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const tiredIntoYes: ThreatRule = {
  id: 'tired-into-yes',
  title: 'Asked until they say yes',
  stride: ['S'],
  linddun: [],
  cwe: ['CWE-308', 'CWE-841'],
  attack: ['T1621'],
  meaning: 'A login is confirmed by pressing yes on a telephone, and its people are known to say yes.',
  consequence: 'With a known password a stranger asks at night until one of them presses yes.',
  fix: 'Let them type the number shown at the login, or give them passkeys.',
  seenBy: 'okta/system, azure/signinlogs: many refused requests, then one that is not',
  falsePositives: 'The request shows a number that has to be typed.',
  remedy: 'strong-factor',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['phishing-resistant-mfa', 'rate-limit', 'allow-list'],
  find: (facts) =>
    onLogins(facts, 'internet', (person, use, asset) => {
      const tired =
        use.factor === 'password-and-push' && (person.habits.includes('approves-prompts') || use.as === 'admin')
      const worth = use.as === 'admin' || anyAtLeast(facts.held(asset.id), 'confidentiality', 'high')
      return (
        tired &&
        worth &&
        !has(asset, 'phishing-resistant-mfa') && {
          text: `${person.title} confirm logins to ${asset.title} by pressing yes`,
          at: person.id,
          factors: [...habitFactors(person, ['approves-prompts', 'trained']), ...insideFactor(facts, asset)],
        }
      )
    }),
}
