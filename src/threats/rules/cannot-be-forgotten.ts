// People who cannot be forgotten.
import { atLeast, has, isPersonal } from '../facts.ts'
import { flowWitness, names } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const cannotBeForgotten: ThreatRule = {
  id: 'cannot-be-forgotten',
  title: 'People who cannot be forgotten',
  stride: ['I'],
  linddun: ['non-compliance'],
  cwe: ['CWE-359', 'CWE-1230'],
  attack: ['T1213'],
  meaning: 'Data about people is kept where nothing can be deleted, and nothing says when it goes.',
  consequence: 'A person who asks to be deleted comes back with the next restore.',
  fix: 'Give unchangeable copies an end, and keep a list of whom to delete again after a restore.',
  seenBy: 'not seen in logs: restore and look',
  falsePositives: 'Copies end by themselves: write retention-limit.',
  remedy: 'retention',
  frequency: 'rare',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['pseudonymised', 'disk-encryption'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts.kept(asset.id).filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'medium'))
      const by = facts.into(asset.id)[0] ?? facts.outOf(asset.id)[0]
      if (kept.length === 0 || !has(asset, 'immutable-backup') || has(asset, 'retention-limit') || !by) return []
      const witness = {
        ...flowWitness(facts, by, `${names(kept)} on ${asset.title} can never be deleted`),
        assets: [asset.id],
        origin: 'insider' as const,
        hops: 0,
      }
      return [{ target: asset.id, at: kept[0]?.subjects ?? '', data: kept, witness }]
    }),
}
