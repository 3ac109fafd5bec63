// Data about people that is never deleted.
import { among, atLeast, has, isPersonal } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const keptForEver: ThreatRule = {
  id: 'kept-for-ever',
  title: 'Data about people that is never deleted',
  stride: ['I'],
  linddun: ['non-compliance', 'linking'],
  cwe: ['CWE-359', 'CWE-1230'],
  attack: ['T1213'],
  meaning: 'Very many records about people are kept where an attacker can get to, and nothing says for how long.',
  consequence: 'A break-in next year takes also the records that were not needed any more.',
  fix: 'Write down how long each kind of record is needed, and delete by machine.',
  seenBy: 'not seen in logs: count the oldest records',
  falsePositives: 'Law asks to keep them, and that is known: write retention-limit.',
  remedy: 'retention',
  frequency: 'rare',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['pseudonymised', 'disk-encryption'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace', 'partner'], within: 3 }, (asset) => {
      const kept = facts
        .kept(asset.id)
        .filter((one) => isPersonal(one) && one.records >= 10_000 && atLeast(one.confidentiality, 'high'))
      const task = among(asset, 'database', 'storage', 'saas', 'application', 'server')
      return (
        task &&
        kept.length > 0 &&
        !has(asset, 'retention-limit') && {
          text: `${names(kept)} on ${asset.title}: nothing says how long`,
          data: kept,
          at: kept[0]?.subjects ?? '',
        }
      )
    }),
}
