// People who do harm with the rights they have.
import { logIn } from './login.ts'
import type { Rule } from './rule.ts'

export const actAsInsider: Rule = {
  id: 'act-as-insider',
  title: 'Uses own rights at {on}',
  technique: 'T1078',
  tactic: 'initial-access',
  skill: 'credentials',
  does: 'Is one of the people who work here: sits at their device, and logs in as themselves.',
  seenBy: { windows: ['windows/security'], linux: ['linux/auth'] },
  less: { 'session-recording': 0.8, dlp: 0.9 },
  ground(facts, space, step) {
    for (const { index, seats, title } of facts.crowds) {
      const needs = [space.fact('person', index)]
      for (const on of seats) step(space.fact('code', on), needs, { on, base: 1, why: `${title} sit here` })
    }
    for (const credential of facts.credentials) {
      if (credential.crowd < 0) continue
      // Of the two that logging in needs, the credential is their own; what is left is to reach it.
      const needs = space.fact('person', credential.crowd)
      logIn(facts, space, credential, { base: 1, why: 'their own account', technique: 'T1078', needs, step })
    }
  },
}
