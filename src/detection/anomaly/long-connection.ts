// A connection to the outside that stays open for hours.
import { z } from 'zod'
import { traits } from './facts.ts'
import { shown, shownDay } from './numbers.ts'
import type { Detector, Shape } from './types.ts'

const parameters = {
  hours: { value: 4, does: 'hours from which a connection is long' },
  usualDays: { value: 3, does: 'a pair with long connections on this many days before is used to it' },
} as const

/** Days with long connections, and the longest of each, seconds. */
interface Long {
  readonly days: [day: number, seconds: number][]
}
const Body = z.strictObject({ days: z.array(z.tuple([z.number(), z.number()])) })
const shape: Shape<Long> = {
  write: (long) => long,
  read: (body) => Body.parse(body),
  bytes: ({ days }) => 40 * days.length,
}
const mostDays = 30

export const longConnection: Detector<Long, typeof parameters> = {
  name: 'long-connection',
  id: '3c5e3997-d704-4002-8462-bd68d1ee82c9',
  title: 'Connection outside that lasts for hours',
  does: 'a connection to an outside address that stayed open for hours, between two that are not used to it',
  level: 'low',
  techniques: ['T1572', 'T1219'],
  tactics: ['command-and-control'],
  learnDays: 0,
  parameters,
  shape,
  concerns: traits.outside,
  see({ event, outside, lasted, day }, groups, settings) {
    if (outside === '' || event.src_ip === undefined || lasted < settings.hours * 3600) return undefined
    const pair = `${event.src_ip}|${outside}`
    const { days } = groups.at(pair, () => ({ days: [] }))
    const before = days.filter(([one]) => one < day).length
    const today = days.find(([one]) => one === day)
    if (today) {
      today[1] = Math.max(today[1], lasted)
      return undefined
    }
    days.push([day, lasted])
    if (days.length > mostDays) days.shift()
    if (before >= settings.usualDays) return undefined
    return {
      key: `${pair}|${day}`,
      about: pair,
      text: `${event.src_ip} was connected to ${outside} for ${shown(lasted / 3600)} hours; on ${before} days before they were connected for ${settings.hours} hours or more`,
      numbers: [
        { name: 'hours', value: shown(lasted / 3600), usual: `less than ${settings.hours}` },
        { name: 'days before', value: String(before), usual: String(settings.usualDays) },
      ],
      history: {
        kind: 'list',
        items: days.map(([one, seconds]) => ({ name: shownDay(one), note: `${shown(seconds / 3600)} hours` })),
      },
    }
  },
}
