// What may be asked of alert hygiene: what people say of alerts, suppressions, windows.
import { z } from 'zod'
import { anyRole, engineers, operation, responders, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import type { Detection } from '../detection.ts'
import { AlertId } from '../types.ts'
import {
  isNarrow,
  BenignFilter,
  BenignPreview,
  QueueAlert,
  Suppression,
  SuppressionFit,
  SuppressionId,
  suppressionStates,
} from './types.ts'

const ask = operation<Detection>()
const reason = z.string().min(3).max(2_000).meta({ description: 'why, for whoever reads it in a year' })
const owner = z.string().max(100).default('').meta({ description: 'who answers for it; you when not given' })
const lastDay = z
  .union([z.literal(''), z.iso.date()])
  .default('')
  .meta({ description: 'last day on which it holds, as 2026-12-31; no end when not given' })
const fields = z
  .array(z.string().min(1).max(200))
  .max(20)
  .optional()
  .meta({ description: 'fields of the event whose values make it benign; chosen when not given' })
const alert = AlertId.meta({ description: 'id of the alert' })
const narrow = 'say which alerts: at least one of rule, level, source, host, user, asset, address, q'
const exampleAlert = 'alr_00000000000000000000000000'
const dayLength = 86_400_000
const window = z
  .number()
  .int()
  .min(0)
  .max(30 * dayLength)

const ofAlerts: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'alert.repeats',
    does: 'list an alert and those that repeat it, the earliest first, as far as they are stored',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ alert }),
    output: z.strictObject({
      items: z.array(z.strictObject({ id: AlertId, time: z.number(), event: z.string(), message: z.string() })),
      times: z.number().meta({ description: 'how often it happened; of more than a hundred only the count is kept' }),
    }),
    example: { alert: exampleAlert },
    positional: ['alert'],
    columns: ['time', 'id', 'event', 'message'],
    async run({ alert: id }, { hygiene }) {
      const found = await hygiene.repeats(await hygiene.existing(id))
      const items = found.map(({ id: one, time, event, message }) => ({ id: one, time, event, message }))
      return { items, times: found.find(({ head }) => head === '')?.times ?? items.length }
    },
  }),
  ask({
    name: 'alert.confirm',
    does: 'say that an alert is true: no benign filter may take it away any more',
    kind: 'write',
    may: responders,
    input: z.strictObject({ alert, note: z.string().max(2_000).default('') }),
    output: QueueAlert,
    example: { alert: exampleAlert, note: 'the user did not start this' },
    positional: ['alert'],
    async run({ alert: id, note }, detection, call) {
      await detection.hygiene.confirm(id, note, call)
      return detection.showQueued(id)
    },
  }),
  ask({
    name: 'alert.unconfirm',
    does: 'take back that an alert is true',
    kind: 'write',
    may: responders,
    input: z.strictObject({ alert }),
    output: QueueAlert,
    example: { alert: exampleAlert },
    positional: ['alert'],
    async run({ alert: id }, detection) {
      await detection.hygiene.unconfirm(id)
      return detection.showQueued(id)
    },
  }),
  ask({
    name: 'alert.benign-preview',
    does: 'show the Sigma filter that would make an alert benign, what it would take away, and what is known to be true that it would lose',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ alert, fields, expires: lastDay }),
    output: BenignPreview,
    example: { alert: exampleAlert },
    positional: ['alert'],
    run: (asked, { clean }) => clean.preview({ ...asked, reason: 'benign', owner: '' }),
  }),
  ask({
    name: 'alert.benign',
    does: 'write a Sigma filter from an alert into the rules; refused when something known to be true would be lost',
    kind: 'write',
    may: engineers,
    input: z.strictObject({ alert, fields, reason, owner, expires: lastDay }),
    output: BenignPreview,
    example: { alert: exampleAlert, reason: 'the backup agent does this each night', expires: '2999-12-31' },
    positional: ['alert'],
    run: (asked, { clean }, call) => clean.benign(asked, call),
  }),
  ask({
    name: 'alert.benign-list',
    does: 'list the benign filters of the rules folder, those that end first first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(BenignFilter), total: z.number() }),
    example: {},
    columns: ['state', 'expires', 'owner', 'title', 'reason', 'file'],
    async run(_, { clean }) {
      const items = await clean.filters()
      return { items, total: items.length }
    },
  }),
]

