// A way out for whatever was found.
import { among, atLeast, has } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const openWayOut: ThreatRule = {
  id: 'open-way-out',
  title: 'A way out for whatever was found',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-923'],
  attack: ['T1048', 'T1071', 'T1567'],
  meaning: 'A server that holds confidential data may speak to anywhere on the internet.',
  consequence: 'Whoever is on it takes the data home, and is steered, over a connection that is allowed.',
  fix: 'Let it speak only to named addresses, through a proxy that keeps a record.',
  seenBy: 'zeek/conn: bytes out by server; proxy log; dns queries of the server',
  falsePositives: 'What stands outside is one known machine.',
  remedy: 'filter-egress',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['dlp', 'edr'],
  find: (facts) =>
    onFlows(facts, (_, from, to) => {
      const worth = facts.held(from.id).filter((one) => atLeast(one.confidentiality, 'high'))
      const out =
        facts.isOutside(to.id) &&
        !facts.isOutside(from.id) &&
        !among(from, 'endpoint', 'saas', 'network', 'proxy', 'security', 'device', 'mobile')
      const reached = facts.nearest(from.id, 2, '')
      return (
        out &&
        worth.length > 0 &&
        reached !== undefined &&
        !has(from, 'egress-filter') && {
          text: `${from.title} holds ${names(worth)} and speaks to ${to.title}`,
          at: from.id,
          data: worth,
        }
      )
    }),
}
