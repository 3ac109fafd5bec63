// A copy that its writer may delete.
import { among, has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const backupCopyDeleted: ThreatRule = {
  id: 'backup-copy-deleted',
  title: 'A copy that its writer may delete',
  stride: ['D', 'T'],
  linddun: [],
  cwe: ['CWE-282', 'CWE-693'],
  attack: ['T1485', 'T1490'],
  meaning: 'The machine that makes backups writes them to a store where it may also change and delete them.',
  consequence: 'Who takes the writer deletes every copy with it.',
  fix: 'Let the store refuse changes for a month (object lock), whoever asks.',
  seenBy: 'aws/cloudtrail DeleteObject and PutObjectRetention; the log of the store',
  falsePositives: 'The writer may only add: write immutable-backup at the store.',
  remedy: 'immutable-backup',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['availability', 'integrity'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'isolation'],
  find: (facts) =>
    onFlows(facts, (_, from, to) => {
      const writes =
        (is(from, 'backs-up') || among(from, 'backup')) && among(to, 'storage', 'backup', 'cloud') && from.id !== to.id
      return (
        writes &&
        !has(to, 'immutable-backup') && {
          text: `${from.title} writes backups to ${to.title}, where they can be deleted`,
          data: facts.kept(to.id),
        }
      )
    }),
}
