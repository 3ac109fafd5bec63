// A web page that runs commands on the device that shows it.
import { atLeastOne, crowdText, perSeat } from './crowd.ts'
import { processes } from './logs.ts'
import type { Rule } from './rule.ts'

const falls = 0.004

export const browseBadSite: Rule = {
  id: 'browse-bad-site',
  title: 'Waits with a web page for the browser of {on}',
  technique: 'T1189',
  tactic: 'initial-access',
  skill: 'deception',
  does: 'Puts a false update, or a page that uses a flaw of the browser, where people come by.',
  seenBy: { ...processes, any: ['proxy', 'dns'] },
  less: {
    edr: 0.4,
    'allow-list': 0.15,
    'patched-weekly': 0.5,
    'patched-monthly': 0.7,
    sandbox: 0.4,
    'egress-filter': 0.6,
  },
  ground(facts, space, step) {
    for (const crowd of facts.crowds) {
      const people = perSeat(facts, crowd)
      for (const on of crowd.seats) {
        if (facts.nodes[on]?.is('browses-internet') !== true) continue
        const why = () => crowdText(falls, people, crowd.title)
        step(space.fact('code', on), [space.fact('outside')], { on, base: atLeastOne(falls, people), why })
      }
    }
  },
}
