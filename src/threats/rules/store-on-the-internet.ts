// A data store on the internet.
import { among, anyAtLeast, isStore } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const storeOnTheInternet: ThreatRule = {
  id: 'store-on-the-internet',
  title: 'A data store on the internet',
  stride: ['I', 'E'],
  linddun: [],
  cwe: ['CWE-668', 'CWE-1327'],
  attack: ['T1190', 'T1530'],
  meaning: 'A machine whose task is to keep data is spoken to by the internet itself.',
  consequence: 'A weak login or a hole, and everything kept there is gone, with no other machine in between.',
  fix: 'Put an application in front of it, and let it be reached from there only.',
  seenBy: "the store's log: callers from outside; zeek/conn",
  falsePositives: 'It keeps only what everybody may read.',
  remedy: 'segment',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'allow-list', 'patched-weekly'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset, way) => {
      const kept = facts.kept(asset.id)
      const worth = anyAtLeast(kept, 'confidentiality', 'medium') || anyAtLeast(kept, 'integrity', 'high')
      return (
        isStore(asset) &&
        !among(asset, 'queue') &&
        worth && { text: `${names(kept)} on ${asset.title} is one step from ${way.start}`, data: kept }
      )
    }),
}
