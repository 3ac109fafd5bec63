// What the console asks of rules beyond looking at them: their fields, their hits, what took part in a finding; and keeping one.
import { z } from 'zod'
import { anyRole, engineers, operation, type RoomOperation } from '#kernel'
import { EventView } from '#telemetry'
import type { Detection } from '../detection.ts'
import { AlertId, RuleView } from '../types.ts'

const ask = operation<Detection>()
const monthLength = 30 * 86_400_000
const ruleId = z.string().min(1).max(200)
const seenCount = {
  count: z.number().meta({ description: 'events of the asked time' }),
  last: z.number().nullable().meta({ description: 'time of the last of them' }),
}

export const deskOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'rule.fields',
    does: 'show the fields a rule asks for: whether they ever came, and when last',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: ruleId,
      since: z
        .number()
        .int()
        .optional()
        .meta({ description: 'from this time on, milliseconds since 1970, UTC; 30 days back when left out' }),
    }),
    output: z.strictObject({
      ...seenCount,
      items: z.array(
        z.strictObject({
          field: z.string(),
          needed: z.boolean().meta({ description: 'the rule cannot match without it' }),
          seen: z
            .boolean()
            .nullable()
            .meta({ description: 'whether an event of the log source ever had it; null where that is not known' }),
          ...seenCount,
        }),
      ),
    }),
    example: { id: '13e4de19-135a-47ff-92cb-0a0127eb43ad' },
    positional: ['id'],
    columns: ['field', 'needed', 'seen', 'count', 'last'],
    async run({ id, since }, detection, { at, signal }) {
      const { fields, ...source } = await detection.fields({ id, since: since ?? at - monthLength, signal })
      return { ...source, items: fields.map((field) => ({ ...field })) }
    },
  }),
  ask({
    name: 'rule.hits',
    does: 'count what became of each rule and detector that raised alerts: hits, the last, benign, confirmed',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(
        RuleView.pick({ alerts: true, hits: true, benign: true, confirmed: true }).extend({
          rule: z.string(),
          last: z.number().meta({ description: 'time of the last event that it raised an alert for' }),
        }),
      ),
    }),
    example: {},
    columns: ['rule', 'alerts', 'hits', 'last', 'benign', 'confirmed'],
    async run(_, detection) {
      return { items: [...(await detection.byRule())].map(([rule, hits]) => ({ rule, ...hits })) }
    },
  }),
  ask({
    name: 'rule.save',
    does: 'write a rule into the first folder of rules: a new one, or a change of one that lies there',
    kind: 'write',
    may: engineers,
    input: z.strictObject({
      yaml: z.string().min(1).max(1_000_000).meta({ description: 'the file as it shall be' }),
      id: ruleId.optional().meta({ description: 'of the rule that is changed; a new file when left out' }),
      was: z
        .string()
        .max(1_000_000)
        .optional()
        .meta({ description: 'the file as it was read: refused when somebody else changed it since' }),
    }),
    output: RuleView,
    example: {
      yaml: 'title: Whoami as SYSTEM\nid: 4b1cbd2f-6a5e-4d8e-9b56-1b6a0e9e6a11\nstatus: experimental\nlevel: medium\nlogsource: { product: windows, category: process_creation }\ndetection: { s: { Image|endswith: \\whoami.exe, User: SYSTEM }, condition: s }\n',
    },
    async run(asked, detection) {
      const { id } = await detection.save(asked)
      const { text: _text, correlation: _correlation, feeds: _feeds, ...view } = await detection.showRule(id)
      return view
    },
  }),
  ask({
    name: 'correlation.events',
    does: "list the events of a correlation's alert, the oldest first, with the rules that each of them matches",
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ alert: AlertId }),
    output: z.strictObject({
      asks: z.string().meta({ description: 'type, condition, timespan and group-by in one line' }),
      timespan: z.number().meta({ description: 'milliseconds' }),
      rules: z
        .array(z.strictObject({ id: z.string(), title: z.string(), events: z.number() }))
        .meta({ description: 'those it joins, and how many of the events each matches' }),
      items: z.array(
        EventView.pick({ id: true, time: true, host: true, user: true, activity: true, message: true }).extend({
          rules: z.array(z.string()).meta({ description: 'empty where it came by way of another correlation' }),
        }),
      ),
      gone: z.number().meta({ description: 'events that are not stored any more' }),
    }),
    example: { alert: 'alr_0' },
    positional: ['alert'],
    columns: ['time', 'host', 'user', 'activity', 'rules', 'message'],
    run: ({ alert }, detection) => detection.taken(alert),
  }),
]
