// Two estates → what is different, in sentences. Nothing is different between an estate and itself.
import type { Estate, Zone } from '../types.ts'
import { assetSaid } from './assets.ts'
import { type Change, fieldsSaid, listSaid, type Said } from './change.ts'
import { flowSaid, flowText, isWeakFlow } from './flows.ts'
import { isWeakTrust, personSaid, trustSaid, trustText } from './people.ts'
import { reachedIn, strangersIn } from './reach.ts'
import { renamed } from './rename.ts'

interface Noun {
  readonly id: string
  readonly at?: { file: string; line: number }
}

/** How one part is compared. */
interface Compare<One extends Noun> {
  readonly part: string
  readonly before: readonly One[]
  readonly after: readonly One[]
  /** As it is called when it is new or gone. */
  readonly text: (one: One) => string
  readonly isWeak?: (one: One) => boolean
  /** Whether it is worse off without one: an assumption nobody makes any more is not. */
  readonly said: (before: One, after: One) => readonly Said[]
}

/** Everything that is different, part by part: renames first, then what the internet reaches, then new, gone and changed entries. */
export function diffEstates(earlier: Estate, after: Estate): Change[] {
  const before = renamed(earlier, after.moves)
  const trusts = new Map([...before.zones, ...after.zones].map(({ id, trust }) => [id, trust]))
  const trust = (zone: string) => trusts.get(zone) ?? 50
  const strangers = strangersIn(after)
  return [
    ...renames(earlier, after),
    ...reached(before, after),
    ...compared({
      ...between('assets', before, after),
      text: ({ id, kind, zone }) => `asset ${id} (${kind}) in zone ${zone}`,
      said: (old, now) => assetSaid(old, now, trust),
    }),
    ...compared({
      ...between('flows', before, after),
      text: (flow) => `flow ${flowText(flow)}`,
      isWeak: (flow) => isWeakFlow(flow, strangers),
      said: flowSaid,
    }),
    ...compared({
      ...between('people', before, after),
      text: ({ id, count }) => `people: ${count} ${id}`,
      said: personSaid,
    }),
    ...compared({ ...between('trust', before, after), text: trustText, isWeak: isWeakTrust, said: trustSaid }),
    ...compared({
      ...between('zones', before, after),
      text: (zone) => `zone ${zone.id}, trusted ${zone.trust}`,
      said: zoneSaid,
    }),
    ...plain(before, after),
  ]
}

type List = Exclude<keyof Estate, 'name' | 'moves'>
const between = <Key extends List>(part: Key, before: Estate, after: Estate) => ({
  part,
  before: before[part],
  after: after[part],
})

/** Parts of which every field is said alike. */
const plain = (before: Estate, after: Estate): Change[] => [
  ...compared({
    ...between('data', before, after),
    text: ({ id, records }) => `data ${id}, ${records.toLocaleString('en')} records`,
    said: (old, now) =>
      fieldsSaid(now.id, old, now, [
        'title',
        'confidentiality',
        'integrity',
        'availability',
        'records',
        'subjects',
        'jurisdictions',
      ]),
  }),
  ...compared({
    ...between('services', before, after),
    text: ({ id }) => `service ${id}`,
    said: (old, now) => [
      ...fieldsSaid(now.id, old, now, ['title', 'owner', 'needs', 'revenuePerHour', 'tolerableOutageMinutes']),
      ...(String(old.needs) === String(now.needs) ? fieldsSaid(now.id, old, now, ['needsCount']) : []),
    ],
  }),
  ...compared({
    ...between('assumptions', before, after),
    text: ({ id, text }) => `assumption ${id}: ${text}`,
    said: (old, now) => fieldsSaid(now.id, old, now, ['text', 'about', 'check', 'until']),
  }),
  ...compared({
    ...between('views', before, after),
    text: ({ id }) => `view ${id}`,
    said: (old, now) => fieldsSaid(now.id, old, now, ['title', 'include', 'exclude', 'groupBy']),
  }),
  ...compared({
    part: 'kinds',
    before: before.kinds.filter(({ builtIn }) => !builtIn),
    after: after.kinds.filter(({ builtIn }) => !builtIn),
    text: ({ id }) => `kind ${id}`,
    said: (old, now) =>
      fieldsSaid(now.id, old, now, [
        'title',
        'category',
        'technology',
        'ports',
        'logs',
        'patchFamily',
        'data',
        'traits',
        'weaknesses',
      ]),
  }),
]

const zoneSaid = (before: Zone, after: Zone): Said[] => [
  ...fieldsSaid(after.id, before, after, ['title', 'trust', 'parent']),
  ...listSaid(before.cidrs, after.cidrs, {
    more: (words) => ({ text: `zone ${after.id} now has ${words}` }),
    less: (words) => ({ text: `zone ${after.id} no longer has ${words}` }),
  }),
]

function compared<One extends Noun>({ part, before, after, text, isWeak, said }: Compare<One>): Change[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [one.id, one])))
  const place = ({ at }: One) => (at ? { at } : {})
  return [
    ...after
      .filter(({ id }) => !old?.has(id))
      .map((one): Change => ({
        what: 'new',
        part,
        id: one.id,
        text: `new ${text(one)}`,
        weaker: isWeak?.(one) ?? false,
        ...place(one),
      })),
    ...before
      .filter(({ id }) => !now?.has(id))
      .map((one): Change => ({ what: 'gone', part, id: one.id, text: `gone: ${text(one)}`, weaker: false })),
    ...after.flatMap((one) => {
      const earlier = old?.get(one.id)
      if (!earlier) return []
      return said(earlier, one).map(({ text: words, weaker = false }): Change => ({
        what: 'changed',
        part,
        id: one.id,
        text: words,
        weaker,
        ...place(one),
      }))
    }),
  ]
}

/** Names that changed and whose old name there was. */
function renames(before: Estate, after: Estate): Change[] {
  const had = new Set<string>(before.assets.map(({ id }) => id))
  for (const part of ['zones', 'data', 'services', 'people', 'views', 'assumptions', 'kinds'] as const)
    for (const { id } of before[part]) had.add(`${part}.${id}`)
  const known = new Set(before.moves.map(({ from, to }) => `${from} ${to}`))
  return after.moves
    .filter(({ from, to }) => had.has(from) && !known.has(`${from} ${to}`))
    .map(({ from, to, at }) => {
      const part =
        from.includes('.') && had.has(from) && !before.assets.some(({ id }) => id === from)
          ? from.split('.')[0]
          : 'assets'
      return { what: 'renamed', part: part ?? 'assets', id: to, text: `${from} is now called ${to}`, weaker: false, at }
    })
}

/** Assets that the internet reaches now and did not before, and the other way round. */
function reached(before: Estate, after: Estate): Change[] {
  const [old, now] = [reachedIn(before), reachedIn(after)]
  const there = new Set(after.assets.map(({ id }) => id))
  return [
    ...after.assets
      .filter(({ id }) => now.has(id) && !old.has(id))
      .map(({ id, at }): Change => ({
        what: 'changed',
        part: 'assets',
        id,
        text: `asset ${id} is now reachable from the internet`,
        weaker: true,
        at,
      })),
    ...before.assets
      .filter(({ id }) => there.has(id) && old.has(id) && !now.has(id))
      .map(({ id }): Change => ({
        what: 'changed',
        part: 'assets',
        id,
        text: `asset ${id} is no longer reachable from the internet`,
        weaker: false,
      })),
  ]
}
