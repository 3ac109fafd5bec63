// The nouns of detection: rules as loaded, matches, alerts.
import { z } from 'zod'
import { idSchema } from '#kernel'
import { levels } from '#standards'
import { EventId } from '#telemetry'
import { Counts } from './correlation/types.ts'

export const AlertId = idSchema('alert', 'alr')
export type AlertId = z.output<typeof AlertId>

/** One field that made a rule match: where in the rule, what it asked, what the event said. */
export const MatchedField = z.strictObject({
  selection: z.string(),
  field: z.string().meta({ description: 'empty for a keyword search over the whole record' }),
  modifiers: z.array(z.string()),
  pattern: z.string(),
  value: z.string(),
})
export type MatchedField = z.output<typeof MatchedField>

/** What alerts are related by. `process` holds the acting process and its parent, unique per host and time. */
export const AlertEntities = z.strictObject({
  host: z.string().optional(),
  user: z.string().optional(),
  processes: z.array(z.string()),
  addresses: z.array(z.string()),
})
export type AlertEntities = z.output<typeof AlertEntities>

/** A rule matched an event. */
export const Alert = z.strictObject({
  id: AlertId,
  time: z.number().meta({ description: 'time of the event, milliseconds UTC' }),
  raised: z.number().meta({ description: 'when the rule matched' }),
  rule: z.strictObject({
    id: z.string(),
    title: z.string(),
    level: z.enum(levels),
    techniques: z.array(z.string()),
    tactics: z.array(z.string()),
  }),
  event: EventId,
  source: z.string(),
  activity: z.string(),
  message: z.string(),
  host: z.string(),
  user: z.string(),
  asset: z.string().meta({ description: 'model asset id, empty when the model does not know the host' }),
  entities: AlertEntities,
  matched: z.array(MatchedField),
  events: z
    .array(EventId)
    .optional()
    .meta({ description: 'of a correlation: the events it was made of, the oldest first, at most the newest 100' }),
  about: z.string().optional().meta({
    description:
      'what it is about, where that is not its host and user: the pair of a beacon, the group of a correlation',
  }),
  late: z.boolean().optional().meta({ description: 'completed by an event that came later than the allowed lateness' }),
  incident: z.string().meta({ description: 'incident it was folded into' }),
})
export type Alert = z.output<typeof Alert>

/** How a rule stands after loading: nothing fails in silence. */
export const ruleStates = ['running', 'disabled', 'needs-list', 'unsupported', 'invalid'] as const
/** How a rule stands with what telemetry has shown; `unindexable` rules work, but are tried on every event of their log source. */
export const standings = [
  'running',
  'unindexable',
  'no-data-source',
  'field-never-seen',
  'disabled',
  'needs-list',
  'unsupported',
  'invalid',
] as const
/** Where a rule comes from. */
export const origins = ['own', 'folder', 'pack', 'built-in'] as const
/** `not-run`: not since the start, or not since the rule changed. */
export const testStates = ['passed', 'failed', 'none', 'not-run'] as const
export const RuleView = z.strictObject({
  id: z.string(),
  title: z.string(),
  level: z.enum(levels),
  status: z.string().meta({ description: "the author's: stable, test, experimental, deprecated, unsupported" }),
  state: z.enum(ruleStates),
  why: z.string().meta({ description: 'why it does not run; empty when it does' }),
  standing: z.enum(standings).meta({ description: 'how it stands, with what telemetry has shown so far' }),
  standingWhy: z
    .string()
    .meta({ description: 'why it finds nothing, or what it finds slowly; empty when all is well' }),
  product: z.string(),
  category: z.string(),
  service: z.string(),
  techniques: z.array(z.string()),
  tactics: z.array(z.string()),
  file: z.string(),
  alerts: z.number().meta({ description: 'alerts stored' }),
  hits: z.number().meta({ description: 'how often it raised an alert, with repeats of which only the count is kept' }),
  lastHit: z.number().nullable().meta({ description: 'time of the last event that it raised an alert for' }),
  benign: z.number().meta({ description: 'alerts that somebody called benign' }),
  confirmed: z.number().meta({ description: 'alerts that somebody confirmed' }),
  joins: z.array(z.string()).meta({ description: 'of a correlation: titles of the rules it joins' }),
  origin: z.strictObject({
    from: z.enum(origins).meta({ description: "own: the workspace's first folder of rules, which can be written to" }),
    pack: z.string(),
    revision: z.string().meta({ description: 'the commit that the pack is pinned to' }),
    path: z.string().meta({ description: 'the file, seen from its folder' }),
  }),
  override: z
    .strictObject({
      enabled: z.boolean().nullable(),
      level: z.enum(levels).nullable(),
      threshold: z.number().nullable().meta({ description: 'of a correlation: the number it compares with here' }),
      reason: z.string(),
      upstream: z.enum(levels).meta({ description: 'the level in its file' }),
      upstreamThreshold: z.number().nullable().meta({ description: 'the number in its file' }),
    })
    .nullable()
    .meta({ description: 'what castellan.yaml says of it, apart from its file' }),
  tests: z.enum(testStates).meta({ description: 'not-run: not since the start, or not since it changed' }),
})
export type RuleView = z.output<typeof RuleView>

/** A correlation: what it asks, of which rules, and how it stands at this moment. */
export const CorrelationView = Counts.extend({
  asks: z.string().meta({ description: 'type, condition, timespan and group-by in one line' }),
  rules: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  groups: z.number().meta({ description: 'groups held in memory' }),
  bytes: z.number().meta({ description: 'about how many bytes they take' }),
})
export type CorrelationView = z.output<typeof CorrelationView>
