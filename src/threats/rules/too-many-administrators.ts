// An administrator too many.
import { has, is, isCrownJewel } from '../facts.ts'
import type { ThreatRule } from '../rule.ts'

export const tooManyAdministrators: ThreatRule = {
  id: 'too-many-administrators',
  title: 'An administrator too many',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-250', 'CWE-269'],
  attack: ['T1078.002'],
  meaning: 'Very many people administer one machine that matters.',
  consequence: 'The weakest of them decides how safe it is.',
  fix: 'Leave the right with those who use it every week, and hand it to others for a day when they ask.',
  seenBy: 'azure/auditlogs, windows/security 4672: administrators who never administered before',
  falsePositives: 'Administration is handed out for an hour after a second person agrees: write least-privilege.',
  remedy: 'review-rights',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['session-recording', 'phishing-resistant-mfa'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const admins = facts
        .logins(asset.id)
        .filter(({ use }) => use.as === 'admin')
        .map(({ person }) => person)
      const count = admins.reduce((sum, person) => sum + person.count, 0)
      const worth = isCrownJewel(facts, asset) || is(asset, 'issues-credentials', 'builds-code', 'backs-up')
      if (count <= 10 || !worth || has(asset, 'least-privilege')) return []
      const text = `${count} people administer ${asset.title}`
      const witness = {
        origin: 'insider' as const,
        start: admins[0]?.id ?? '',
        assets: [asset.id],
        flows: [],
        people: admins.map(({ id }) => id),
        trust: [],
        hops: 0,
        text,
      }
      return [{ target: asset.id, witness }]
    }),
}
