// Log records that anybody can write.
import { onFlows } from '../finders.ts'
import { collectsRecords } from '../looks.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const forgedRecords: ThreatRule = {
  id: 'forged-records',
  title: 'Log records that anybody can write',
  stride: ['R', 'T'],
  linddun: [],
  cwe: ['CWE-345', 'CWE-117'],
  attack: ['T1565.001', 'T1562.006'],
  meaning:
    'A machine that watches takes records without asking who sends them, or over a way on which they can be changed.',
  consequence: 'An attacker writes what should be believed, or floods what should be seen.',
  fix: 'Send records over TLS with certificates of the senders.',
  seenBy: 'the collector: senders never seen before; gaps in sequence numbers',
  falsePositives: 'Sensor and collector are joined by a cable.',
  remedy: 'authenticate',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['integrity'],
  slowedBy: ['allow-list', 'isolation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) =>
      collectsRecords(facts, to) &&
      flow.data.length > 0 &&
      (wordStrength(flow.authentication) === 'none' || (!flow.encrypted && from.zone !== to.zone))
        ? `${to.title} believes records that say they come from ${from.title}`
        : undefined,
    ),
}
