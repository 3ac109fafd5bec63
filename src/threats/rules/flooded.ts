// A service that can be flooded.
import { among, has } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const flooded: ThreatRule = {
  id: 'flooded',
  title: 'A service that can be flooded',
  stride: ['D'],
  linddun: [],
  cwe: ['CWE-770', 'CWE-400'],
  attack: ['T1498', 'T1499'],
  meaning: 'A service that may not be gone for long is open to everybody, and nothing limits how much one may ask.',
  consequence: 'A few machines of a stranger make it slow or gone for everybody.',
  fix: 'Limit requests for each caller, cache what is asked often, and agree with the provider what happens in a flood.',
  seenBy: 'category webserver: requests a minute by address; health of the service',
  falsePositives: 'The provider in front takes floods: write rate-limit at what it protects.',
  remedy: 'rate-limit',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['availability'],
  slowedBy: ['waf', 'redundancy'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset) => {
      const urgent = facts.services(asset.id).filter((service) => service.tolerableOutageMinutes <= 240)
      if (urgent.length === 0 || has(asset, 'rate-limit') || among(asset, 'saas')) return undefined
      return { text: `${asset.title} carries ${names(urgent)}, and anybody may ask it for anything`, data: [] }
    }),
}
