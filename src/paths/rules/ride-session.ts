// Sessions of the person at the device, used from the device.
import { processes } from './logs.ts'
import { overService } from './login.ts'
import type { Rule } from './rule.ts'

const chances: Record<string, number> = {
  none: 1,
  password: 0.6,
  'password-and-push': 0.5,
  'password-and-code': 0.5,
  key: 0.5,
  certificate: 0.5,
  passkey: 0.35,
}

export const rideSession: Rule = {
  id: 'ride-session',
  title: 'Uses the open session of a person on {on}',
  technique: 'T1550.004',
  tactic: 'lateral-movement',
  skill: 'credentials',
  does: 'From the device of a person who is logged in, does what that person may do; no factor is asked again.',
  seenBy: { ...processes, web: ['application'], cloud: ['aws/cloudtrail'], saas: ['m365/audit', 'okta/okta'] },
  less: { 'session-recording': 0.8, isolation: 0.4 },
  ground(facts, space, step) {
    for (const { crowd, factor, keptOn, opens, as, change } of facts.credentials) {
      if (crowd < 0) continue
      for (const on of opens) {
        const how = { on, base: chances[factor] ?? 0.5, why: `a session that a ${factor} opened`, change }
        const gives = space.fact(as === 'admin' ? 'admin' : 'user', on)
        for (const seat of keptOn) {
          const code = space.fact('code', seat)
          if (overService(facts, on, as)) step(gives, [code, space.fact('service', on)], how)
          if (facts.doors.shell[on] === 1) step(gives, [code, space.fact('shell', on)], how)
        }
      }
    }
  },
}
