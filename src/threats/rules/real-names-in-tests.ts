// Real people in a test system.
import { atLeast, has, isPersonal } from '../facts.ts'
import { names } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const realNamesInTests: ThreatRule = {
  id: 'real-names-in-tests',
  title: 'Real people in a test system',
  stride: ['I'],
  linddun: ['identifying', 'non-compliance'],
  cwe: ['CWE-359', 'CWE-1258'],
  attack: ['T1213'],
  meaning: 'A system that is not production keeps data about real people, with their names.',
  consequence: 'Those whom the data is about never agreed, and a test system is never guarded as well as production.',
  fix: 'Use made-up data, or take the names out before it is copied.',
  seenBy: 'the log of copies from production',
  falsePositives: 'The data was made up: name another class of data.',
  remedy: 'minimise',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['isolation', 'least-privilege'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts.kept(asset.id).filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'medium'))
      const test = !/^(|prod|production|live)$/i.test(asset.environment)
      if (!test || kept.length === 0 || has(asset, 'pseudonymised')) return []
      const text = `${asset.title} (${asset.environment}) keeps ${names(kept)} with names`
      const witness = facts.nearest(asset.id, 3, text)
      return witness ? [{ target: asset.id, data: kept, witness }] : []
    }),
}
