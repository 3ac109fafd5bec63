// What may be asked about rules themselves: are they sound, why do they not match.
import { z } from 'zod'
import { anyRole, operation, placeText, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import { EventId, EventView } from '#telemetry'
import type { Detection } from '../detection.ts'
import { lintSeverities } from '../lint/types.ts'

const ask = operation<Detection>()
const monthLength = 30 * 86_400_000
const ruleId = z.string().min(1).max(200)
const yaml = z.string().max(100_000).optional().meta({ description: 'text of a Sigma rule, instead of id' })
const place = z.strictObject({ file: z.string(), line: z.number().optional(), column: z.number().optional() })

const LintView = z.strictObject({
  severity: z.enum(lintSeverities),
  code: z.string(),
  rule: z.string().meta({ description: 'id of the rule' }),
  at: place,
  text: z.string(),
  help: z.string(),
})

export const ruleOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'rule.lint',
    does: 'look rules over: what is wrong, what may not do what it says, what could be better',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      yaml: z.string().max(1_000_000).optional().meta({ description: 'text of rules; all rules loaded when left out' }),
      severity: z.enum(lintSeverities).default('hint').meta({ description: 'at least so grave' }),
      limit: z.number().int().min(1).max(50_000).default(1_000),
    }),
    output: z.strictObject({
      items: z.array(LintView),
      rules: z.number().meta({ description: 'rules looked over' }),
      counts: z.record(z.string(), z.number()).meta({ description: 'findings by code, whatever the limit' }),
    }),
    example: { severity: 'warning', limit: 20 },
    columns: ['severity', 'code', 'at', 'text', 'help'],
    found: ({ items }) => items.some(({ severity }) => severity !== 'hint'),
    run({ yaml: text, severity, limit }, detection) {
      const { rules, findings } = detection.lint(text)
      const grave = findings.filter((one) => lintSeverities.indexOf(one.severity) <= lintSeverities.indexOf(severity))
      const counts: Record<string, number> = {}
      for (const { code } of grave) counts[code] = (counts[code] ?? 0) + 1
      const items = grave.slice(0, limit).map((one) => ({ ...one, at: { ...one.at } }))
      return { items, rules, counts }
    },
  }),
  ask({
    name: 'rule.why-not',
    does: 'explain why a rule does not match an event: its log source, then its condition line by line',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: ruleId.optional(), event: EventId, yaml }),
    output: z.strictObject({
      matches: z.boolean(),
      why: z.string().meta({ description: 'what stands in the way first' }),
      routing: z
        .array(
          z.strictObject({
            part: z.enum(['product', 'service', 'category']),
            rule: z.string(),
            event: z.string(),
            fits: z.boolean(),
          }),
        )
        .meta({ description: 'the parts of the log source that the rule names' }),
      steps: z.array(
        z.strictObject({
          holds: z.boolean(),
          depth: z.number(),
          op: z.enum(['and', 'or', 'not', 'line']),
          selection: z.string(),
          field: z.string(),
          modifiers: z.array(z.string()),
          asked: z.array(z.string()),
          found: z.string().meta({ description: 'what the event says; empty when the field is not there' }),
          near: z
            .string()
            .meta({ description: 'a field of the event whose name differs in upper and lower case only' }),
        }),
      ),
    }),
    example: { id: '13e4de19-135a-47ff-92cb-0a0127eb43ad', event: 'evt_0000000001' },
    positional: ['id', 'event'],
    async run(asked, detection) {
      const { routing, steps, ...found } = await detection.whyNot(asked)
      return {
        ...found,
        routing: routing.map((one) => ({ ...one })),
        steps: steps.map(({ holds, depth, op, modifiers, asked: wanted, ...step }) => ({
          holds,
          depth,
          op,
          ...step,
          modifiers: [...modifiers],
          asked: [...wanted],
        })),
      }
    },
  }),
  ask({
    name: 'rule.test',
    does: 'run the tests of all rules, or of one: those within rules, beside them, and in the layout of SigmaHQ',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: ruleId.optional().meta({ description: 'only the tests of this rule' }),
      all: z.boolean().default(false).meta({ description: 'show passed tests too' }),
    }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          rule: z.string(),
          title: z.string(),
          file: z.string(),
          name: z.string(),
          passed: z.boolean(),
          why: z.string().meta({ description: 'what was wrong; empty when it passed' }),
        }),
      ),
      rules: z.number(),
      proven: z.number().meta({ description: 'rules with tests, all passed' }),
      passed: z.number(),
      failed: z.number(),
      problems: z.array(z.string()).meta({ description: 'tests that cannot be read' }),
    }),
    example: {},
    columns: ['passed', 'title', 'name', 'why'],
    found: ({ failed, problems }) => failed > 0 || problems.length > 0,
    async run({ id, all }, detection, { signal, progress }) {
      const run = await detection.test({ only: id, signal, progress: (done, total) => progress(done, total, 'tests') })
      const failed = run.cases.filter(({ passed }) => !passed)
      return {
        items: [...(all ? run.cases : failed)],
        rules: run.rules,
        proven: run.proven.length,
        passed: run.cases.length - failed.length,
        failed: failed.length,
        problems: run.issues.map(({ at, text }) => `${placeText(at)}: ${text}`),
      }
    },
  }),
  ask({
    name: 'rule.backtest',
    does: 'show what a rule or a correlation would have done with the stored events: hits a day, who is hit most, alerts a week',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: ruleId.optional().meta({ description: 'id of a rule that is loaded' }),
      yaml,
      since: z
        .number()
        .int()
        .optional()
        .meta({ description: 'from this time on, milliseconds since 1970, UTC; 30 days back when left out' }),
      until: z.number().int().optional().meta({ description: 'before this time' }),
      limit: z.number().int().min(0).max(1_000).default(20).meta({ description: 'events shown' }),
    }),
    output: z.strictObject({
      rule: z.strictObject({ id: z.string(), title: z.string(), level: z.enum(levels) }),
      count: z.number(),
      perWeek: z
        .number()
        .nullable()
        .meta({ description: 'alerts to expect in seven days; null without a day to go by' }),
      observed: z.number().meta({ description: 'days on which its log source sent anything' }),
      days: z.array(z.strictObject({ at: z.number(), count: z.number() })).meta({ description: 'UTC days with hits' }),
      top: z
        .array(
          z.strictObject({
            field: z.string().meta({ description: 'of a correlation: of group-by' }),
            values: z.array(z.strictObject({ value: z.string(), count: z.number() })),
          }),
        )
        .meta({ description: 'the commonest values in the newest hits' }),
      counted: z.number().meta({ description: 'hits that `top` was counted over' }),
      newest: z
        .array(EventView.pick({ id: true, time: true, host: true, user: true, activity: true, message: true }))
        .meta({ description: 'the newest hits' }),
      checked: z.number().meta({ description: 'events read again, for the store alone could not tell' }),
      took: z.number().meta({ description: 'milliseconds' }),
    }),
    example: { id: '13e4de19-135a-47ff-92cb-0a0127eb43ad' },
    positional: ['id'],
    async run({ since, ...asked }, detection, { at, signal, progress }) {
      const days = (done: number, total: number) => progress(done, total, 'days')
      const found = await detection.backtest({
        ...asked,
        since: since ?? at - monthLength,
        now: at,
        signal,
        progress: days,
      })
      const { items, ...rest } = found
      return {
        ...rest,
        days: found.days.map((day) => ({ ...day })),
        top: found.top.map(({ field, values }) => ({ field, values: values.map((value) => ({ ...value })) })),
        newest: items.map(({ id, time, host, user, activity, message }) => ({
          id,
          time,
          host,
          user,
          activity,
          message,
        })),
      }
    },
  }),
]
