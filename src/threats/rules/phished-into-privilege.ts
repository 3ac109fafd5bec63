// A mail that leads to an administrator.
import { has } from '../facts.ts'
import { onLogins } from '../finders.ts'
import { habitFactors, insideFactor, readsMail } from '../looks.ts'
import { factorStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const phishedIntoPrivilege: ThreatRule = {
  id: 'phished-into-privilege',
  title: 'A mail that leads to an administrator',
  stride: ['S', 'E'],
  linddun: [],
  cwe: ['CWE-308', 'CWE-1390'],
  attack: ['T1566.002', 'T1078', 'T1539'],
  meaning: 'People who read mail are administrators of a machine behind a factor that a copied login page can take.',
  consequence: 'One convincing page, and a stranger administers the machine in their name.',
  fix: 'Give administrators passkeys or certificates, and an account of its own for administration.',
  seenBy: 'okta/system, azure/signinlogs: a known name from a new machine; category proxy: young domains',
  falsePositives: 'The login works only from managed machines: write phishing-resistant-mfa.',
  remedy: 'strong-factor',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['mfa', 'allow-list', 'session-recording'],
  find: (facts) =>
    onLogins(facts, 'internet', (person, use, asset) => {
      const weak =
        factorStrength(use.factor) === 'weak' || factorStrength(use.factor) === 'second' || use.factor === 'none'
      if (use.as !== 'admin' || !weak || !readsMail(facts, person) || has(asset, 'phishing-resistant-mfa'))
        return undefined
      const factors = [
        ...habitFactors(person),
        ...insideFactor(facts, asset),
        ...(use.factor === 'password' || use.factor === 'none'
          ? []
          : [{ name: 'factor', value: 0.4, why: `a second factor (${use.factor}) has to be tricked out of them too` }]),
      ]
      return {
        text: `${person.title} read mail and administer ${asset.title} with ${use.factor}`,
        at: person.id,
        factors,
      }
    }),
}
