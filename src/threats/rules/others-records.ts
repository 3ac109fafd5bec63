// One user reads the records of another.
import { atLeast, isPersonal } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import { worksFor } from '../looks.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const othersRecords: ThreatRule = {
  id: 'others-records',
  title: 'One user reads the records of another',
  stride: ['I', 'E'],
  linddun: [],
  cwe: ['CWE-639', 'CWE-862'],
  attack: ['T1190', 'T1213'],
  meaning:
    'Users from outside ask for records of people, and the model names nothing that decides which ones each may see.',
  consequence: 'By changing a number in an address one user reads or changes what belongs to others, record by record.',
  fix: 'Check for each request that the record belongs to whoever asks, in one place, and test that.',
  seenBy: 'application log: one account with very many record numbers',
  falsePositives:
    'The application checks each record, and the model only does not say so: write it as `authorization`.',
  remedy: 'authorise',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['input-validation', 'code-review'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const worth = facts.carried(flow).filter((one) => isPersonal(one) && atLeast(one.confidentiality, 'high'))
      const open =
        facts.isOutside(from.id) &&
        wordStrength(flow.authentication) !== 'none' &&
        wordStrength(flow.authorization) === 'none'
      return (
        open &&
        worth.length > 0 && {
          text: `${from.title} asks ${to.title} for ${names(worth)}, and nothing is named that checks whose they are`,
          at: worksFor(facts, to),
        }
      )
    }),
}
