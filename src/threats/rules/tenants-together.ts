// Customers who share a machine.
import { atLeast, has, is, isSomebodyElses } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const tenantsTogether: ThreatRule = {
  id: 'tenants-together',
  title: 'Customers who share a machine',
  stride: ['I', 'E'],
  linddun: [],
  cwe: ['CWE-1331', 'CWE-653'],
  attack: ['T1611', 'T1210'],
  meaning: 'Confidential data of many customers is on one machine, and nothing is said to keep them apart.',
  consequence: 'A mistake or a hole shows one customer the data of all.',
  fix: 'Keep tenants apart by account, key and row, and test that one cannot see another.',
  seenBy: 'application log: one account with records of several tenants',
  falsePositives: 'There is one tenant only.',
  remedy: 'isolate',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['least-privilege'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner'], within: 2 }, (asset) => {
      const worth = facts.held(asset.id).filter((one) => atLeast(one.confidentiality, 'high'))
      const shared = is(asset, 'many-tenants') && !isSomebodyElses(asset) && !has(asset, 'isolation')
      return shared && worth.length > 0 && { text: `${asset.title} holds ${names(worth)} of many tenants`, data: worth }
    }),
}
