// The nouns of incidents (NIST SP 800-61): what alerts are folded into, and its timeline.
import { z } from 'zod'
import { idSchema } from '#kernel'
import { levels } from '#standards'
import { Alert } from '#detection'

export const IncidentId = idSchema('incident', 'inc')
export type IncidentId = z.output<typeof IncidentId>

/** observed: related alerts too light to be worth a person's time yet; becomes open when a heavier or third kind of alert joins. */
export const incidentStates = ['observed', 'open', 'investigating', 'contained', 'closed'] as const
export type IncidentState = (typeof incidentStates)[number]

/** One line of an incident's story: repeats of the same rule on the same entity are one line with a count. */
export const TimelineEntry = z.strictObject({
  at: z.number(),
  until: z.number().meta({ description: 'time of the last repeat; equals `at` for a single one' }),
  kind: z.enum(['alert', 'note', 'state', 'assigned', 'merged']),
  title: z.string(),
  detail: z.string(),
  level: z.enum(levels).optional(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  host: z.string(),
  user: z.string(),
  asset: z.string(),
  count: z.number(),
  alerts: z.array(z.string()).meta({ description: 'ids of the alerts behind this line, at most 100' }),
  event: z.string().meta({ description: 'first event behind this line; empty for notes' }),
  why: z.string().meta({ description: 'what tied this line to the incident' }),
  by: z.string().meta({ description: 'who, for notes and changes of state' }),
})
export type TimelineEntry = z.output<typeof TimelineEntry>

export const Incident = z.strictObject({
  id: IncidentId,
  number: z.number().meta({ description: 'short number for people, counts from 1; 0 while only observed' }),
  title: z.string(),
  summary: z.string().meta({ description: 'two sentences: what happened, to what' }),
  state: z.enum(incidentStates),
  level: z.enum(levels),
  opened: z.number(),
  first: z.number().meta({ description: 'time of its earliest event' }),
  last: z.number(),
  alerts: z.number(),
  rules: z.number().meta({ description: 'different rules that matched' }),
  hosts: z.array(z.string()),
  users: z.array(z.string()),
  addresses: z.array(z.string()),
  assets: z.array(z.string()),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  assignee: z.string(),
})
export type Incident = z.output<typeof Incident>

export const IncidentDetail = z.strictObject({
  incident: Incident,
  timeline: z.array(TimelineEntry),
  recent: z.array(Alert),
})
export type IncidentDetail = z.output<typeof IncidentDetail>
