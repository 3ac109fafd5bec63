// What is usual for an account or a machine: hours, machines, addresses, programs, countries, volumes. It only remembers; it finds nothing.
import { z } from 'zod'
import { type Facts, traits } from './facts.ts'
import { day } from './numbers.ts'
import { accountsAt, machinePeers, machinesNamed, schemeOf } from './peers.ts'
import { remembered } from './remembered.ts'
import type { Access, Detector, Shape } from './types.ts'

const parameters = {} as const
export const lists = ['hosts', 'users', 'addresses', 'programs', 'countries', 'destinations'] as const
type ListName = (typeof lists)[number]
type Counted = Map<string, [count: number, last: number]>

interface Usual {
  first: number
  last: number
  events: number
  peers: string
  /** Events for each hour of the week, UTC, from Monday 0:00. */
  readonly week: number[]
  /** The last days: day, events, bytes sent outside. */
  readonly days: [day: number, events: number, bytes: number][]
  readonly lists: Readonly<Record<ListName, Counted>>
}
const Rows = z.array(z.tuple([z.string(), z.number(), z.number()]))
const Body = z.strictObject({
  first: z.number(),
  last: z.number(),
  events: z.number(),
  peers: z.string(),
  week: z.array(z.number()).length(168),
  days: z.array(z.tuple([z.number(), z.number(), z.number()])),
  lists: z.strictObject({
    hosts: Rows,
    users: Rows,
    addresses: Rows,
    programs: Rows,
    countries: Rows,
    destinations: Rows,
  }),
})
const rowsOf = (counted: Counted): z.output<typeof Rows> =>
  [...counted].map(([name, [count, last]]) => [name, count, last])
const countedOf = (rows: z.output<typeof Rows>): Counted =>
  new Map(rows.map(([name, count, last]): [string, [number, number]] => [name, [count, last]]))
const each = <T, R>(all: Readonly<Record<ListName, T>>, change: (one: T) => R): Record<ListName, R> => ({
  hosts: change(all.hosts),
  users: change(all.users),
  addresses: change(all.addresses),
  programs: change(all.programs),
  countries: change(all.countries),
  destinations: change(all.destinations),
})

const shape: Shape<Usual> = {
  write: (usual) => ({ ...usual, lists: each(usual.lists, rowsOf) }),
  read(body) {
    const read = Body.parse(body)
    return { ...read, lists: each(read.lists, countedOf) }
  },
  bytes: ({ days, lists: { hosts, users, addresses, programs, countries, destinations } }) =>
    2_000 +
    64 * days.length +
    140 * (hosts.size + users.size + addresses.size + programs.size + countries.size + destinations.size),
}
const [mostNames, mostDays] = [24, 28]

const empty = (time: number) => (): Usual => ({
  first: time,
  last: time,
  events: 0,
  peers: '',
  week: Array.from({ length: 168 }, () => 0),
  days: [],
  lists: {
    hosts: new Map(),
    users: new Map(),
    addresses: new Map(),
    programs: new Map(),
    countries: new Map(),
    destinations: new Map(),
  },
})

/** Counts a name; when there are too many, the one not seen for longest goes. */
function count(counted: Counted, name: string | undefined, at: number): void {
  if (name === undefined || name === '') return
  const known = counted.get(name)
  if (known) {
    known[0]++
    if (at <= known[1]) return
    known[1] = at
    counted.delete(name)
    counted.set(name, known)
    return
  }
  counted.set(name, [1, at])
  if (counted.size <= mostNames) return
  const [oldest] = counted.keys()
  if (oldest !== undefined) counted.delete(oldest)
}

/** 1970 began on a Thursday: hour 72 of a week that begins on Monday. */
const weekHour = (hours: number): number => (((hours + 72) % 168) + 168) % 168

function note(usual: Usual, facts: Facts): void {
  const { time, bytesOut, outside } = facts
  usual.first = Math.min(usual.first, time)
  usual.last = Math.max(usual.last, time)
  usual.events++
  const at = weekHour(facts.hour)
  usual.week[at] = (usual.week[at] ?? 0) + 1
  let today = usual.days.at(-1)
  if (!today || facts.day > today[0]) {
    today = [facts.day, 0, 0]
    usual.days.push(today)
    if (usual.days.length > mostDays) usual.days.shift()
  }
  if (today[0] !== facts.day) return
  today[1]++
  if (outside !== '') today[2] += bytesOut
}

