// Data that can be changed on the way.
import { atLeast, has } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const changeInTransit: ThreatRule = {
  id: 'change-in-transit',
  title: 'Data that can be changed on the way',
  stride: ['T'],
  linddun: [],
  cwe: ['CWE-345', 'CWE-924'],
  attack: ['T1557', 'T1565.002'],
  meaning: 'Data that must be right crosses a boundary between zones without anything that protects it from change.',
  consequence: 'What arrives is not what was sent: a wrong value is stored, shown or acted on.',
  fix: 'Encrypt the connection with both ends known, or sign what is sent.',
  seenBy: 'network sensor: duplicate addresses (ARP), changed certificates; application: values out of range',
  falsePositives: 'The data is signed within the message.',
  remedy: 'encrypt-flow',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['integrity'],
  slowedBy: ['integrity-check', 'isolation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const apart = Math.abs(facts.trustOf(from.id) - facts.trustOf(to.id))
      if (flow.encrypted || from.zone === to.zone || apart < 10 || has(to, 'integrity-check')) return undefined
      const worth = facts.carried(flow).filter((one) => atLeast(one.integrity, 'high'))
      return worth.length > 0 && `${names(worth)} from ${from.title} to ${to.title} can be changed on the way`
    }),
}
