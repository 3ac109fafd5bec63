// Changes that nobody can prove.
import { atLeast, has } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const changesWithoutRecord: ThreatRule = {
  id: 'changes-without-record',
  title: 'Changes that nobody can prove',
  stride: ['R'],
  linddun: [],
  cwe: ['CWE-778'],
  attack: ['T1070', 'T1565.001'],
  meaning: 'People change data that must be right on a machine that keeps no record of who did what.',
  consequence:
    'A wrong change, a fraud or a mistake can be denied, and cannot be undone because nobody knows what it was.',
  fix: 'Record who changed what and when, and send the record to another machine.',
  seenBy: 'it would not be seen: that is the threat',
  falsePositives: 'The record is kept by the application in front, with the name of the person.',
  remedy: 'log',
  frequency: 'yearly',
  privilege: 'user',
  harms: ['integrity'],
  slowedBy: ['session-recording', 'integrity-check'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner', 'workplace'], within: 2 }, (asset) => {
      const worth = facts.kept(asset.id).filter((one) => atLeast(one.integrity, 'high'))
      if (worth.length === 0 || asset.logs.length > 0 || has(asset, 'logging', 'session-recording')) return undefined
      return { text: `${names(worth)} is changed on ${asset.title}, which keeps no record`, data: worth }
    }),
}
