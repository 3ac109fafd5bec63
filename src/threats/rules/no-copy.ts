// Data of which there is no copy.
import { among, atLeast, has, isSomebodyElses } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import { isCopied, keepsForOthers } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const noCopy: ThreatRule = {
  id: 'no-copy',
  title: 'Data of which there is no copy',
  stride: ['D'],
  linddun: [],
  cwe: ['CWE-1053', 'CWE-693'],
  attack: ['T1486', 'T1485', 'T1561'],
  meaning: 'Data that may not be gone is kept where an attacker can get to, and no backup of it is in the model.',
  consequence: 'When it is encrypted or wiped it is gone.',
  fix: 'Copy it to a place that an attacker of this machine cannot change, and try to bring it back.',
  seenBy: 'category file_rename and file_change: very many in a short time',
  falsePositives: 'The copy is made by something that the model does not know: write its flow.',
  remedy: 'back-up',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['availability'],
  slowedBy: ['edr', 'redundancy', 'isolation'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace', 'partner'], within: 3 }, (asset) => {
      const lonely = facts.kept(asset.id).filter((one) => atLeast(one.availability, 'high') && !isCopied(facts, one.id))
      if (
        lonely.length === 0 ||
        !keepsForOthers(facts, asset) ||
        isSomebodyElses(asset) ||
        among(asset, 'cache', 'queue') ||
        has(asset, 'immutable-backup')
      )
        return undefined
      return { text: `no backup of ${names(lonely)} on ${asset.title} is in the model`, data: lonely }
    }),
}
