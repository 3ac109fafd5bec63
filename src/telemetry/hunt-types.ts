// The nouns of hunting: what a search with pipes answers.
import { z } from 'zod'
import { EventView } from './types.ts'

export const HuntColumn = z.strictObject({
  name: z.string(),
  type: z.enum(['text', 'number', 'time']).meta({ description: 'a time is milliseconds since 1970, UTC' }),
})
export type HuntColumn = z.output<typeof HuntColumn>

const Rows = z.array(z.array(z.union([z.string(), z.number(), z.null()])))

export const Hunted = z.strictObject({
  kind: z.enum(['events', 'table', 'timechart']),
  items: z.array(EventView).meta({ description: 'of kind events; else none' }),
  next: z.string().nullable().meta({ description: 'for `before` of the next page; only without pipes' }),
  columns: z.array(HuntColumn),
  rows: Rows.meta({
    description: 'of kinds table and timechart; a timechart has its time first, then a column a series',
  }),
  step: z.number().meta({ description: "milliseconds of a timechart's step; else 0" }),
  took: z.number().meta({ description: 'milliseconds' }),
  scanned: z.number().meta({ description: 'events that the asked time holds' }),
  cut: z.boolean().meta({ description: 'there are more rows than shown' }),
})
export type Hunted = z.output<typeof Hunted>
