// A program that came by mail.
import { has, isWorkplace } from '../facts.ts'
import { habitFactors, weightOf } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const openedAttachment: ThreatRule = {
  id: 'opened-attachment',
  title: 'A program that came by mail',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-829', 'CWE-1173'],
  attack: ['T1566.001', 'T1204.002', 'T1059'],
  meaning:
    'Machines at which people read mail are neither watched nor guarded by a mail filter, and speak to what matters.',
  consequence: 'An opened attachment works on with the rights of whoever opened it.',
  fix: 'Watch these machines (EDR), filter mail, and allow only known programs.',
  seenBy: 'category process_creation: children of mail, office and browser programs',
  falsePositives: 'Mail is read in a browser on another machine.',
  remedy: 'protect-endpoint',
  frequency: 'quarterly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['allow-list', 'hardened', 'least-privilege', 'patched-weekly'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      if (!isWorkplace(asset) || has(asset, 'edr') || (has(asset, 'mail-filter') && has(asset, 'allow-list'))) return []
      const worth = facts.outOf(asset.id).filter(({ to }) => !facts.isOutside(to) && facts.held(to).length > 0)
      const [first] = worth.toSorted((a, b) => weightOf(facts, b.to) - weightOf(facts, a.to))
      if (!first) return []
      const text = `people open mail on ${asset.title}, which is not watched and speaks to ${facts.asset(first.to)?.title ?? first.to}`
      const witness = {
        origin: 'workplace' as const,
        start: asset.id,
        assets: [asset.id, first.to],
        flows: [first.id],
        people: [],
        trust: [],
        hops: 1,
        text,
      }
      const factors = facts
        .logins(asset.id)
        .flatMap(({ person }) => habitFactors(person, ['opens-attachments', 'trained']))
        .slice(0, 2)
      return [{ target: asset.id, witness, at: asset.id, factors }]
    }),
}
