// Data about people given to others.
import { atLeast, has, is, isPersonal } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const givenAway: ThreatRule = {
  id: 'given-away',
  title: 'Data about people given to others',
  stride: ['I'],
  linddun: ['unawareness', 'disclosure', 'non-compliance'],
  cwe: ['CWE-359', 'CWE-201'],
  attack: ['T1567'],
  meaning: 'Confidential data about people goes to another organisation, and no ground for it is recorded.',
  consequence: 'Those whom it is about do not know, cannot object, and their law may forbid it.',
  fix: 'Record why it may be given (contract, consent), leave out what the other does not need, and say so to people.',
  seenBy: 'proxy and zeek/conn: bytes to the organisation',
  falsePositives: 'The ground is recorded: write consent at the receiver.',
  remedy: 'consent',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['pseudonymised', 'retention-limit'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const worth = flow.data
        .flatMap((id) => facts.data(id) ?? [])
        .filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'high'))
      const away =
        !facts.isPartner(from.id) &&
        !facts.isOutside(from.id) &&
        facts.isPartner(to.id) &&
        !is(to, 'issues-credentials')
      return (
        away &&
        worth.length > 0 &&
        !has(to, 'consent') &&
        !has(from, 'pseudonymised') && {
          text: `${names(worth)} goes to ${to.title}`,
          data: worth,
          at: worth[0]?.subjects ?? '',
        }
      )
    }),
}
