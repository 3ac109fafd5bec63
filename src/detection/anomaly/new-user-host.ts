// A person's account on a machine where it never logged in before.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'

export const newUserHost = firstSeen({
  name: 'new-user-host',
  id: '12e0c937-d06e-4451-aed0-2dd18769cfe9',
  title: 'Account on a machine for the first time',
  does: 'an account that logs in to a machine it was never on; not told of machines that several others of its department use',
  level: 'low',
  techniques: ['T1078', 'T1021'],
  tactics: ['lateral-movement'],
  concerns: traits.login,
  pair: ({ isLogin, event, user, host }) => (isLogin && event.outcome !== 'failure' ? [user, host] : undefined),
  among: ({ peers }) => peers,
  verb: 'logged in to',
  plural: 'machines',
  others: 1,
})
