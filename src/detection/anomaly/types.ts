// The nouns of anomalies: a detector, what it remembers, what it finds and shows.
import { z } from 'zod'
import { type Level, levels } from '#standards'
import type { Facts } from './facts.ts'

/** A number that can be set in castellan.yaml. */
export interface Parameter {
  readonly value: number
  readonly does: string
}
export type Parameters = Readonly<Record<string, Parameter>>
/** What is set: a number for each parameter. */
export type Settings<P extends Parameters = Parameters> = { readonly [K in keyof P]: number }

const Item = z.strictObject({ name: z.string(), note: z.string() })
const Spot = z.strictObject({ name: z.string(), address: z.string(), at: z.number().meta({ description: 'time' }) })

/** The history behind a finding: numbers over time, names with a note, the distances of a beat, or two places. */
export const History = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('series'),
    unit: z.string(),
    points: z.array(z.tuple([z.number(), z.number()])).meta({ description: 'time and value, oldest first' }),
    usual: z.number().nullable().meta({ description: 'what is usual' }),
    limit: z.number().nullable().meta({ description: 'above this it is told' }),
    expected: z
      .array(z.strictObject({ at: z.number(), usual: z.number(), limit: z.number() }))
      .optional()
      .meta({ description: 'what was usual and the limit at each of these times, where they change' }),
  }),
  z.strictObject({ kind: z.literal('list'), items: z.array(Item) }),
  z.strictObject({
    kind: z.literal('beat'),
    points: z.array(z.strictObject({ at: z.number(), count: z.number() })).meta({ description: 'connections an hour' }),
    interval: z.number().meta({ description: 'the usual distance, seconds' }),
    intervals: z
      .array(z.strictObject({ from: z.number(), to: z.number(), count: z.number() }))
      .meta({ description: 'distances between connections: how many were at least `from` and below `to` seconds' }),
    parts: z
      .array(z.strictObject({ name: z.string(), value: z.number(), adds: z.number() }))
      .meta({ description: 'parts of the score and what each adds to it' }),
  }),
  z.strictObject({
    kind: z.literal('travel'),
    from: Spot,
    to: Spot,
    kilometres: z.number().nullable(),
    hours: z.number(),
    limit: z.number().meta({ description: 'kilometres an hour that nobody travels' }),
    items: z.array(Item).meta({ description: 'places used before' }),
  }),
])
export type History = z.output<typeof History>

/** One of the numbers that the alert rests on. */
export const Shown = z.strictObject({
  name: z.string(),
  value: z.string(),
  usual: z.string().meta({ description: 'what it was held against; empty where against nothing' }),
})
export type Shown = z.output<typeof Shown>

/** What a detector says of one event. Findings of one key are one alert. */
export interface Found {
  readonly key: string
  /** Who and what it is about, without the time: what is about something else never stands behind it in the queue. */
  readonly about: string
  readonly text: string
  readonly numbers: readonly Shown[]
  readonly history: History
}

/** What is remembered of one group, and how it is written down. */
export interface Shape<Group> {
  readonly write: (group: Group) => unknown
  /** Throws on what this version did not write. */
  readonly read: (body: unknown) => Group
  /** Bytes it takes in memory, near enough; quick. */
  readonly bytes: (group: Group) => number
}

/** The groups of a detector while one event is looked at. */
export interface Access<Group> {
  /** Read only: the group as it is, not counted as a use. */
  look(key: string): Group | undefined
  /** To be changed: counted as a use and kept. Made when it is not there. */
  at(key: string, make: () => Group): Group
  /** Days on which the detector has seen something, this one not counted. */
  readonly learntDays: number
  /** Whether it has learnt long enough to speak. */
  readonly learnt: boolean
}

/** What one detector is: facts for people, parameters, and the step for one event. Pure given its groups. */
export interface Detector<Group, P extends Parameters = Parameters> {
  /** As in castellan.yaml. */
  readonly name: string
  /** Rule id of its alerts; never changed. */
  readonly id: string
  readonly title: string
  readonly does: string
  readonly level: Level
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  /** Days it learns before it speaks, unless set. */
  readonly learnDays: number
  readonly parameters: P
  readonly shape: Shape<Group>
  /** Bits of `traits`: it is asked about events that have one of them. */
  readonly concerns: number
  /** Never throws. */
  see(facts: Facts, groups: Access<Group>, settings: Settings<P>): Found | undefined
}

export const DetectorView = z.strictObject({
  name: z.string(),
  rule: z.string().meta({ description: 'rule id of its alerts' }),
  title: z.string(),
  does: z.string(),
  level: z.enum(levels),
  techniques: z.array(z.string()),
  on: z.boolean(),
  state: z.enum(['off', 'waiting', 'learning', 'running']).meta({ description: 'waiting: nothing seen yet' }),
  learntDays: z.number().meta({ description: 'days on which it saw something' }),
  learnDays: z.number().meta({ description: 'days it needs before it speaks' }),
  learningUntil: z.number().nullable().meta({ description: 'when it will have learnt, if every day has events' }),
  groups: z.number().meta({ description: 'groups remembered' }),
  bytes: z.number(),
  mostBytes: z.number(),
  shed: z.number().meta({ description: 'groups forgotten because memory was full' }),
  alerts: z.number(),
  parameters: z.array(z.strictObject({ name: z.string(), value: z.number(), standard: z.number(), does: z.string() })),
})
export type DetectorView = z.output<typeof DetectorView>
