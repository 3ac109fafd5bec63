// Backups that an attacker can delete.
import { among, has, is } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const backupWithinReach: ThreatRule = {
  id: 'backup-within-reach',
  title: 'Backups that an attacker can delete',
  stride: ['D', 'T'],
  linddun: [],
  cwe: ['CWE-693', 'CWE-282'],
  attack: ['T1490', 'T1485', 'T1486'],
  meaning: 'What keeps the backups can be reached from where attacks begin, and what is kept can be changed.',
  consequence: 'Ransomware deletes the backups first; then paying looks like the only way.',
  fix: 'Keep copies that cannot be changed for a month, under an account that no directory knows.',
  seenBy: "the backup program's log: deleted copies and changed plans; aws/cloudtrail DeleteObject, PutBucketLifecycle",
  falsePositives: 'Copies cannot be changed: write immutable-backup.',
  remedy: 'immutable-backup',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['availability', 'integrity'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'isolation', 'edr'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace', 'partner'], within: 4 }, (asset, way) => {
      const keeps = is(asset, 'backs-up') || among(asset, 'backup')
      return (
        keeps &&
        !has(asset, 'immutable-backup') &&
        `${asset.title} is ${way.hops === 0 ? 'spoken to from' : 'reached in ' + String(way.hops + 1) + ' steps from'} ${way.start}`
      )
    }),
}
