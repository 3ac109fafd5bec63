// Reading data where it is kept, or while it passes.
import type { Node } from '../nodes.ts'
import { files } from './logs.ts'
import type { Rule } from './rule.ts'
import { answersWith, keepsData } from './standing.ts'

export const readData: Rule = {
  id: 'read-data',
  title: 'Reads data on {on}',
  technique: 'T1005',
  tactic: 'collection',
  skill: 'impact',
  does: 'Reads what is kept on, or passes through, something that the attacker controls or is logged in to.',
  seenBy: files,
  less: { pseudonymised: 0.3, dlp: 0.8, 'least-privilege': 0.8, 'retention-limit': 0.9, 'session-recording': 0.9 },
  ground(facts, space, step) {
    const answers = answersWith(facts)
    for (const [index, { node: on, data, kept }] of facts.stores.entries()) {
      const node = facts.nodes[on]
      if (!node || node.foreign) continue
      const keeps = keepsData(node) || (kept && ['server', 'saas'].includes(node.asset.category))
      const gives = space.fact('read', index)
      for (const [kind, base, why] of ways(node, kept, keeps)) {
        if (kind === 'user' && !keeps && !answers(on, data)) continue
        step(gives, [space.fact(kind, on)], { on, technique: keeps ? 'T1213' : 'T1005', base, why })
      }
    }
  },
}

type Way = readonly [kind: 'admin' | 'code' | 'user', base: number, why: string]

const kept: readonly Way[] = [
  ['admin', 0.95, 'kept here, all of it readable'],
  ['code', 0.7, 'kept here, readable for its program'],
]
const passing: readonly Way[] = [
  ['admin', 0.7, 'passes through; read as it comes'],
  ['code', 0.5, 'passes through its program'],
]
const shown: readonly Way[] = [['code', 0.15, 'only what its people open, record by record']]
const asked: Way = ['user', 0.9, 'whoever is logged in can ask for it']
const own: Way = ['user', 0.2, 'only what that account may see']

function ways({ asset }: Node, isKept: boolean, keeps: boolean): readonly Way[] {
  if (!isKept && ['endpoint', 'mobile'].includes(asset.category)) return shown
  return [...(isKept ? kept : passing), keeps ? asked : own]
}
