// An account that comes from a country it never came from.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'

export const newCountry = firstSeen({
  name: 'new-country',
  id: '02101db4-574d-4def-afed-f3d7704c4908',
  title: 'Login from a new country',
  does: 'an account that logs in from a country it never came from; needs a geo database',
  level: 'medium',
  techniques: ['T1078'],
  tactics: ['initial-access'],
  concerns: traits.login,
  pair: ({ isLogin, event, user }) =>
    isLogin && event.outcome !== 'failure' ? [user, event.enriched?.['src.country'] ?? ''] : undefined,
  verb: 'logged in from',
  plural: 'countries',
  others: 10,
})
