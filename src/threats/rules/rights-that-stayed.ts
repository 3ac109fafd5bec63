// Rights that stayed.
import { anyAtLeast, has, isWorkplace } from '../facts.ts'
import { onLogins } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const rightsThatStayed: ThreatRule = {
  id: 'rights-that-stayed',
  title: 'Rights that stayed',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-266', 'CWE-269'],
  attack: ['T1078.002'],
  meaning: 'People keep rights of what they did before, among them some of an administrator or on confidential data.',
  consequence: 'An account that was taken, or an angry colleague, can do more than anybody remembers.',
  fix: 'Tie rights to the function, and let each owner confirm them every quarter.',
  seenBy: 'windows/security 4728, azure/auditlogs: groups; use of rights long unused',
  falsePositives: 'The rights are needed for standing in.',
  remedy: 'review-rights',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['session-recording', 'least-privilege'],
  find: (facts) =>
    onLogins(facts, 'insider', (person, use, asset) => {
      const worth = use.as === 'admin' || anyAtLeast(facts.kept(asset.id), 'confidentiality', 'high')
      return (
        person.habits.includes('keeps-old-rights') &&
        worth &&
        !isWorkplace(asset) &&
        !has(asset, 'least-privilege') && {
          text: `${person.title} keep old rights on ${asset.title} as ${use.as}`,
          at: person.id,
        }
      )
    }),
}
