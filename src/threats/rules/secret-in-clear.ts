// Confidential data in the clear.
import { anyAtLeast, atLeast } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const secretInClear: ThreatRule = {
  id: 'secret-in-clear',
  title: 'Confidential data in the clear',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-319'],
  attack: ['T1040'],
  meaning: 'Data whose leak is serious crosses a zone boundary or a network that others use without encryption.',
  consequence: 'Whoever is on the way reads it, and nothing shows that it was read.',
  fix: 'Let the receiver accept only TLS (or an encrypted tunnel), and take the unencrypted port away.',
  seenBy: 'network sensor: zeek/conn and suricata for the port in the clear',
  falsePositives: 'The two ends are one machine, or a tunnel that the model does not know encrypts the way.',
  remedy: 'encrypt-flow',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: [],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      if (flow.encrypted || from.id === to.id || !anyAtLeast(facts.carried(flow), 'confidentiality', 'high'))
        return undefined
      if (from.zone === to.zone && facts.trustOf(from.id) >= 80) return undefined
      const worth = facts.carried(flow).filter((one) => atLeast(one.confidentiality, 'high'))
      return `${names(worth)} goes from ${from.title} to ${to.title} over ${flow.protocol} without encryption`
    }),
}
