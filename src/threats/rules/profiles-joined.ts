// What people do in one place joined with what they do in another.
import { atLeast, has, isPersonal } from '../facts.ts'
import { flowWitness, names } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const profilesJoined: ThreatRule = {
  id: 'profiles-joined',
  title: 'What people do in one place joined with what they do in another',
  stride: ['I'],
  linddun: ['linking'],
  cwe: ['CWE-359'],
  attack: ['T1213'],
  meaning: 'Data about the same people from several purposes is joined at another organisation.',
  consequence: 'Together it says about a person what no part of it said.',
  fix: 'Give each purpose its own key for a person, and join only with a ground for it.',
  seenBy: 'the log of queries over several kinds of records',
  falsePositives: 'The receiver holds them under different keys: write pseudonymised.',
  remedy: 'minimise',
  frequency: 'rare',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['least-privilege', 'consent'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts.kept(asset.id).filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'high'))
      const same = kept.filter((one) => kept.some((other) => other.id !== one.id && other.subjects === one.subjects))
      const by = facts.into(asset.id).find(({ from }) => !facts.isPartner(from) && !facts.isOutside(from))
      if (!facts.isPartner(asset.id) || same.length < 2 || has(asset, 'pseudonymised') || !by) return []
      const way = flowWitness(
        facts,
        by,
        `${asset.title} holds ${names(same)} about the same ${same[0]?.subjects ?? 'people'}`,
      )
      return [{ target: asset.id, data: same, witness: { ...way, origin: 'partner' as const, hops: 0 } }]
    }),
}
