// Nothing to stand in when it falls.
import { among, has, isSomebodyElses } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const onlyOne: ThreatRule = {
  id: 'only-one',
  title: 'Nothing to stand in when it falls',
  stride: ['D'],
  linddun: [],
  cwe: ['CWE-654'],
  attack: ['T1489', 'T1499', 'T1561'],
  meaning: 'A service that may not be gone for long stands on one machine, and an attacker can get there.',
  consequence: 'When it is stopped, wiped or broken the service is gone until it is built again.',
  fix: 'Run it twice in different places, and try the change-over.',
  seenBy: 'health of the service; windows/system and linux/syslog: services stopped',
  falsePositives: 'It can be built again within the tolerable outage, and that was tried.',
  remedy: 'redundancy',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['availability'],
  slowedBy: ['immutable-backup', 'edr'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace'], within: 2 }, (asset) => {
      const urgent = facts.services(asset.id).filter((service) => service.tolerableOutageMinutes <= 60)
      const twins = facts.assets.filter(
        (one) => one.id !== asset.id && one.kind === asset.kind && one.zone === asset.zone && one.owner === asset.owner,
      )
      if (
        urgent.length === 0 ||
        asset.replicas > 1 ||
        twins.length > 0 ||
        has(asset, 'redundancy') ||
        isSomebodyElses(asset) ||
        among(asset, 'endpoint', 'cloud', 'storage')
      )
        return undefined
      return {
        text: `${names(urgent)} may be gone for ${Math.min(...urgent.map((one) => one.tolerableOutageMinutes))} minutes and stands on one ${asset.title}`,
        data: [],
        at: urgent[0]?.id ?? asset.id,
      }
    }),
}
