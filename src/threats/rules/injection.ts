// Queries that a stranger can write into.
import { among, has } from '../facts.ts'
import { onReached } from '../finders.ts'
import { passesOn } from '../looks.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const injection: ThreatRule = {
  id: 'injection',
  title: 'Queries that a stranger can write into',
  stride: ['T', 'I', 'E'],
  linddun: [],
  cwe: ['CWE-89', 'CWE-77'],
  attack: ['T1190'],
  meaning:
    'What strangers send reaches an application that asks a data store with it, and nothing is said to check it.',
  consequence: 'One unchecked field reads, changes or deletes everything that the application may ask for.',
  fix: 'Use prepared queries everywhere, check input at the edge of the application, and let its account do only what it must.',
  seenBy: 'category webserver; category database: queries with union, sleep or comments',
  falsePositives: 'The application never puts input into queries: write the control input-validation.',
  remedy: 'validate-input',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['waf', 'least-privilege', 'code-review'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 1 }, (asset) => {
      if (
        !among(asset, 'web', 'application', 'container', 'server') ||
        passesOn(facts, asset) ||
        has(asset, 'input-validation')
      )
        return undefined
      const asks = facts
        .outOf(asset.id)
        .filter((flow) => !isAdministration(flow))
        .map(({ to }) => facts.asset(to))
        .find((to) => among(to, 'database', 'cache'))
      return (
        asks && {
          text: `${asset.title} takes what strangers send and asks ${asks.title} with it`,
          data: facts.held(asks.id),
          assets: [asks.id],
        }
      )
    }),
}
