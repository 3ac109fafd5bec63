// Nothing left: all places that keep data useless, and all backups gone.
import { isBackup } from './backup.ts'
import type { Rule } from './rule.ts'

export const holdToRansom: Rule = {
  id: 'hold-to-ransom',
  title: 'Leaves a note: nothing on {on} can be restored',
  technique: 'T1657',
  tactic: 'impact',
  skill: 'impact',
  does: 'Every place where the data is kept is encrypted and every backup destroyed: the owner pays or loses it.',
  seenBy: {},
  less: {},
  ground(facts, space, step) {
    for (const [data] of facts.estate.data.entries()) {
      const kept = facts.stores.flatMap((store, index) =>
        store.data === data && store.kept ? [{ ...store, index, node: facts.nodes[store.node] }] : [],
      )
      const needs = kept.map(({ node, index }) =>
        node && isBackup(facts, node) ? space.fact('gone', index) : space.fact('locked', node?.index ?? 0),
      )
      const main = kept.find(({ node }) => node && !isBackup(facts, node)) ?? kept[0]
      if (!main?.node) continue
      const why =
        needs.length === 1 ? 'no backup of it is written down' : `all ${needs.length} places that keep it are lost`
      step(space.fact('ransom', data), [...new Set(needs)], { on: main.node.index, base: 1, why })
    }
  },
}
