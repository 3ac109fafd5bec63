// Somebody who can do both halves.
import { has, isCrownJewel } from '../facts.ts'
import { collectsRecords } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const oneHand: ThreatRule = {
  id: 'one-hand',
  title: 'Somebody who can do both halves',
  stride: ['R', 'T'],
  linddun: [],
  cwe: ['CWE-284', 'CWE-653'],
  attack: ['T1565.001', 'T1070'],
  meaning: 'The same people administer a machine that matters and the machine that keeps its records.',
  consequence: 'Whoever did it, or took their account, takes away the proof.',
  fix: 'Keep records under other administrators, or where nobody can change them.',
  seenBy: 'the collector: gaps in sequence numbers, stopped agents',
  falsePositives: 'Records cannot be changed: write integrity-check at the collector.',
  remedy: 'least-privilege',
  frequency: 'rare',
  privilege: 'admin',
  harms: ['integrity'],
  slowedBy: ['integrity-check', 'immutable-backup'],
  find: (facts) =>
    facts.assets
      .filter((one) => collectsRecords(facts, one) && !has(one, 'integrity-check', 'immutable-backup'))
      .flatMap((collector) => {
        const both = facts
          .logins(collector.id)
          .filter(({ use }) => use.as === 'admin')
          .flatMap(({ person }) => {
            const jewel = person.uses
              .filter((use) => use.as === 'admin')
              .flatMap((use) => facts.asset(use.asset) ?? [])
              .find((one) => one.id !== collector.id && isCrownJewel(facts, one))
            return jewel ? [{ person, jewel }] : []
          })
        return both.slice(0, 1).map(({ person, jewel }) => {
          const text = `${person.title} administer ${jewel.title} and ${collector.title}, which keeps the records`
          return {
            target: collector.id,
            witness: {
              origin: 'insider' as const,
              start: person.id,
              assets: [jewel.id, collector.id],
              flows: [],
              people: [person.id],
              trust: [],
              hops: 0,
              text,
            },
          }
        })
      }),
}
