// A way to the crown jewels that nobody sees.
import { has, is, isCrownJewel } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const blindCrossing: ThreatRule = {
  id: 'blind-crossing',
  title: 'A way to the crown jewels that nobody sees',
  stride: ['R'],
  linddun: [],
  cwe: ['CWE-778'],
  attack: ['T1021', 'T1570'],
  meaning: 'The shortest way from outside to a crown jewel passes machines of which none keeps a log.',
  consequence: 'There is no place on the way at which an attacker could be noticed.',
  fix: 'Record logins and processes on at least one machine of the way, or watch the network there.',
  seenBy: 'it would not be seen: that is the threat',
  falsePositives: 'A network sensor sees the way: give it the trait sees-traffic and its flows.',
  remedy: 'log',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['redundancy'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner'], within: 4 }, (asset, way) => {
      const blind =
        way.assets.length >= 2 &&
        way.assets.every((id) => {
          const one = facts.asset(id)
          return one !== undefined && one.logs.length === 0 && !has(one, 'logging', 'edr', 'session-recording')
        })
      const watched = facts.assets.some(
        (one) => is(one, 'sees-traffic') && way.assets.some((id) => facts.asset(id)?.zone === one.zone),
      )
      return (
        blind &&
        !watched &&
        isCrownJewel(facts, asset) &&
        `none of the ${way.assets.length} machines on the way to ${asset.title} keeps a log`
      )
    }),
}
