// What may be asked of risk.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import type { Detection } from '../detection.ts'
import { riskKinds } from './points.ts'

const ask = operation<Detection>()
const time = z.number().int().optional()
const day = 86_400_000

const settings = {
  threshold: z.number().meta({ description: 'from here on it alerts' }),
  halfLife: z.number().meta({ description: 'milliseconds in which a term loses half of its weight' }),
}
const Term = z.strictObject({
  alert: z.string(),
  time: z.number(),
  rule: z.string(),
  title: z.string(),
  level: z.enum(levels),
  base: z.number().meta({ description: 'points of the level' }),
  criticality: z.number().meta({ description: 'factor of the asset' }),
  confidence: z.number().meta({ description: 'factor of the rule' }),
  points: z.number().meta({ description: 'base × criticality × confidence' }),
  share: z.number().meta({ description: 'what age has left of it, 0 to 1' }),
  worth: z.number().meta({ description: 'points × share' }),
})

export const riskOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'risk.list',
    does: 'list users, hosts and addresses by their risk now',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      kind: z.enum(riskKinds).optional(),
      limit: z.number().int().min(1).max(1_000).default(50),
    }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          kind: z.enum(riskKinds),
          name: z.string(),
          risk: z.number(),
          terms: z.number().meta({ description: 'alerts that count' }),
          last: z.number(),
          title: z.string().meta({ description: 'the rule that adds most' }),
          over: z.boolean(),
        }),
      ),
      total: z.number(),
      ...settings,
    }),
    example: {},
    columns: ['risk', 'kind', 'name', 'terms', 'title'],
    run: async (asked, { risk }) => ({ ...(await risk.list(asked)), ...risk.settings }),
  }),
  ask({
    name: 'risk.show',
    does: 'show the risk of one user, host or address: the sum term by term, and its curve',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      kind: z.enum(riskKinds),
      name: z.string().min(1).max(300),
      since: time.meta({ description: 'beginning of the curve, milliseconds UTC; 30 days ago when not given' }),
      until: time.meta({ description: 'end of the curve and time of the sum; now when not given' }),
    }),
    output: z.strictObject({
      kind: z.enum(riskKinds),
      name: z.string(),
      at: z.number(),
      risk: z.number(),
      ...settings,
      terms: z.array(Term).meta({ description: 'the heaviest first' }),
      curve: z.array(z.strictObject({ at: z.number(), risk: z.number() })),
      raised: z.array(z.strictObject({ time: z.number(), alert: z.string() })).meta({ description: 'alerts about it' }),
    }),
    example: { kind: 'user', name: 'ada' },
    positional: ['kind', 'name'],
    columns: ['worth', 'base', 'criticality', 'confidence', 'share', 'title'],
    async run({ kind, name, since, until }, { risk }, { at }) {
      const end = until ?? at
      const shown = await risk.show({ kind, name }, { since: since ?? end - 30 * day, until: end })
      return { ...shown, terms: shown.terms.map(({ kind: _k, name: _n, shown: _s, ...term }) => term) }
    },
  }),
]
