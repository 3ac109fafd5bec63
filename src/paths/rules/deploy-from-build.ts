// What the build server deploys, runs.
import type { Rule } from './rule.ts'

export const deployFromBuild: Rule = {
  id: 'deploy-from-build',
  title: 'Ships own code to {on} through the build',
  technique: 'T1195.002',
  tactic: 'initial-access',
  skill: 'movement',
  does: 'Changes what the build makes; the next deployment carries it to where it runs.',
  seenBy: { linux: ['linux/process_creation'], any: ['application'] },
  less: { 'signed-updates': 0.4, 'code-review': 0.8, 'integrity-check': 0.4 },
  ground(facts, space, step) {
    for (const { from, to: on, flow, shell, service } of facts.links) {
      const [source, target] = [facts.nodes[from], facts.nodes[on]]
      if (!source || !target || source.foreign || source.asset.category !== 'build' || target.is('builds-code'))
        continue
      const deploys = shell || target.asset.category === 'cloud' || target.asset.category === 'container'
      if (!deploys && !(service && target.is('admin-interface'))) continue
      const way = { on, base: 0.8, why: 'the build deploys here', via: flow.id, change: `without ${flow.id}` }
      step(space.fact(target.asset.category === 'cloud' ? 'user' : 'code', on), [space.fact('code', from)], way)
    }
  },
}
