// The builder may change production.
import { among, has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const builderIntoProduction: ThreatRule = {
  id: 'builder-into-production',
  title: 'The builder may change production',
  stride: ['E', 'T'],
  linddun: [],
  cwe: ['CWE-494', 'CWE-829'],
  attack: ['T1195.002', 'T1072'],
  meaning:
    'A machine that runs code of many people puts it on machines that matter, and nothing is said to check what it puts there.',
  consequence: 'Who changes the code, a package or the builder runs in production a minute later.',
  fix: 'Let two people see each change, sign what was built, and let production take only what is signed.',
  seenBy: 'category process_creation on the builder; webhook and deployment log; github/audit',
  falsePositives: 'Production checks signatures: write signed-updates at what is built for.',
  remedy: 'review-changes',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity', 'confidentiality', 'availability'],
  slowedBy: ['secrets-vault', 'least-privilege', 'isolation', 'sandbox'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const puts = is(from, 'builds-code') && !has(from, 'code-review', 'signed-updates') && !has(to, 'signed-updates')
      const worth = isAdministration(flow) || among(to, 'cloud', 'container', 'application', 'web')
      return (
        puts &&
        worth &&
        !among(to, 'saas') &&
        !is(to, 'builds-code') && {
          text: `${from.title} puts code on ${to.title}`,
          at: from.id,
          data: facts.held(to.id),
        }
      )
    }),
}