const windows: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'alert.windows',
    does: 'show within which times alerts of a rule about the same host and user count as one',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      standard: z.record(z.enum(levels), z.number()).meta({ description: 'milliseconds, by level' }),
      items: z.array(
        z.strictObject({
          rule: z.string(),
          milliseconds: z.number(),
          reason: z.string(),
          author: z.string(),
          at: z.number(),
        }),
      ),
    }),
    example: {},
    columns: ['rule', 'milliseconds', 'reason', 'author'],
    run: (_, { hygiene }) => hygiene.windows(),
  }),
  ask({
    name: 'alert.set-window',
    does: 'set the time within which alerts of a rule about the same host and user count as one',
    kind: 'write',
    may: engineers,
    input: z.strictObject({
      rule: z.string().min(1).max(200).meta({ description: 'id of the rule' }),
      milliseconds: window.optional().meta({
        description: 'from the next alert on; 0: each stands alone; not given: that of its level',
      }),
      reason,
    }),
    output: z.strictObject({ rule: z.string(), milliseconds: z.number().nullable() }),
    example: {
      rule: '13e4de19-135a-47ff-92cb-0a0127eb43ad',
      milliseconds: 3_600_000,
      reason: 'once an hour is enough',
    },
    positional: ['rule', 'milliseconds'],
    async run({ rule, milliseconds, reason: why }, { hygiene }, call) {
      await hygiene.setWindow(rule, milliseconds, { reason: why, author: call.actor.name, at: call.at })
      return { rule, milliseconds: milliseconds ?? null }
    },
  }),
]

const suppressions: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'suppression.list',
    does: 'list suppressions with how many alerts each kept out of the queue, those that end first first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      state: z
        .array(z.enum(suppressionStates))
        .default(['active', 'expiring', 'expired'])
        .meta({ description: 'states to show; all but removed when not given' }),
    }),
    output: z.strictObject({ items: z.array(Suppression), total: z.number() }),
    example: {},
    columns: ['id', 'state', 'expires', 'owner', 'hits', 'lastHit', 'reason'],
    async run({ state }, { hygiene }) {
      const items = await hygiene.suppressions(state)
      return { items, total: items.length }
    },
  }),
  ask({
    name: 'suppression.preview',
    does: 'count the alerts that a suppression would take out of the queue now',
    kind: 'read',
    may: anyRole,
    input: SuppressionFit.refine(isNarrow, narrow),
    output: z.strictObject({
      alerts: z.number(),
      times: z.number().meta({ description: 'with those that repeat them' }),
      days: z.number(),
    }),
    example: { q: 'host:kiosk* and level:low' },
    run: (fits, { hygiene }) => hygiene.wouldSuppress(fits),
  }),
  ask({
    name: 'suppression.add',
    does: 'keep alerts out of the queue until a time; they are stored and counted all the same',
    kind: 'write',
    may: engineers,
    input: SuppressionFit.extend({
      reason,
      owner,
      expires: z.number().int().meta({ description: 'milliseconds since 1970, UTC; at most a year from now' }),
    }).refine(({ reason: _reason, owner: _owner, expires: _expires, ...fits }) => isNarrow(fits), narrow),
    output: Suppression,
    example: { host: 'kiosk-3', level: 'low', reason: 'the kiosk is rebuilt', expires: 4_102_444_800_000 },
    run: ({ reason: why, owner: who, expires, ...fits }, { hygiene }, call) =>
      hygiene.suppress({ fits, reason: why, owner: who, expires }, call),
  }),
  ask({
    name: 'suppression.remove',
    does: 'end a suppression; what it kept out of the queue stays out',
    kind: 'write',
    may: engineers,
    input: z.strictObject({ id: SuppressionId }),
    output: Suppression,
    example: { id: 'sup_00000000000000000000' },
    positional: ['id'],
    run: ({ id }, { hygiene }, call) => hygiene.unsuppress(id, call),
  }),
]

export const hygieneOperations: readonly RoomOperation<Detection>[] = [...ofAlerts, ...windows, ...suppressions]
