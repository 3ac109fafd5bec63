// Code and packages that the build fetches, changed where they are kept.
import type { Rule } from './rule.ts'

export const poisonSource: Rule = {
  id: 'poison-source',
  title: 'Changes the code that {on} fetches',
  technique: 'T1195.001',
  tactic: 'initial-access',
  skill: 'movement',
  does: 'Writes to the code or a package that a build or a developer fetches and runs.',
  seenBy: { saas: ['github/audit'], linux: ['linux/process_creation'], windows: ['windows/process_creation'] },
  less: { 'code-review': 0.4, 'signed-updates': 0.4, 'integrity-check': 0.4, sandbox: 0.5, 'egress-filter': 0.8 },
  ground(facts, space, step) {
    for (const { from: on, to, flow } of facts.links) {
      const [builder, source] = [facts.nodes[on], facts.nodes[to]]
      if (
        !builder ||
        !source ||
        builder.foreign ||
        !source.is('builds-code') ||
        !(builder.is('builds-code') || builder.is('runs-foreign-code'))
      )
        continue
      const way = { on, base: 0.4, why: 'what is fetched is run', via: flow.id, change: `without ${flow.id}` }
      step(space.fact('code', on), [space.fact('user', to)], way)
    }
  },
}
