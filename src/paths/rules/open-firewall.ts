// A firewall that the attacker controls stops nobody.
import { isFirewall } from '../nodes.ts'
import type { Rule } from './rule.ts'

export const openFirewall: Rule = {
  id: 'open-firewall',
  title: 'Opens the way with the rules of {on}',
  technique: 'T1562.004',
  tactic: 'defense-evasion',
  skill: 'movement',
  does: 'Controls a firewall, and lets itself through to every zone behind it.',
  seenBy: { network: ['firewall', 'linux/auditd'] },
  less: { 'integrity-check': 0.7, 'session-recording': 0.8 },
  ground(facts, space, step) {
    for (const node of facts.nodes) {
      if (!isFirewall(node) || node.zone < 0) continue
      for (const [zone, around] of facts.around.entries()) {
        if (!around.includes(node.zone)) continue
        const on = node.index
        step(space.fact('open', zone), [space.fact('admin', on)], {
          on,
          base: 0.9,
          why: 'it stands between this zone and the others',
        })
      }
    }
  },
}
