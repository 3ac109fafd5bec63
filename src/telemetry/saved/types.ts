// The nouns of what is kept for asking again: saved hunts and dashboards.
import { z } from 'zod'
import { Hunted } from '../hunt-types.ts'
import { lengthOf } from '../query/moment.ts'

export const HuntName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens, at most 64')
  .meta({ description: 'small letters, digits and hyphens' })
const Length = z
  .string()
  .refine((text) => lengthOf(text) !== undefined, 'a length of time such as 30m, 24h or 7d')
  .meta({ description: 'how far back to look: 30m, 24h, 7d' })

/** A search kept under a name. */
export const SavedHunt = z.strictObject({
  name: HuntName,
  q: z.string().min(1).max(4_000).meta({ description: 'filter and pipes' }),
  since: Length.default('24h'),
  schedule: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'cron expression in UTC; absent means only when asked' }),
  description: z.string().max(1_000).default(''),
})
export type SavedHunt = z.output<typeof SavedHunt>

/** One scheduled run: what it counted, and what the one before had counted. */
export const HuntRun = z.strictObject({
  at: z.number(),
  count: z.number().nullable().meta({ description: 'events or rows; null when it failed' }),
  before: z.number().nullable().meta({ description: 'count of the run before' }),
  took: z.number().meta({ description: 'milliseconds' }),
  error: z.string(),
})
export type HuntRun = z.output<typeof HuntRun>

export const HuntView = SavedHunt.extend({
  schedule: z.string(),
  by: z.string(),
  saved: z.number(),
  next: z.number().nullable().meta({ description: 'when it runs next' }),
  runs: z.array(HuntRun).meta({ description: 'the newest first' }),
})
export type HuntView = z.output<typeof HuntView>

export const panelKinds = ['events', 'table', 'timechart', 'number'] as const
export const Panel = z.strictObject({
  title: z.string().min(1).max(200),
  kind: z.enum(panelKinds).meta({ description: 'how it is shown; a number is the first cell of the first row' }),
  q: z.string().min(1).max(4_000).meta({ description: 'filter and pipes, as in castellan hunt' }),
  since: Length.optional().meta({ description: "how far back; the dashboard's own when left out" }),
  limit: z.number().int().min(1).max(1_000).default(50),
})
export type Panel = z.output<typeof Panel>

/** A file of `dashboards/`. */
export const DashboardFile = z.strictObject({
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).default(''),
  since: Length.default('24h'),
  panels: z.array(Panel).min(1).max(30),
})
export type DashboardFile = z.output<typeof DashboardFile>

export const PanelView = z.strictObject({
  title: z.string(),
  kind: z.enum(panelKinds),
  q: z.string(),
  since: z.string().meta({ description: 'how far back it looks' }),
  result: Hunted,
  error: z.string().meta({ description: 'why this panel has no result; empty when it has' }),
})
export type PanelView = z.output<typeof PanelView>
