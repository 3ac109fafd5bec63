// Reading what crosses a network in the clear.
import type { Rule } from './rule.ts'

export const listen: Rule = {
  id: 'listen',
  title: 'Listens to what {on} sends in the clear',
  technique: 'T1040',
  tactic: 'credential-access',
  skill: 'movement',
  does: 'From within the zone, reads what flows carry without encryption.',
  seenBy: { network: ['network/ids'], any: ['network/ids'] },
  less: { isolation: 0.3, pseudonymised: 0.3 },
  ground(facts, space, step) {
    const storeAt = new Map(facts.stores.map(({ node, data }, index) => [`${node} ${data}`, index]))
    const dataAt = new Map(facts.estate.data.map(({ id }, index) => [id, index]))
    for (const { from, to, flow } of facts.links) {
      if (flow.encrypted) continue
      for (const on of [from, to]) {
        const zone = facts.nodes[on]?.zone ?? -1
        if (zone < 0 || facts.nodes[on]?.foreign === true) continue
        for (const id of [...flow.data, ...flow.back]) {
          const store = storeAt.get(`${on} ${dataAt.get(id) ?? -1}`)
          const way = { on, base: 0.4, why: `${flow.protocol} without encryption`, via: flow.id, weakness: 'CWE-319' }
          if (store !== undefined)
            step(space.fact('read', store), [space.fact('inside', zone)], { ...way, change: `without ${flow.id}` })
        }
      }
    }
  },
}
