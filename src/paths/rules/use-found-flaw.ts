// A flaw that was really found: by a scan, an inventory, a test.
import { processes, requests } from './logs.ts'
import type { Rule } from './rule.ts'
import { publicNodes } from './standing.ts'

export const useFoundFlaw: Rule = {
  id: 'use-found-flaw',
  title: 'Uses a known flaw of {on}',
  technique: 'T1190',
  tactic: 'initial-access',
  skill: 'exploitation',
  does: 'Uses a vulnerability that is known to be there.',
  seenBy: { ...requests, ...processes },
  less: { waf: 0.6, hardened: 0.8, isolation: 0.7, edr: 0.7 },
  ground(facts, space, step) {
    const open = publicNodes(facts)
    for (const { asset, id, gives, from, probability: base, why } of facts.extra.flaws ?? []) {
      for (const on of facts.byAsset.get(asset) ?? []) {
        const way = { on, base, why: `${id}: ${why}`, weakness: id }
        if (from === 'local') step(space.fact(gives, on), [space.fact('code', on)], { ...way, technique: 'T1068' })
        else
          step(space.fact(gives, on), [space.fact('service', on)], {
            ...way,
            technique: open.has(on) ? 'T1190' : 'T1210',
          })
      }
    }
  },
}
