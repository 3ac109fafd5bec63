// What may be asked of alerts and rules.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import type { Detection } from './detection.ts'
import { Alert, RuleView, ruleStates } from './types.ts'

const ask = operation<Detection>()
const since = z.number().optional().meta({ description: 'milliseconds since 1970, UTC; included' })
const until = z.number().optional().meta({ description: 'milliseconds since 1970, UTC; not included' })
const level = z.enum(levels).optional().meta({ description: 'at least this level' })
const text = z.string().max(200).optional()
const count = z.number()
const byLevel = { informational: count, low: count, medium: count, high: count, critical: count }

const alertOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'alert.list',
    does: 'list alerts, newest first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      since,
      until,
      level,
      rule: text.meta({ description: 'id of the rule' }),
      host: text,
      user: text,
      asset: text,
      incident: text,
      q: text.meta({ description: 'text in title, message, host, user, asset, techniques or what matched' }),
      limit: z.number().int().min(1).max(1000).default(100),
      cursor: z.string().max(80).optional().meta({ description: 'from `next` of the page before' }),
    }),
    output: z.strictObject({ items: z.array(Alert), next: z.string().nullable(), total: z.number() }),
    example: {},
    columns: ['time', 'rule.level', 'rule.title', 'host', 'user', 'message'],
    run: (page, detection) => detection.list(page),
  }),
  ask({
    name: 'alert.show',
    does: 'show an alert and what made its rule match',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: z.string().min(1).max(60) }),
    output: Alert,
    example: { id: 'alr_0' },
    positional: ['id'],
    run: ({ id }, detection) => detection.show(id),
  }),
  ask({
    name: 'alert.counts',
    does: 'count alerts by level and day',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ since, until }),
    output: z.strictObject({ byLevel: z.strictObject(byLevel), days: z.array(z.strictObject({ at: z.number(), ...byLevel })) }),
    example: {},
    run: async (filter, detection) => {
      const { byLevel, days } = await detection.counts(filter)
      return { byLevel, days: [...days] }
    },
  }),
]

const ruleOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'rule.list',
    does: 'list rules, and why some do not run',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      state: z.array(z.enum(ruleStates)).optional(),
      level,
      q: text.meta({ description: 'text in title, id, file, product, category, service or techniques' }),
      limit: z.number().int().min(1).max(10_000).default(5_000),
      after: z.number().int().min(0).default(0).meta({ description: 'rules to pass over' }),
    }),
    output: z.strictObject({
      items: z.array(RuleView),
      total: z.number(),
      counts: z.record(z.enum(ruleStates), z.number()).meta({ description: 'of all rules, by state' }),
    }),
    example: {},
    columns: ['state', 'level', 'title', 'product', 'category', 'alerts', 'why'],
    async run({ state, level, q, limit, after }, detection) {
      const least = level === undefined ? 0 : levels.indexOf(level)
      const words = q?.toLowerCase() ?? ''
      const rules = (await detection.rules()).filter(
        (rule) => (state === undefined || state.includes(rule.state)) && levels.indexOf(rule.level) >= least && textOf(rule).includes(words),
      )
      return { items: rules.slice(after, after + limit), total: rules.length, counts: detection.ruleCounts() }
    },
  }),
  ask({
    name: 'rule.show',
    does: 'show a rule and its text',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: z.string().min(1).max(200) }),
    output: RuleView.extend({ text: z.string() }),
    example: { id: '00000000-0000-0000-0000-000000000000' },
    positional: ['id'],
    run: ({ id }, detection) => detection.rule(id),
  }),
]

const textOf = (rule: RuleView): string =>
  [rule.title, rule.id, rule.file, rule.product, rule.category, rule.service, ...rule.techniques].join(' ').toLowerCase()

export const operations: readonly RoomOperation<Detection>[] = [...alertOperations, ...ruleOperations]
