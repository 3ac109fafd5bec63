// Updates taken on trust.
import { among, has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const updatesOnTrust: ThreatRule = {
  id: 'updates-on-trust',
  title: 'Updates taken on trust',
  stride: ['T', 'E'],
  linddun: [],
  cwe: ['CWE-494', 'CWE-347'],
  attack: ['T1195.002', 'T0839'],
  meaning: 'A device fetches its program from outside, and nothing is said to check it.',
  consequence: 'Who stands on the way, or at the maker, runs on the device.',
  fix: 'Take updates from a copy of our own that was checked, or from makers who sign them.',
  seenBy: 'zeek/http and zeek/files of the zone of devices',
  falsePositives: 'The maker signs updates and the device checks: write signed-updates.',
  remedy: 'supplier',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['integrity', 'availability'],
  slowedBy: ['integrity-check', 'isolation'],
  find: (facts) =>
    onFlows(facts, (_, from, to) => {
      const elsewhere = facts.isPartner(to.id) || facts.isOutside(to.id)
      const device =
        among(from, 'device', 'industrial') ||
        (is(from, 'hard-to-patch', 'vendor-managed') && !among(from, 'saas', 'endpoint', 'cloud'))
      return (
        device &&
        elsewhere &&
        !has(from, 'signed-updates') && {
          text: `${from.title} fetches from ${to.title}`,
          at: from.id,
          data: facts.held(from.id),
        }
      )
    }),
}
