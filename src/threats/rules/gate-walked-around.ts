// A way around the gate.
import { among, has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const gateWalkedAround: ThreatRule = {
  id: 'gate-walked-around',
  title: 'A way around the gate',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-693', 'CWE-424'],
  attack: ['T1190'],
  meaning: 'An application is reached through a gate that checks requests, and also without it.',
  consequence: 'Attackers take the way that is not checked.',
  fix: 'Let the application answer the gate only.',
  seenBy: 'category webserver of the application: callers other than the gate',
  falsePositives: 'The other way carries something that the gate could not check anyway.',
  remedy: 'keep-inside',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['allow-list'],
  find: (facts) =>
    onFlows(facts, (_, from, to) => {
      const gate = facts
        .into(to.id)
        .map((one) => facts.asset(one.from))
        .find(
          (one) =>
            one && !facts.isOutside(one.id) && (among(one, 'proxy') || is(one, 'filters-traffic') || has(one, 'waf')),
        )
      const around = facts.isOutside(from.id) && !among(to, 'proxy', 'network') && !has(to, 'waf')
      return (
        around &&
        gate !== undefined && {
          text: `${from.title} reaches ${to.title} directly, although ${gate.title} stands in front of it`,
          data: facts.held(to.id),
        }
      )
    }),
}
