// A stick that somebody plugs in.
import { atLeastOne, crowdText, perSeat } from './crowd.ts'
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'

const plugs = 0.01

export const plugMedia: Rule = {
  id: 'plug-media',
  title: 'Leaves a stick that is plugged into {on}',
  technique: 'T1091',
  tactic: 'initial-access',
  skill: 'deception',
  does: 'Sends or leaves removable media; people with the habit of plugging them in do the rest.',
  seenBy: processes,
  less: { edr: 0.4, 'allow-list': 0.15, hardened: 0.5 },
  ground(facts, space, step) {
    for (const crowd of facts.crowds) {
      if (!crowd.habits.has('plugs-media')) continue
      const people = perSeat(facts, crowd)
      const why = () => crowdText(plugs, people, crowd.title)
      for (const on of crowd.seats)
        step(space.fact('code', on), [space.fact('outside')], { on, base: atLeastOne(plugs, people), why })
    }
  },
}
