// What may be asked of the reality check.
import { z } from 'zod'
import { anyRole, type Job, operation, type RoomOperation } from '#kernel'
import { levels } from '#standards'
import type { Reality } from './reality.ts'
import { Finding, FindingId, FindingKind, Watched } from './types.ts'

const ask = operation<Reality>()

const days = z
  .number()
  .int()
  .min(0)
  .max(3_650)
  .default(30)
  .meta({ description: 'a declared flow not seen for so many days is unused, once telemetry has looked for as long' })
const filter = {
  kind: z.array(FindingKind).optional().meta({ description: 'kinds of findings; all when not given' }),
  level: z.enum(levels).optional().meta({ description: 'at least this level' }),
  q: z.string().max(200).optional().meta({ description: 'text in title, ends, asset or flow' }),
  ignore: z
    .array(z.string().min(1).max(200))
    .max(100)
    .optional()
    .meta({ description: 'leave out what fits, * for any letters: `undeclared * -> dns-server */53`' }),
  days,
}

export const operations: readonly RoomOperation<Reality>[] = [
  ask({
    name: 'reality.list',
    does: 'list where the model and what telemetry saw do not agree, the heaviest first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ...filter,
      limit: z.number().int().min(1).max(1000).default(100),
      cursor: z.string().max(20).optional().meta({ description: 'from `next` of the page before' }),
    }),
    output: z.strictObject({
      items: z.array(Finding),
      next: z.string().nullable(),
      total: z.number(),
      watched: Watched,
    }),
    example: {},
    columns: ['level', 'kind', 'title', 'id'],
    found: ({ total }) => total > 0,
    run: (input, reality) => reality.list(input),
  }),
  ask({
    name: 'reality.show',
    does: 'show one point in which the model and telemetry do not agree, with its evidence and the change it proposes',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: FindingId, days }),
    output: Finding,
    example: { id: 'rlt_0qp1gk515sry1n' },
    positional: ['id'],
    run: ({ id, days }, reality) => reality.show(id, days),
  }),
  ask({
    name: 'reality.propose',
    does: 'print the changes that make the model say what telemetry saw, as YAML',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ids: z.array(FindingId).max(1000).default([]).meta({ description: 'findings; all that fit when not given' }),
      ...filter,
    }),
    output: z.strictObject({
      yaml: z.string().meta({ description: 'a file of model/; what is to be taken out elsewhere is told in comments' }),
      findings: z.number().meta({ description: 'how many findings it settles' }),
    }),
    example: { kind: ['undeclared'] },
    positional: ['ids'],
    run: ({ ids, ...rest }, reality) => reality.propose(ids, rest),
  }),
]

export const jobs: readonly Job<Reality>[] = [
  {
    name: 'reality.forget',
    does: 'forgets flows, hosts and assets that were not seen for 400 days',
    schedule: '41 3 * * *',
    timeoutSeconds: 600,
    retries: 2,
    retryAfterSeconds: 60,
    run: (_, reality) => reality.forget(),
  },
]
