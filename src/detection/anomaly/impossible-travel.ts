// An account at two places that nobody gets to in the time between.
import { z } from 'zod'
import { type Facts, traits } from './facts.ts'
import { distance, shown, shownTime } from './numbers.ts'
import type { Detector, Found, Settings, Shape } from './types.ts'

const parameters = {
  speed: { value: 900, does: 'kilometres an hour that nobody travels' },
  kilometres: { value: 500, does: 'least distance: databases are not exact' },
  minutes: { value: 60, does: 'without coordinates: two countries within this many minutes' },
  usualDays: {
    value: 5,
    does: 'a place used on this many days is usual; two usual places are not told (a VPN, an office)',
  },
} as const

interface Place {
  readonly country: string
  readonly city: string
  readonly address: string
  readonly time: number
  readonly lat: number | null
  readonly lon: number | null
}
interface Travels {
  last: Place | null
  /** Days on which a place was used, by country and city. */
  readonly places: Map<string, [days: number, last: number]>
}
const PlaceBody = z.strictObject({
  country: z.string(),
  city: z.string(),
  address: z.string(),
  time: z.number(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
})
const Body = z.tuple([PlaceBody.nullable(), z.array(z.tuple([z.string(), z.number(), z.number()]))])
const shape: Shape<Travels> = {
  write: ({ last, places }) => [last, [...places].map(([name, [days, at]]) => [name, days, at])],
  read(body) {
    const [last, rows] = Body.parse(body)
    return { last, places: new Map(rows.map(([name, days, at]): [string, [number, number]] => [name, [days, at]])) }
  },
  bytes: ({ places }) => 240 + 90 * places.size,
}
const mostPlaces = 50

const degrees = (text: string | undefined): number | null => {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && Math.abs(value) <= 180 ? value : null
}
function placeOf({ event, time }: Facts): Place | undefined {
  const country = event.enriched?.['src.country']
  if (country === undefined || event.src_ip === undefined) return undefined
  const { 'src.city': city = '', 'src.latitude': lat, 'src.longitude': lon } = event.enriched ?? {}
  return { country, city, address: event.src_ip, time, lat: degrees(lat), lon: degrees(lon) }
}
const nameOf = ({ country, city }: Place): string => (city === '' ? country : `${city} (${country})`)

interface Trip {
  readonly kilometres: number | undefined
  readonly hours: number
}
/** The trip, where nobody can have made it. */
function tripOf(from: Place, to: Place, asked: Settings<typeof parameters>): Trip | undefined {
  const hours = Math.abs(to.time - from.time) / 3_600_000
  if (from.lat === null || from.lon === null || to.lat === null || to.lon === null)
    return from.country !== to.country && hours * 60 <= asked.minutes ? { kilometres: undefined, hours } : undefined
  const kilometres = distance({ lat: from.lat, lon: from.lon }, { lat: to.lat, lon: to.lon })
  const isFar = kilometres >= asked.kilometres && kilometres > asked.speed * hours
  return isFar ? { kilometres, hours } : undefined
}

function used(travels: Travels, name: string, day: number): number {
  const [days, last] = travels.places.get(name) ?? [0, -1]
  travels.places.delete(name)
  travels.places.set(name, [day > last ? days + 1 : days, Math.max(day, last)])
  if (travels.places.size > mostPlaces) {
    const [oldest] = travels.places.keys()
    if (oldest !== undefined) travels.places.delete(oldest)
  }
  return day > last ? days + 1 : days
}

function describe(user: string, trip: Trip, ends: { from: Place; to: Place; travels: Travels; asked: number }): Found {
  const { from, to, travels } = ends
  const far = trip.kilometres === undefined ? 'another country' : `${shown(Math.round(trip.kilometres))} km away`
  const speed = trip.kilometres === undefined || trip.hours === 0 ? '' : shown(Math.round(trip.kilometres / trip.hours))
  const about = `${user}|${[nameOf(from), nameOf(to)].sort().join('|')}`
  return {
    about,
    key: `${about}|${Math.floor(Math.max(from.time, to.time) / 86_400_000)}`,
    text: `${user} logged in from ${nameOf(from)} (${from.address}) and ${shown(trip.hours * 60)} minutes later from ${nameOf(to)} (${to.address}), ${far}${speed === '' ? '' : `: ${speed} km/h`}`,
    numbers: [
      { name: 'kilometres', value: trip.kilometres === undefined ? '' : shown(Math.round(trip.kilometres)), usual: '' },
      { name: 'minutes', value: shown(trip.hours * 60), usual: '' },
      { name: 'km/h', value: speed, usual: `at most ${ends.asked}` },
    ],
    history: {
      kind: 'travel',
      from: { name: nameOf(from), address: from.address, at: from.time },
      to: { name: nameOf(to), address: to.address, at: to.time },
      kilometres: trip.kilometres === undefined ? null : Math.round(trip.kilometres),
      hours: trip.hours,
      limit: ends.asked,
      items: [...travels.places].reverse().map(([name, [days, last]]) => ({
        name,
        note: `${days} days, last ${shownTime(last * 86_400_000).slice(0, 10)}`,
      })),
    },
  }
}

export const impossibleTravel: Detector<Travels, typeof parameters> = {
  name: 'impossible-travel',
  id: '1f636365-1b1f-4630-9d61-24f682f00af4',
  title: 'At two places faster than anybody travels',
  does: 'an account that logs in from two places that nobody gets to in the time between; needs a geo database',
  level: 'high',
  techniques: ['T1078'],
  tactics: ['initial-access'],
  learnDays: 0,
  parameters,
  shape,
  concerns: traits.login,
  see(facts, groups, settings) {
    const { isLogin, event, user, day } = facts
    if (!isLogin || user === '' || event.outcome === 'failure') return undefined
    const to = placeOf(facts)
    if (!to) return undefined
    const travels = groups.at(user, () => ({ last: null, places: new Map() }))
    const from = travels.last
    if (!from || to.time >= from.time) travels.last = to
    const days = used(travels, nameOf(to), day)
    if (!from) return undefined
    const trip = tripOf(from, to, settings)
    const daysFrom = travels.places.get(nameOf(from))?.[0] ?? 0
    if (!trip || (days >= settings.usualDays && daysFrom >= settings.usualDays)) return undefined
    return describe(user, trip, { from, to, travels, asked: settings.speed })
  },
}
