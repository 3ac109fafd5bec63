// The nouns of keeping: holds, archived days, and what a removal would take.
import { z } from 'zod'
import { idSchema } from '#kernel'

export const HoldId = idSchema('hold', 'hld')
export type HoldId = z.output<typeof HoldId>

/** Events that must not be removed, by whatever rule, until somebody releases them. */
export const Hold = z.strictObject({
  id: HoldId,
  q: z.string().meta({ description: 'search whose events are held; empty for all of the time and source' }),
  source: z.string(),
  since: z.number().nullable(),
  until: z.number().nullable(),
  reason: z.string(),
  placed: z.number(),
  by: z.string().meta({ description: 'who placed it' }),
  released: z.number().nullable(),
})
export type Hold = z.output<typeof Hold>

/** A day that lies in a file of its own. */
export const ArchivedDay = z.strictObject({
  day: z.string().meta({ description: 'such as 2026-03-02, UTC' }),
  file: z.string(),
  events: z.number(),
  bytes: z.number(),
})
export type ArchivedDay = z.output<typeof ArchivedDay>

/** What the next removal does with one day. */
export const DayPlan = z.strictObject({
  day: z.string(),
  events: z.number(),
  bytes: z.number(),
  remove: z.number().meta({ description: 'events that go' }),
  held: z.number().meta({ description: 'events that would go and are held' }),
  why: z.enum(['age', 'space', 'archive']),
  how: z.enum(['whole day', 'events', 'to a file', 'file']),
})
export type DayPlan = z.output<typeof DayPlan>

export const KeepingPlan = z.strictObject({
  bytes: z.number().meta({ description: 'of stored events, on the disk' }),
  limit: z.number().meta({ description: 'events.diskBytes; 0 for none' }),
  holds: z.number().meta({ description: 'holds in force' }),
  archived: z.number().meta({ description: 'days that lie in files' }),
  days: z.array(DayPlan),
  warnings: z.array(z.string()),
})
export type KeepingPlan = z.output<typeof KeepingPlan>
