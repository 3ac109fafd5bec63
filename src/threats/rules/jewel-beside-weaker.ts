// Something precious beside something weak.
import { among, anyAtLeast, has, is, isSomebodyElses, isStore, isWorkplace, rank } from '../facts.ts'
import { firstOf, handlesForeignContent, neighboursOf, passesOn, workplaceItself } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const jewelBesideWeaker: ThreatRule = {
  id: 'jewel-beside-weaker',
  title: 'Something precious beside something weak',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-1189'],
  attack: ['T1210', 'T1046'],
  meaning:
    'A machine that matters most shares its zone with a machine that handles foreign content and matters much less.',
  consequence: 'The weak machine is taken first, and then nothing stands between it and the precious one.',
  fix: 'Give the weak machine a zone of its own, from which nothing is let in to the other.',
  seenBy: 'zeek/conn within the zone, where nothing is filtered; scans seen by suricata',
  falsePositives: 'A filter on the precious machine does what a zone would: write isolation or allow-list.',
  remedy: 'segment',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['least-privilege', 'hardened', 'edr'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const precious =
        rank(asset.criticality) >= 2 ||
        is(asset, 'builds-code', 'issues-credentials') ||
        anyAtLeast(facts.held(asset.id), 'confidentiality', 'critical')
      const apart =
        isSomebodyElses(asset) ||
        facts.isPartner(asset.id) ||
        among(asset, 'endpoint', 'network', 'security', 'device') ||
        has(asset, 'isolation', 'allow-list')
      if (!precious || apart || isStore(asset) || passesOn(facts, asset)) return []
      const weak = neighboursOf(facts, asset).filter(
        (one) => handlesForeignContent(one) && rank(one.criticality) < rank(asset.criticality) && !passesOn(facts, one),
      )
      const way = firstOf(weak, (one) => (isWorkplace(one) ? workplaceItself(one) : facts.nearest(one.id, 1, '')))
      if (!way) return []
      const text = `${asset.title} stands in the same zone as ${facts.asset(way.assets.at(-1) ?? '')?.title ?? ''}, which handles foreign content`
      return [{ target: asset.id, witness: { ...way, assets: [...way.assets, asset.id], hops: way.hops + 1, text } }]
    }),
}
