// More of something in an hour than this hour of the week usually has.
import { z } from 'zod'
import { type Facts, traits } from './facts.ts'
import { deviation, hour, median, shown, shownTime } from './numbers.ts'
import { remembered } from './remembered.ts'
import type { Access, Detector, Found, Settings, Shape } from './types.ts'

const parameters = {
  times: { value: 8, does: 'deviations (1.4826 × MAD) above the median from which it is told' },
  over: { value: 3, does: 'and at least this many times the median' },
  failures: { value: 20, does: 'least failed logins of an account in an hour' },
  events: { value: 500, does: 'least events of an account in an hour' },
  megabytes: { value: 200, does: 'least megabytes that a machine sends outside in an hour' },
} as const
type Asked = Settings<typeof parameters>

interface Hours {
  /** Hour since 1970 of the first value; the last is the hour at hand. */
  start: number
  readonly values: number[]
  /** For the hour at hand, worked out when it began. */
  middle: number
  spread: number
  like: number
  /** Day on which it was told last. */
  told: number
}
const Body = z.strictObject({
  start: z.number(),
  values: z.array(z.number()),
  middle: z.number(),
  spread: z.number(),
  like: z.number(),
  told: z.number(),
})
const shape: Shape<Hours> = {
  write: (hours) => hours,
  read: (body) => Body.parse(body),
  bytes: ({ values }) => 80 + 8 * values.length,
}
const kept = 28 * 24
const [week, today] = [168, 24]

/** What is measured of somebody, and the key of its group. */
interface Measure {
  readonly name: string
  readonly keyOf: (who: string) => string
}
const measure = (name: string): Measure => ({ name, keyOf: remembered((who) => `${name}|${who}`) })
const [events, failures, sent] = [measure('events'), measure('failed logins'), measure('bytes sent outside')]

interface Measured {
  readonly measure: Measure
  readonly who: string
  readonly amount: number
  readonly least: number
}

/** Values of earlier hours that are like this one: the same hour of the week; with fewer than four weeks, that of the day; else all. */
function likeHours({ start, values }: Hours, last: number): number[] {
  for (const step of [week, today, 1]) {
    const found: number[] = []
    for (let at = last - step; at >= start; at -= step) found.push(values[at - start] ?? 0)
    if (found.length >= 4) return found
  }
  return values.slice(0, -1)
}

/** Moves to an hour: what lies between had nothing. Answers the place of the hour; below 0 when it is forgotten already. */
function moveTo(hours: Hours, now: number): number {
  const last = hours.start + hours.values.length - 1
  if (now <= last) return now - hours.start
  if (now - last >= kept) {
    hours.values.length = 0
    hours.start = now
  }
  while (hours.start + hours.values.length <= now) hours.values.push(0)
  const over = hours.values.length - kept
  if (over > 0) {
    hours.values.splice(0, over)
    hours.start += over
  }
  const like = likeHours(hours, now)
  hours.middle = median(like)
  hours.spread = 1.4826 * deviation(like, hours.middle)
  hours.like = like.length
  return hours.values.length - 1
}

function describe(
  { measure: { name }, who, least }: Measured,
  hours: Hours,
  { asked, ...now }: { at: number; limit: number; value: number; asked: Asked },
): Found {
  const { middle, spread, like, start, values } = hours
  const usual =
    like === 0
      ? 'nothing in the hours before'
      : `usual at this hour ${shown(middle)} ± ${shown(spread)} (median and MAD of ${like} hours like it)`
  return {
    about: `${name}|${who}`,
    key: `${name}|${who}|${Math.floor((start + now.at) / 24)}`,
    text: `${name} of ${who} in the hour from ${shownTime((start + now.at) * hour)}: ${shown(now.value)}; ${usual}, limit ${shown(now.limit)}`,
    numbers: [
      { name, value: shown(now.value), usual: `${shown(middle)} ± ${shown(spread)}` },
      { name: 'limit', value: shown(now.limit), usual: `${like} hours like it` },
    ],
    history: {
      kind: 'series',
      unit: `${name} an hour`,
      points: values.slice(-week).map((value, at) => [(start + Math.max(0, values.length - week) + at) * hour, value]),
      usual: middle,
      limit: now.limit,
      expected: expectedOf(hours, least, asked),
    },
  }
}

/** Nothing was there since the detector began: that is known too. */
function emptyHours(now: number, learntDays: number): Hours {
  const known = Math.min(kept - 1, learntDays * today)
  return {
    start: now - known,
    values: Array.from({ length: known + 1 }, () => 0),
    middle: 0,
    spread: 0,
    like: 0,
    told: -1,
  }
}

interface Room {
  readonly groups: Access<Hours>
  readonly settings: Asked
}
/** Adds to the hour at hand; what it finds when the limit is crossed. */
function count(measured: Measured, facts: Facts, { groups, settings }: Room): Found | undefined {
  const { measure, who, amount, least } = measured
  const hours = groups.at(measure.keyOf(who), () => emptyHours(facts.hour, groups.learntDays))
  const at = moveTo(hours, facts.hour)
  if (at < 0) return undefined
  const { values } = hours
  const value = (values[at] ?? 0) + amount
  values[at] = value
  const limit = limitOf(least, hours, settings)
  if (value <= limit || at < values.length - 1 || hours.told >= facts.day || values.length < week / 2) return undefined
  hours.told = facts.day
  return groups.learnt ? describe(measured, hours, { at, limit, value, asked: settings }) : undefined
}

/** What was usual in each of the hours shown, and the limit: worked out only when something is told. */
function expectedOf(hours: Hours, least: number, asked: Asked): { at: number; usual: number; limit: number }[] {
  const { start, values } = hours
  return values.slice(-week).map((_, index) => {
    const last = values.length - Math.min(week, values.length) + index
    const like = likeHours({ ...hours, values: values.slice(0, last + 1) }, start + last)
    const usual = median(like)
    return {
      at: (start + last) * hour,
      usual,
      limit: limitOf(least, { middle: usual, spread: 1.4826 * deviation(like, usual) }, asked),
    }
  })
}

const limitOf = (least: number, { middle, spread }: Pick<Hours, 'middle' | 'spread'>, asked: Asked): number =>
  Math.max(least, middle * asked.over, middle + asked.times * spread)

export const volume: Detector<Hours, typeof parameters> = {
  name: 'volume',
  id: '3e1450fd-d2bd-4ac7-b9a8-48ad0080ea85',
  title: 'Far more than usual at this hour',
  does: 'events and failed logins of an account, bytes that a machine sends outside: an hour far above the median of hours like it, told once a day',
  level: 'medium',
  techniques: ['T1110', 'T1048'],
  tactics: ['exfiltration'],
  learnDays: 7,
  parameters,
  shape,
  concerns: traits.user | traits.bytesOut,
  see(facts, groups, settings) {
    const { event, user, isLogin, bytesOut, outside, host } = facts
    const room = { groups, settings }
    let found: Found | undefined
    if (user !== '') {
      found = count({ measure: events, who: user, amount: 1, least: settings.events }, facts, room)
      if (isLogin && event.outcome === 'failure') {
        const failed = count({ measure: failures, who: user, amount: 1, least: settings.failures }, facts, room)
        found ??= failed
      }
    }
    if (bytesOut > 0 && outside !== '') {
      const least = settings.megabytes * 1e6
      const much = count({ measure: sent, who: event.src_ip ?? host, amount: bytesOut, least }, facts, room)
      found ??= much
    }
    return found
  },
}
