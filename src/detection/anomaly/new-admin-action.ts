// An account that does an act of administration it never did.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'

export const newAdminAction = firstSeen({
  name: 'new-admin-action',
  id: 'c17fc1bb-3840-45a0-b819-4c82de6575cc',
  title: 'Act of administration for the first time',
  does: 'an account that runs a command as another, changes accounts, tasks, services or the cloud in a way it never did',
  level: 'medium',
  techniques: ['T1098', 'T1548'],
  tactics: ['privilege-escalation'],
  concerns: traits.admin,
  pair: ({ user, admin }) => (admin === '' ? undefined : [user, admin]),
  verb: 'did',
  plural: 'acts of administration',
})
