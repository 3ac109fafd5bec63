// Work orders that anybody can place.
import { among } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const queueAnyoneWrites: ThreatRule = {
  id: 'queue-anyone-writes',
  title: 'Work orders that anybody can place',
  stride: ['T', 'E'],
  linddun: [],
  cwe: ['CWE-306', 'CWE-502'],
  attack: ['T1565.002', 'T1210'],
  meaning: 'A queue takes messages without asking who sends them, and others act on them.',
  consequence: 'A forged message makes a trusted machine do what the attacker wants.',
  fix: 'Give each sender an account that may write only to its own queue, and check messages where they are read.',
  seenBy: "the queue's log: senders never seen before; zeek/conn",
  falsePositives: 'Messages are signed and checked by the reader.',
  remedy: 'authenticate',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity', 'availability'],
  slowedBy: ['input-validation', 'isolation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      if (!among(to, 'queue') || wordStrength(flow.authentication) !== 'none' || flow.data.length === 0)
        return undefined
      const readers = [
        ...facts
          .into(to.id)
          .filter((one) => one.back.length > 0)
          .map((one) => one.from),
        ...facts.outOf(to.id).map((one) => one.to),
      ].filter((id) => id !== from.id)
      return (
        readers.length > 0 && {
          text: `${from.title} writes to ${to.title} without a login, and others act on what they read there`,
          assets: readers,
        }
      )
    }),
}
