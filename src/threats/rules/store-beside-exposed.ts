// A data store beside what strangers speak to.
import { among, anyAtLeast, has, isSomebodyElses } from '../facts.ts'
import { names } from '../finders.ts'
import { firstOf, keepsForOthers, neighboursOf } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const storeBesideExposed: ThreatRule = {
  id: 'store-beside-exposed',
  title: 'A data store beside what strangers speak to',
  stride: ['E', 'I'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-1189'],
  attack: ['T1210', 'T1046'],
  meaning: 'Confidential data is kept in the same zone as a machine that strangers or workplaces speak to.',
  consequence: 'Once that machine is taken, nothing stands between it and the data.',
  fix: 'Give the store a zone of its own that lets in only the application that asks it.',
  seenBy: 'zeek/conn within the zone, where nothing is filtered; scans seen by suricata',
  falsePositives: 'A filter on the machine itself does what a zone would: write isolation or allow-list.',
  remedy: 'segment',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['least-privilege', 'hardened', 'disk-encryption'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts.kept(asset.id)
      const worth = anyAtLeast(kept, 'confidentiality', 'high') || anyAtLeast(kept, 'integrity', 'critical')
      const apart =
        isSomebodyElses(asset) ||
        among(asset, 'endpoint', 'cloud') ||
        has(asset, 'isolation', 'allow-list') ||
        facts.isPartner(asset.id)
      if (!worth || apart || !keepsForOthers(facts, asset) || facts.nearest(asset.id, 0, '')) return []
      const beside = neighboursOf(facts, asset).filter((one) => !among(one, 'security', 'network', 'backup'))
      const way = firstOf(beside, (one) =>
        facts.nearest(one.id, 0, `${names(kept)} on ${asset.title} stands in the same zone as ${one.title}`),
      )
      return way
        ? [{ target: asset.id, witness: { ...way, assets: [...way.assets, asset.id], hops: 1 }, data: kept }]
        : []
    }),
}
