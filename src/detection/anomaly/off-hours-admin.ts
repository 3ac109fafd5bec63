// Administration at an hour at which the account is never at work.
import { z } from 'zod'
import { type Facts, traits } from './facts.ts'
import { hour, shown, shownTime } from './numbers.ts'
import type { Detector, Found, Shape } from './types.ts'

const parameters = {
  seenDays: { value: 4, does: 'days with activity that are needed to know an account’s hours' },
  beside: { value: 2, does: 'hours before and after that count as the same' },
  share: {
    value: 0.05,
    does: 'an hour is unusual when neither it nor one beside it was used on more than this share of days',
  },
} as const

/** Days on which an account did something, and for each hour of the day (UTC) on how many of them. */
interface Hours {
  day: number
  /** Bit for each hour of the day at hand. */
  mask: number
  days: number
  readonly used: number[]
  told: number
}
const Body = z.strictObject({
  day: z.number(),
  mask: z.number(),
  days: z.number(),
  used: z.array(z.number()).length(24),
  told: z.number(),
})
const shape: Shape<Hours> = { write: (hours) => hours, read: (body) => Body.parse(body), bytes: () => 320 }

/** On how many of the days before today this hour, or one beside it, was used: the most of them. */
function usedAt({ used, mask }: Hours, at: number, beside: number): number {
  let most = 0
  for (let step = -Math.min(12, beside); step <= Math.min(12, beside); step++) {
    const one = (at + Math.round(step) + 24) % 24
    most = Math.max(most, (used[one] ?? 0) - ((mask >> one) & 1))
  }
  return most
}

function note(hours: Hours, day: number, at: number): void {
  if (day > hours.day) {
    hours.day = day
    hours.mask = 0
    hours.days++
  }
  if (day < hours.day || ((hours.mask >> at) & 1) === 1) return
  hours.mask |= 1 << at
  hours.used[at] = (hours.used[at] ?? 0) + 1
}

function describe(
  { user, admin, host, time, day }: Facts,
  hours: Hours,
  usual: { share: number; limit: number },
): Found {
  const days = hours.days - 1
  return {
    key: `${user}|${day}`,
    about: user,
    text: `${user}: ${admin}${host === '' ? '' : ` on ${host}`} at ${shownTime(time).slice(11)} UTC; at work around this hour on ${shown(100 * usual.share)} % of ${days} days`,
    numbers: [
      { name: 'days with activity', value: String(days), usual: '' },
      {
        name: 'of these around this hour',
        value: `${shown(100 * usual.share)} %`,
        usual: `more than ${shown(100 * usual.limit)} %`,
      },
    ],
    history: {
      kind: 'series',
      unit: 'days with activity at this hour of the day (UTC)',
      points: hours.used.map((n, at) => [at * hour, n]),
      usual: null,
      limit: usual.limit * days,
    },
  }
}

export const offHoursAdmin: Detector<Hours, typeof parameters> = {
  name: 'off-hours-admin',
  id: '773d2cb4-575d-4bce-a77c-f0d923373fb0',
  title: 'Administration at an unusual hour',
  does: 'an act of administration at an hour of the day at which the account was hardly ever at work; told once a day',
  level: 'medium',
  techniques: ['T1078.002'],
  tactics: ['persistence'],
  learnDays: 7,
  parameters,
  shape,
  concerns: traits.user,
  see(facts, groups, settings) {
    const { user, admin, day } = facts
    if (user === '') return undefined
    const at = ((facts.hour % 24) + 24) % 24
    const known = groups.look(user)
    if (admin === '' && known && (day < known.day || (day === known.day && ((known.mask >> at) & 1) === 1)))
      return undefined
    const hours = groups.at(user, () => ({
      day: -1,
      mask: 0,
      days: 0,
      used: Array.from({ length: 24 }, () => 0),
      told: -1,
    }))
    const isFirst = day > hours.day
    note(hours, day, at)
    if (admin === '' || (day < hours.day && !isFirst) || hours.told >= day || hours.days - 1 < settings.seenDays)
      return undefined
    const share = usedAt(hours, at, settings.beside) / (hours.days - 1)
    if (share > settings.share) return undefined
    hours.told = day
    return describe(facts, hours, { share, limit: settings.share })
  },
}
