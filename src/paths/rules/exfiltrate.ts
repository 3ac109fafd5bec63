// Getting data out.
import type { Rule } from './rule.ts'

export const exfiltrate: Rule = {
  id: 'exfiltrate',
  title: 'Carries the data from {on} outside',
  technique: 'T1041',
  tactic: 'exfiltration',
  skill: 'impact',
  does: 'Sends what was read to where the attacker is: back over the way in, or to a service on the web.',
  seenBy: {
    windows: ['windows/network_connection'],
    linux: ['linux/network_connection'],
    cloud: ['aws/cloudtrail'],
    any: ['firewall', 'proxy', 'network/ids'],
  },
  less: { 'egress-filter': 0.5, dlp: 0.5, 'rate-limit': 0.9 },
  ground(facts, space, step) {
    for (const [index, { node: on, data }] of facts.stores.entries())
      step(space.fact('taken', data), [space.fact('read', index)], {
        on,
        base: 0.9,
        why: 'nothing that is written down stops it',
      })
  },
}
