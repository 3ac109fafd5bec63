// The nouns of alert hygiene: alerts as the queue shows them, suppressions, benign filters, true positives.
import { z } from 'zod'
import { idSchema } from '#kernel'
import { levels } from '#standards'
import { Alert, AlertId } from '../types.ts'

export const SuppressionId = idSchema('suppression', 'sup')
export type SuppressionId = z.output<typeof SuppressionId>

export const verdicts = ['', 'confirmed', 'benign'] as const
export type Verdict = (typeof verdicts)[number]

/** An alert of the queue: with those that repeat it, and what people said of it. */
export const QueueAlert = Alert.extend({
  times: z.number().meta({ description: 'how often it happened within its window; 1 for an alert that stands alone' }),
  first: z.number().meta({ description: 'time of its earliest event' }),
  last: z.number().meta({ description: 'time of its latest event' }),
  head: z.string().meta({ description: 'the alert that it repeats; empty for one that the queue shows' }),
  suppressed: z.string().meta({ description: 'what keeps it out of the queue: a suppression or a benign filter' }),
  verdict: z.enum(verdicts).meta({ description: 'what a person said of it' }),
  risk: z.number().meta({ description: 'the highest risk now among its user, host and addresses' }),
})
export type QueueAlert = z.output<typeof QueueAlert>
export type StoredAlert = Omit<QueueAlert, 'risk'>

const longest = 300
const part = (description: string) => z.string().min(1).max(longest).optional().meta({ description })
/** Which alerts: all that is given must hold. */
export const SuppressionFit = z.strictObject({
  rule: part('id of the rule'),
  level: z.enum(levels).optional().meta({ description: 'exactly this level' }),
  source: part('source of the event, as in castellan.yaml'),
  host: part('name of the host'),
  user: part('name of the user'),
  asset: part('id of the asset in the model'),
  address: part('one of its addresses'),
  q: z.string().min(1).max(1_000).optional().meta({
    description:
      'a search: rule, title, level, source, activity, message, host, user, asset, address, or a field that matched',
  }),
})
export type SuppressionFit = z.output<typeof SuppressionFit>
/** Whether it names anything: an empty fit would be every alert. */
export const isNarrow = (fit: SuppressionFit): boolean => Object.values(fit).some((part) => part !== undefined)

export const suppressionStates = ['active', 'expiring', 'expired', 'removed'] as const
export type SuppressionState = (typeof suppressionStates)[number]

/** Alerts that fit are kept out of the queue until a day; they are stored and counted. */
export const Suppression = z.strictObject({
  id: SuppressionId,
  fits: SuppressionFit,
  reason: z.string(),
  owner: z.string().meta({ description: 'who answers for it' }),
  author: z.string().meta({ description: 'who wrote it' }),
  created: z.number(),
  expires: z.number().meta({ description: 'from this time on alerts come through again' }),
  state: z.enum(suppressionStates).meta({ description: 'expiring: within seven days' }),
  removed: z.number().nullable(),
  remover: z.string(),
  hits: z.number().meta({ description: 'alerts it kept out of the queue, repeats counted' }),
  lastHit: z.number().nullable().meta({ description: 'time of the latest event it kept out' }),
})
export type Suppression = z.output<typeof Suppression>

/** An alert that a filter would take away, or leave. */
export const TouchedAlert = z.strictObject({
  id: AlertId,
  time: z.number(),
  host: z.string(),
  user: z.string(),
  message: z.string(),
})
export type TouchedAlert = z.output<typeof TouchedAlert>

/** What a benign filter would do. */
export const BenignPreview = z.strictObject({
  rule: z.strictObject({ id: z.string(), title: z.string() }),
  fields: z
    .array(z.strictObject({ field: z.string(), value: z.string() }))
    .meta({ description: 'what an event must have, all of it, to be benign' }),
  others: z
    .array(z.strictObject({ field: z.string(), value: z.string() }))
    .meta({ description: 'fields of the event that could be asked for too' }),
  yaml: z.string().meta({ description: 'the Sigma filter' }),
  file: z.string().meta({ description: 'where it would be written, from the workspace' }),
  days: z.number(),
  gone: z.number().meta({ description: 'stored alerts of these days that the rule would not have raised' }),
  stay: z.number(),
  unknown: z.number().meta({ description: 'alerts whose event is not stored any more' }),
  items: z.array(TouchedAlert).meta({ description: 'the newest of those it takes away' }),
  checked: z.number().meta({ description: 'known true positives it was held against' }),
  lost: z
    .array(z.string())
    .meta({ description: 'known true positives that would be missed; with one, nothing is written' }),
})
export type BenignPreview = z.output<typeof BenignPreview>

/** A benign filter of the workspace. */
export const BenignFilter = z.strictObject({
  file: z.string(),
  title: z.string(),
  rules: z.array(z.string()),
  reason: z.string(),
  owner: z.string(),
  alert: z.string(),
  expires: z.string().meta({ description: 'last day on which it holds; empty for no end' }),
  state: z.enum(['active', 'expiring', 'expired']),
})
export type BenignFilter = z.output<typeof BenignFilter>
