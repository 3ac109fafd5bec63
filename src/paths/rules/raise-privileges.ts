// From an ordinary account to full control of the machine.
import { easesPrivileges } from '../weaknesses.ts'
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'
import { softness } from './standing.ts'

export const raisePrivileges: Rule = {
  id: 'raise-privileges',
  title: 'Becomes administrator of {on}',
  technique: 'T1068',
  tactic: 'privilege-escalation',
  skill: 'exploitation',
  does: 'Uses a flaw or a careless setting of the system to get full control of a machine on which commands can be run already.',
  seenBy: processes,
  less: {
    'patched-weekly': 0.6,
    'patched-monthly': 0.8,
    hardened: 0.5,
    'least-privilege': 0.6,
    edr: 0.6,
    sandbox: 0.4,
    isolation: 0.6,
  },
  ground(facts, space, step) {
    for (const node of facts.nodes) {
      if (node.foreign) continue
      const { index: on, asset } = node
      const [gives, needs] = [space.fact('admin', on), [space.fact('code', on)]]
      for (const weakness of asset.weaknesses)
        if (easesPrivileges.has(weakness))
          step(gives, needs, {
            on,
            base: 0.4 * softness(node),
            why: `${weakness} is typical of ${asset.kind}`,
            weakness,
          })
      step(gives, needs, { on, base: 0.2 * softness(node), why: 'flaws of the system itself' })
    }
  },
}
