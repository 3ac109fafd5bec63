// A mail that opens an account.
import { atLeast, has } from '../facts.ts'
import { onLogins } from '../finders.ts'
import { habitFactors, readsMail, takesLoginsFromAnywhere } from '../looks.ts'
import { factorStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const phishedUser: ThreatRule = {
  id: 'phished-user',
  title: 'A mail that opens an account',
  stride: ['S', 'I'],
  linddun: [],
  cwe: ['CWE-308'],
  attack: ['T1566.002', 'T1078', 'T1114'],
  meaning: 'People who read mail reach confidential data with nothing but a password.',
  consequence: 'One convincing page, and a stranger reads what they may read.',
  fix: 'Ask for a second factor, best a passkey.',
  seenBy: 'okta/system, azure/signinlogs, m365/audit: new places, new mail rules',
  falsePositives: 'The machine is reached only from inside: write allow-list.',
  remedy: 'second-factor',
  frequency: 'quarterly',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['allow-list', 'mail-filter'],
  find: (facts) =>
    onLogins(facts, 'internet', (person, use, asset) => {
      const outer = takesLoginsFromAnywhere(facts, asset)
      const weak =
        use.as === 'user' &&
        ['weak', 'none'].includes(factorStrength(use.factor)) &&
        !has(asset, 'mfa', 'phishing-resistant-mfa')
      const worth = facts.held(asset.id).filter((one) => atLeast(one.confidentiality, 'high'))
      if (!weak || !outer || worth.length === 0 || !readsMail(facts, person)) return undefined
      return {
        text: `${person.title} log in to ${asset.title} from anywhere with ${use.factor}`,
        at: asset.id,
        data: worth,
        factors: habitFactors(person),
      }
    }),
}
