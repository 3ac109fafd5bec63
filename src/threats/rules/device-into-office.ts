// A device may speak to workplaces and servers.
import { among, has } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const deviceIntoOffice: ThreatRule = {
  id: 'device-into-office',
  title: 'A device may speak to workplaces and servers',
  stride: ['E', 'T'],
  linddun: [],
  cwe: ['CWE-653'],
  attack: ['T1210', 'T1200'],
  meaning: 'Devices that nobody can watch begin connections into a more trusted zone.',
  consequence: 'A device that was taken, or another one in its place, is a foothold where people work.',
  fix: 'Let the other side fetch what it needs, or put a gateway in between that checks it.',
  seenBy: 'zeek/conn from the zone of devices; dhcp log: unknown makers',
  falsePositives: 'The receiver takes one kind of message and checks it.',
  remedy: 'segment',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['integrity'],
  slowedBy: ['integrity-check', 'edr', 'allow-list'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const up = facts.trustOf(to.id) - facts.trustOf(from.id)
      const device = among(from, 'device', 'industrial') && !has(from, 'isolation') && !among(to, 'security', 'network')
      return (
        device &&
        up >= 15 &&
        wordStrength(flow.authentication) !== 'strong' &&
        `${from.title} begins connections to ${to.title}, ${up} steps of trust higher`
      )
    }),
}
