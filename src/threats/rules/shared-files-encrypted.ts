// Shared files that one click encrypts.
import { has, isWorkplace } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const sharedFilesEncrypted: ThreatRule = {
  id: 'shared-files-encrypted',
  title: 'Shared files that one click encrypts',
  stride: ['D', 'T'],
  linddun: [],
  cwe: ['CWE-282', 'CWE-732'],
  attack: ['T1486', 'T1021.002'],
  meaning: 'Machines at which people read mail write to shared files, of which no unchangeable copy is known.',
  consequence: 'A program that came by mail encrypts what everybody works with.',
  fix: 'Keep versions that cannot be changed, and let people write only where they work.',
  seenBy: 'category file_rename on the server; windows/security 5145',
  falsePositives: 'Versions are kept and cannot be deleted: write immutable-backup.',
  remedy: 'immutable-backup',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['availability', 'integrity'],
  slowedBy: ['edr', 'least-privilege'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      // What a directory shares by SMB are its policies, which people only read.
      const shares =
        /^(smb|cifs|nfs|afp|webdav)/i.test(flow.protocol) && isWorkplace(from) && to.category !== 'identity'
      const kept = facts.kept(to.id)
      return (
        shares &&
        kept.length > 0 &&
        !has(to, 'immutable-backup') &&
        !has(from, 'allow-list') && {
          text: `${from.title} writes to ${to.title}, which keeps ${names(kept)}`,
          data: kept,
        }
      )
    }),
}
