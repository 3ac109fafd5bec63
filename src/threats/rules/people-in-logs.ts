// People in the logs.
import { among, atLeast, has, isPersonal } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const peopleInLogs: ThreatRule = {
  id: 'people-in-logs',
  title: 'People in the logs',
  stride: ['I'],
  linddun: ['identifying', 'disclosure'],
  cwe: ['CWE-532', 'CWE-359'],
  attack: ['T1005', 'T1213'],
  meaning: 'Confidential data about people goes to a machine that watches, builds or manages, where it has no purpose.',
  consequence: 'Everybody who may look at logs sees it, and it stays there when it was deleted elsewhere.',
  fix: 'Take names out before it is sent, or replace them by a number that only the source can resolve.',
  seenBy: "a search over the logs for patterns of people's data",
  falsePositives: 'Names were taken out: write pseudonymised at the sender or the receiver.',
  remedy: 'minimise',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['least-privilege', 'retention-limit'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const worth = flow.data
        .flatMap((id) => facts.data(id) ?? [])
        .filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'high'))
      return (
        among(to, 'security', 'management', 'build') &&
        !isAdministration(flow) &&
        !among(from, 'backup') &&
        worth.length > 0 &&
        !has(to, 'pseudonymised') &&
        !has(from, 'pseudonymised') && { text: `${names(worth)} goes from ${from.title} to ${to.title}`, data: worth }
      )
    }),
}
