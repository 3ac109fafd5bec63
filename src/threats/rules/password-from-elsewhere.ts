// A password that leaked elsewhere.
import { has, isWorkplace } from '../facts.ts'
import { onLogins } from '../finders.ts'
import { takesLoginsFromAnywhere } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const passwordFromElsewhere: ThreatRule = {
  id: 'password-from-elsewhere',
  title: 'A password that leaked elsewhere',
  stride: ['S'],
  linddun: [],
  cwe: ['CWE-1391', 'CWE-308'],
  attack: ['T1110.004', 'T1078'],
  meaning: 'People who use the same password in several places log in with nothing else.',
  consequence: "A list from somebody else's break-in opens the account.",
  fix: 'Ask for a second factor, and refuse passwords that are on lists.',
  seenBy: 'authentication log: first success after failures from a new address',
  falsePositives: 'Passwords are checked against lists, and the login is reached only from inside.',
  remedy: 'second-factor',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['rate-limit', 'allow-list'],
  find: (facts) =>
    onLogins(facts, 'internet', (person, use, asset) => {
      const outer = takesLoginsFromAnywhere(facts, asset)
      const weak = use.factor === 'password' && !has(asset, 'mfa', 'phishing-resistant-mfa')
      return (
        weak &&
        outer &&
        person.habits.includes('reuses-passwords') &&
        !isWorkplace(asset) && {
          text: `${person.title} log in to ${asset.title} with passwords that they use elsewhere too`,
          at: asset.id,
        }
      )
    }),
}
