// Differences of people and of the trust between assets, in words.
import type { Person, Trust, Use } from '../types.ts'
import { factors } from '../words.ts'
import { fieldsSaid, type Said } from './change.ts'

const isWeakerFactor = (after: Use['factor'], before: Use['factor']): boolean =>
  factors.indexOf(after) < factors.indexOf(before)

const useKey = ({ asset, as }: Use): string => `${asset} as ${as}`

/** What two readings of one group of people say differently. */
export function personSaid(before: Person, after: Person): Said[] {
  const { id } = after
  const [old, now] = [before, after].map(({ uses }) => new Map(uses.map((use) => [useKey(use), use])))
  return [
    ...[...(now ?? [])].flatMap(([key, use]): Said[] => {
      const earlier = old?.get(key)
      if (!earlier)
        return [
          { text: `${id} now log in to ${key}, by ${use.factor}`, weaker: use.as === 'admin' || use.factor === 'none' },
        ]
      if (earlier.factor === use.factor) return []
      return [
        {
          text: `${id} log in to ${key} by ${use.factor}, before by ${earlier.factor}`,
          weaker: isWeakerFactor(use.factor, earlier.factor),
        },
      ]
    }),
    ...[...(old?.keys() ?? [])]
      .filter((key) => !now?.has(key))
      .map((key) => ({ text: `${id} no longer log in to ${key}` })),
    ...(after.sharedAccount && !before.sharedAccount ? [{ text: `${id} now share an account`, weaker: true }] : []),
    ...(before.sharedAccount && !after.sharedAccount ? [{ text: `${id} no longer share an account` }] : []),
    ...fieldsSaid(id, before, after, ['title', 'function', 'count', 'accounts', 'zone', 'habits', 'external']),
  ]
}

/** `credentials on a that open b as admin, by key` */
export const trustText = ({ from, to, as, factor }: Trust): string =>
  `credentials on ${from} that open ${to} as ${as}, by ${factor}`

/** Whether it lets an attacker go on: as administrator, or with nothing at all. */
export const isWeakTrust = ({ as, factor }: Trust): boolean => as === 'admin' || factor === 'none'

/** What two readings of one trust say differently. */
export const trustSaid = (before: Trust, after: Trust): Said[] =>
  before.as === after.as && before.factor === after.factor
    ? []
    : [
        {
          text: `${trustText(after)}; before as ${before.as}, by ${before.factor}`,
          weaker: (after.as === 'admin' && before.as !== 'admin') || isWeakerFactor(after.factor, before.factor),
        },
      ]
