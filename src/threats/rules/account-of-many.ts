// An account that many use.
import { anyAtLeast, is, isCrownJewel } from '../facts.ts'
import { onLogins } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const accountOfMany: ThreatRule = {
  id: 'account-of-many',
  title: 'An account that many use',
  stride: ['R', 'S'],
  linddun: [],
  cwe: ['CWE-1391', 'CWE-284'],
  attack: ['T1078'],
  meaning: 'Several people log in under one name to a machine that matters.',
  consequence: 'Nobody can say who did it, and the password leaves with everybody who leaves.',
  fix: 'Give everybody an account of their own; where a machine cannot, put a bastion in front that knows people.',
  seenBy: 'authentication log: one name on several machines at once',
  falsePositives: 'The account can only look at what hangs on the wall.',
  remedy: 'personal-accounts',
  frequency: 'yearly',
  privilege: 'user',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['session-recording', 'logging'],
  find: (facts) =>
    onLogins(facts, 'insider', (person, use, asset) => {
      const worth =
        use.as === 'admin' ||
        isCrownJewel(facts, asset) ||
        anyAtLeast(facts.held(asset.id), 'confidentiality', 'high') ||
        is(asset, 'safety-critical')
      return (
        person.sharedAccount && worth && { text: `${person.title} share one account on ${asset.title}`, at: person.id }
      )
    }),
}
