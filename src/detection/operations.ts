// What may be asked of detection.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import { EventId, EventView } from '#telemetry'
import { anomalyOperations } from './anomaly/operations.ts'
import { correlationOperations } from './correlation/operations.ts'
import type { Detection } from './detection.ts'
import { deskOperations } from './desk/page-operations.ts'
import { hygieneOperations } from './hygiene/operations.ts'
import { QueueAlert, verdicts } from './hygiene/types.ts'
import { packOperations } from './packs/operations.ts'
import { riskOperations } from './risk/operations.ts'
import { ruleOperations } from './desk/operations.ts'
import { AlertId, CorrelationView, ruleStates, RuleView, standings } from './types.ts'

const ask = operation<Detection>()
const time = (which: string) =>
  z
    .number()
    .int()
    .optional()
    .meta({ description: `${which}, milliseconds since 1970, UTC` })
const since = time('events from this time on')
const until = time('events before this time')
const level = z.enum(levels).optional().meta({ description: 'at least this level' })
const counts = z.strictObject({
  informational: z.number(),
  low: z.number(),
  medium: z.number(),
  high: z.number(),
  critical: z.number(),
})
const stateCounts = z.strictObject({
  running: z.number(),
  disabled: z.number(),
  'needs-list': z.number(),
  unsupported: z.number(),
  invalid: z.number(),
})
const cursor = z.string().max(80).optional().meta({ description: 'from `next` of the page before' })

export const operations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'alert.list',
    does: 'list alerts, newest event first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      since,
      until,
      level,
      rule: z.string().max(200).optional().meta({ description: 'id of the rule' }),
      rules: z.array(z.string().max(200)).max(100).optional().meta({ description: 'ids of rules, of which any' }),
      host: z.string().max(300).optional(),
      user: z.string().max(300).optional(),
      asset: z.string().max(200).optional().meta({ description: 'id of the asset in the model' }),
      incident: z.string().max(60).optional().meta({ description: 'id of the incident' }),
      q: z.string().max(200).optional().meta({ description: 'text in rule, host, user, message or technique' }),
      repeats: z.boolean().default(false).meta({
        description: 'alerts that only repeat another too; always so for an incident',
      }),
      suppressed: z.enum(['without', 'with', 'only']).optional().meta({
        description: 'whether to list what suppressions and benign filters keep out; without, but for an incident',
      }),
      verdict: z.enum(verdicts).optional().meta({ description: 'only alerts of which somebody said this' }),
      limit: z.number().int().min(1).max(1000).default(100),
      cursor: cursor.refine(
        (text) => text === undefined || /^-?\d{1,16}:alr_[0-9a-z]{1,40}$/.test(text),
        'not a cursor of alert.list',
      ),
    }),
    output: z.strictObject({ items: z.array(QueueAlert), next: z.string().nullable(), total: z.number() }),
    example: { level: 'high' },
    columns: ['time', 'times', 'rule', 'host', 'user', 'message'],
    run: (filter, detection) => detection.listQueue(filter),
  }),
  ask({
    name: 'alert.show',
    does: 'show an alert: the rule, and the fields that made it match',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: AlertId }),
    output: QueueAlert,
    example: { id: 'alr_0' },
    positional: ['id'],
    run: ({ id }, detection) => detection.showQueued(id),
  }),
  ask({
    name: 'alert.counts',
    does: 'count alerts by level and day (UTC)',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ since, until }),
    output: z.strictObject({ byLevel: counts, days: z.array(counts.extend({ at: z.number() })) }),
    example: {},
    run: (range, detection) => detection.counts(range),
  }),
  ask({
    name: 'rule.list',
    does: 'list rules and how each stands: running, or why not',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      state: z.enum(ruleStates).optional(),
      standing: z.enum(standings).optional().meta({ description: 'how it stands with what telemetry has shown' }),
      level,
      q: z.string().max(200).optional().meta({ description: 'text in title, id, file or technique' }),
      limit: z.number().int().min(1).max(50_000).default(50_000),
      cursor: cursor.refine((text) => text === undefined || /^\d{1,9}$/.test(text), 'not a cursor of rule.list'),
    }),
    output: z.strictObject({
      items: z.array(RuleView),
      next: z.string().nullable(),
      total: z.number(),
      counts: stateCounts.meta({ description: 'all rules by state, whatever the filter' }),
      standings: z
        .record(z.enum(standings), z.number())
        .meta({ description: 'all rules by how they stand with what telemetry has shown' }),
    }),
    example: { state: 'running', limit: 20 },
    columns: ['level', 'standing', 'title', 'alerts', 'why', 'standingWhy'],
    run: (filter, detection) => detection.listRules(filter),
  }),
  ask({
    name: 'rule.show',
    does: 'show a rule and its text; of a correlation also how it stands at this moment',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: z.string().min(1).max(200) }),
    output: RuleView.extend({
      text: z.string(),
      feeds: z
        .array(z.strictObject({ id: z.string(), title: z.string() }))
        .meta({ description: 'correlations that it is a part of' }),
      correlation: CorrelationView.optional(),
    }),
    example: { id: '13e4de19-135a-47ff-92cb-0a0127eb43ad' },
    positional: ['id'],
    run: ({ id }, detection) => detection.showRule(id),
  }),
  ask({
    name: 'rule.draft',
    does: 'draft a Sigma rule from what some events share',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      events: z.array(EventId).min(1).max(100).meta({ description: 'ids of events of one kind' }),
    }),
    output: z.strictObject({
      yaml: z.string().meta({ description: 'the rule; it matches each of the events' }),
      title: z.string(),
      fields: z.array(z.string()).meta({ description: 'fields it asks for' }),
      left: z
        .array(z.string())
        .meta({ description: 'fields that are the same in all but name a place, and are left out' }),
    }),
    example: { events: ['evt_0000000001'] },
    positional: ['events'],
    run: ({ events }, detection) => detection.draft(events),
  }),
  ask({
    name: 'rule.hunt',
    does: 'ask a rule of the stored events: how often it would have matched, on which days, and the newest of them',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: z.string().min(1).max(200).optional().meta({ description: 'id of a rule that is loaded' }),
      yaml: z.string().max(100_000).optional().meta({ description: 'text of a Sigma rule, instead of id' }),
      since,
      until,
      limit: z.number().int().min(0).max(1_000).default(20).meta({ description: 'events shown; all are counted' }),
    }),
    output: z.strictObject({
      rule: z.strictObject({ id: z.string(), title: z.string(), level: z.enum(levels) }),
      count: z.number(),
      days: z
        .array(z.strictObject({ at: z.number(), count: z.number() }))
        .meta({ description: 'UTC days with events' }),
      items: z.array(EventView).meta({ description: 'the newest' }),
      took: z.number().meta({ description: 'milliseconds' }),
      checked: z
        .number()
        .meta({ description: 'events read again, for the store alone could not tell; 0 when it could' }),
    }),
    example: { id: '13e4de19-135a-47ff-92cb-0a0127eb43ad' },
    positional: ['id'],
    columns: ['time', 'host', 'user', 'activity', 'message'],
    run: (asked, detection, { signal }) => detection.hunt({ ...asked, signal }),
  }),
  ...correlationOperations,
  ...hygieneOperations,
  ...riskOperations,
  ...ruleOperations,
  ...packOperations,
  ...anomalyOperations,
  ...deskOperations,
]
