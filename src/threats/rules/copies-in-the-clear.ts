// Copies that anybody who has them can read.
import { among, atLeast, has, isPersonal, isSomebodyElses } from '../facts.ts'
import { flowWitness, names } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const copiesInTheClear: ThreatRule = {
  id: 'copies-in-the-clear',
  title: 'Copies that anybody who has them can read',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-311'],
  attack: ['T1530', 'T1005'],
  meaning: 'Backups or files of confidential data are kept with another organisation without encryption of our own.',
  consequence: 'A lost medium, a wrong setting or a curious administrator there reads all of it.',
  fix: 'Encrypt before it leaves, with keys that stay here.',
  seenBy: 'access log of the store',
  falsePositives: 'It is encrypted with our key: write disk-encryption.',
  remedy: 'encrypt-disk',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['pseudonymised'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts
        .kept(asset.id)
        .filter(
          (one) =>
            atLeast(one.confidentiality, 'critical') || (atLeast(one.confidentiality, 'high') && isPersonal(one)),
        )
      const away =
        among(asset, 'backup') || (among(asset, 'storage') && (isSomebodyElses(asset) || facts.isPartner(asset.id)))
      if (!away || kept.length === 0 || has(asset, 'disk-encryption')) return []
      const by = facts.into(asset.id).find(({ from }) => (facts.zoneOf(from)?.id ?? '') !== asset.zone)
      if (!by) return []
      const way = flowWitness(facts, by, `${names(kept)} lies on ${asset.title} without encryption`)
      return [{ target: asset.id, data: kept, witness: { ...way, origin: 'insider' as const, hops: 0 } }]
    }),
}
