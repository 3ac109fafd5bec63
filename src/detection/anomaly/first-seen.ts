// Who does what for the first time: one engine for every detector of that sort.
import { z } from 'zod'
import type { Facts } from './facts.ts'
import { shownDay, some } from './numbers.ts'
import { remembered } from './remembered.ts'
import type { Detector, Found, Parameter, Shape } from './types.ts'

/** What is known of one who (or, under `=what`, of those who did it): days seen, and each what with its first and last day. */
export interface Known {
  last: number
  days: number
  readonly whats: Map<string, [first: number, last: number]>
  chars: number
}
const Body = z.tuple([z.number(), z.number(), z.array(z.tuple([z.string(), z.number(), z.number()]))])

export const knownShape: Shape<Known> = {
  write: ({ last, days, whats }) => [last, days, [...whats].map(([name, [from, to]]) => [name, from, to])],
  read(body) {
    const [last, days, rows] = Body.parse(body)
    const whats = new Map(rows.map(([name, from, to]): [string, [number, number]] => [name, [from, to]]))
    return { last, days, whats, chars: rows.reduce((sum, [name]) => sum + name.length, 0) }
  },
  bytes: ({ whats, chars }) => whats.size * 72 + 2 * chars,
}
const nobody = (): Known => ({ last: -1, days: 0, whats: new Map(), chars: 0 })
const mostWhats = 400

const parameters: { readonly [name in 'seenDays' | 'others']: Parameter } = {
  seenDays: { value: 3, does: 'days that somebody must have been seen before something counts as new for them' },
  others: { value: 3, does: 'not told when this many others did the same before' },
}

interface FirstSeen extends Omit<Detector<Known, typeof parameters>, 'shape' | 'see' | 'parameters' | 'learnDays'> {
  /** Who does what; undefined where the event is no such thing. */
  readonly pair: (facts: Facts) => readonly [who: string, what: string] | undefined
  /** `on the host`, `for`: between who and what. */
  readonly verb: string
  /** `hosts`, in the sentence about what was known. */
  readonly plural: string
  /** Whose doing it too makes it no news: those of the same department, say; everybody's where it is left out. */
  readonly among?: (facts: Facts) => string
  readonly others?: number
  readonly seenDays?: number
}

function add(known: Known, what: string, at: number): void {
  const before = known.whats.get(what)
  known.whats.delete(what)
  known.whats.set(what, [before?.[0] ?? at, Math.max(at, before?.[1] ?? at)])
  if (!before) known.chars += what.length
  if (known.whats.size <= mostWhats) return
  const [oldest] = known.whats.keys()
  if (oldest === undefined) return
  known.whats.delete(oldest)
  known.chars -= oldest.length
}

function describe(spec: FirstSeen, pair: readonly [string, string], mine: Known, others: number): Found {
  const [who, what] = pair
  const before = [...mine.whats].filter(([name]) => name !== what)
  const names = before.map(([name]) => name).reverse()
  return {
    key: `${who}|${what}`,
    about: `${who}|${what}`,
    text: `${who} ${spec.verb} ${what} for the first time; in ${mine.days - 1} days before: ${names.length} ${spec.plural}${names.length > 0 ? ` (${some(names)})` : ''}; others who did: ${others}`,
    numbers: [
      { name: 'days seen before', value: String(mine.days - 1), usual: '' },
      { name: `${spec.plural} known`, value: String(names.length), usual: some(names) },
      { name: 'others before', value: String(others), usual: '' },
    ],
    history: {
      kind: 'list',
      items: before
        .reverse()
        .slice(0, 50)
        .map(([name, [from, to]]) => ({ name, note: `${shownDay(from)} to ${shownDay(to)}` })),
    },
  }
}

/** Makes a detector of who and what. */
export function firstSeen(spec: FirstSeen): Detector<Known, typeof parameters> {
  const keyOf = remembered((who) => `+${who}`)
  return {
    ...spec,
    learnDays: 7,
    parameters: {
      seenDays: { ...parameters.seenDays, value: spec.seenDays ?? parameters.seenDays.value },
      others: { ...parameters.others, value: spec.others ?? parameters.others.value },
    },
    shape: knownShape,
    see(facts, groups, settings) {
      const pair = spec.pair(facts)
      if (!pair || pair[0] === '' || pair[1] === '') return undefined
      const [who, what] = pair
      const seen = groups.look(keyOf(who))?.whats.get(what)
      if (seen && seen[1] >= facts.day) return undefined
      const mine = groups.at(keyOf(who), nobody)
      if (facts.day > mine.last) {
        mine.last = facts.day
        mine.days++
      }
      add(mine, what, facts.day)
      if (seen) return undefined
      const them = groups.at(`=${spec.among?.(facts) ?? ''}|${what}`, nobody)
      const others = them.whats.has(who) ? them.whats.size - 1 : them.whats.size
      if (them.whats.size <= Math.max(settings.others, 10)) add(them, who, facts.day)
      const isTold = mine.days - 1 >= settings.seenDays && others < settings.others
      return isTold ? describe(spec, pair, mine, others) : undefined
    },
  }
}
