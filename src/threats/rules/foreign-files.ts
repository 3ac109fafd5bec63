// Files of strangers are opened.
import { among, has, is, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const foreignFiles: ThreatRule = {
  id: 'foreign-files',
  title: 'Files of strangers are opened',
  stride: ['E', 'D'],
  linddun: [],
  cwe: ['CWE-434', 'CWE-502'],
  attack: ['T1203', 'T1190'],
  meaning: 'Files that come from outside are opened or converted by programs that were never made for hostile ones.',
  consequence: 'One file takes the machine over, without anybody having done anything wrong.',
  fix: 'Open foreign files in a sandbox without network and without secrets.',
  seenBy: 'category process_creation: children of the converter; linux/auditd execve',
  falsePositives: 'Files are only kept and handed out again, never opened.',
  remedy: 'sandbox',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['edr', 'patched-weekly', 'isolation', 'allow-list'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner'], within: 1 }, (asset, way) => {
      if (!is(asset, 'parses-uploads') || has(asset, 'sandbox') || among(asset, 'build') || isSomebodyElses(asset))
        return undefined
      return `${asset.title} opens files that come from ${way.start}`
    }),
}
