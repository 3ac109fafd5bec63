// What may be asked about rules themselves: are they sound, why do they not match.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { EventId } from '#telemetry'
import type { Detection } from './detection.ts'
import { lintSeverities } from './lint/types.ts'

const ask = operation<Detection>()
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
          depth: z.number(),
          op: z.enum(['and', 'or', 'not', 'line']),
          holds: z.boolean(),
          selection: z.string(),
          field: z.string(),
          modifiers: z.array(z.string()),
          asked: z.array(z.string()),
          found: z.string().meta({ description: 'what the event says; empty when the field is not there' }),
          near: z.string().meta({ description: 'a field of the event whose name differs in upper and lower case only' }),
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
        steps: steps.map((step) => ({ ...step, modifiers: [...step.modifiers], asked: [...step.asked] })),
      }
    },
  }),
]