const userKey = remembered((name) => `user:${name}`)
const hostKey = remembered((name) => `host:${name}`)

/** What accounts and machines have in common. */
function noteAll(usual: Usual, facts: Facts, peers: string): void {
  const { event, program, outside, day: at } = facts
  note(usual, facts)
  if (peers !== '') usual.peers = peers
  const { addresses, programs, countries, destinations } = usual.lists
  count(addresses, event.src_ip, at)
  count(programs, program, at)
  count(countries, event.enriched?.['src.country'], at)
  count(destinations, outside, at)
}

function see(facts: Facts, groups: Access<Usual>): void {
  const { user, host, peers, kind, zone, day: at } = facts
  if (user !== '') {
    const usual = groups.at(userKey(user), empty(facts.time))
    noteAll(usual, facts, peers)
    count(usual.lists.hosts, host, at)
  }
  if (host !== '') {
    const usual = groups.at(hostKey(host), empty(facts.time))
    noteAll(usual, facts, machinePeers(kind, zone)[0] ?? '')
    count(usual.lists.users, user, at)
  }
}

/** Works like a detector that never finds anything. */
export const profiles: Detector<Usual, typeof parameters> = {
  name: 'profiles',
  id: 'e6a7c8f0-52f1-4d1b-b7e0-0d9f4c3a2b16',
  title: 'Profiles',
  does: 'remembers what is usual for each account and machine; finds nothing itself',
  level: 'informational',
  techniques: [],
  tactics: [],
  learnDays: 0,
  parameters,
  shape,
  concerns: traits.user | traits.host,
  see(facts, groups) {
    see(facts, groups)
    return undefined
  },
}

const Named = z.array(
  z.strictObject({
    name: z.string(),
    count: z.number(),
    last: z.number().meta({ description: 'day, milliseconds UTC' }),
  }),
)
export const ProfileView = z.strictObject({
  kind: z.enum(['user', 'host']),
  name: z.string(),
  first: z.number(),
  last: z.number(),
  events: z.number(),
  peers: z.string().meta({
    description: 'whom it is held against: a group of people, machines of a kind in a zone; empty when not known',
  }),
  peersBy: z
    .enum(['model', 'observed', ''])
    .meta({ description: 'who says so: the model or identities.yaml, or the names of machines' }),
  week: z.array(z.number()).meta({ description: 'events for each hour of the week, UTC, from Monday 0:00' }),
  days: z.array(z.strictObject({ at: z.number(), events: z.number(), bytes: z.number() })),
  hosts: Named,
  users: Named,
  addresses: Named,
  programs: Named,
  countries: Named,
  destinations: Named,
})
export type ProfileView = z.output<typeof ProfileView>

const mostUsed = (hosts: z.output<typeof Rows>): string =>
  hosts.reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0, 0])[0]
/** What the model said; else what the name of the machine says. */
function peersOf(kind: 'user' | 'host', said: string, host: string): Pick<ProfileView, 'peers' | 'peersBy'> {
  if (said !== '') return { peers: said, peersBy: 'model' }
  const scheme = schemeOf(host)
  if (scheme === '') return { peers: '', peersBy: '' }
  return { peers: kind === 'user' ? accountsAt(scheme) : machinesNamed(scheme), peersBy: 'observed' }
}

/** A profile from what is remembered, the most used first. */
export function profileOf(kind: 'user' | 'host', name: string, body: unknown): ProfileView {
  const { lists: rows, days, peers, ...rest } = Body.parse(body)
  const named = (list: z.output<typeof Rows>) =>
    [...list].sort((a, b) => b[1] - a[1]).map(([one, times, last]) => ({ name: one, count: times, last: last * day }))
  return {
    ...rest,
    kind,
    name,
    ...peersOf(kind, peers, kind === 'host' ? name : mostUsed(rows.hosts)),
    days: days.map(([at, events, bytes]) => ({ at: at * day, events, bytes })),
    ...each(rows, named),
  }
}
