// What may be asked of threats.
import { z } from 'zod'
import { anyRole, engineers, IssueView, operation, type RoomOperation, type Section } from '#kernel'
import { levels } from '#standards'
import { ThreatRuleDoc, threatDoc } from './docs.ts'
import type { Threats } from './threats.ts'
import { Decision, RootCause, Threat } from './threat.ts'

const ask = operation<Threats>()

export const operations: readonly RoomOperation<Threats>[] = [
  ask({
    name: 'threat.list',
    does: 'list the threats of the model by root cause, the worst first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      q: z.string().max(200).optional().meta({ description: 'text in names, ids, techniques, weaknesses or data' }),
      level: z.enum(levels).optional().meta({ description: 'at least this level' }),
      decided: z
        .boolean()
        .optional()
        .meta({ description: 'only threats about which something is decided, or nothing' }),
      limit: z.number().int().min(1).max(1_000).default(100),
      cursor: z.string().max(20).optional().meta({ description: 'from `next` of the page before' }),
    }),
    output: z.strictObject({
      items: z.array(RootCause),
      next: z.string().nullable(),
      total: z.number(),
      issues: z
        .array(IssueView)
        .meta({ description: 'decisions that ran out or lost their threat; mistakes in rules' }),
    }),
    example: {},
    columns: ['level', 'title', 'open', 'data', 'services', 'id'],
    run: (filter, threats) => threats.list(filter),
  }),
  ask({
    name: 'threat.show',
    does: 'show a threat: its witness, the numbers of its rating, its fix and what would see it',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: z.string().min(1).max(300).meta({ description: 'id of the threat, or of its root cause' }),
    }),
    output: z.strictObject({ threat: Threat, cause: RootCause }),
    example: { id: 'harden-identity@directory' },
    positional: ['id'],
    run: ({ id }, threats) => threats.show(id),
  }),
  ask({
    name: 'threat.decide',
    does: 'decide about a threat; the decision is written to decisions/threats.yaml of the workspace',
    kind: 'write',
    may: engineers,
    input: Decision,
    output: z.strictObject({
      file: z.string(),
      diff: z.string(),
      threats: z.array(z.string()).meta({ description: 'ids of the threats that it is about' }),
    }),
    example: {
      threat: 'change-in-transit@clinic-monitors -> clinic-laptops',
      decision: 'accepted',
      reason: 'the maker knows no encryption; the monitors are replaced next year',
      owner: 'clinic',
      until: '2999-12-31',
    },
    positional: ['threat', 'decision'],
    run: (decision, threats) => threats.decide(decision),
  }),
  ask({
    name: 'threat.rules',
    does: 'list the rules by which threats are found, with those of the workspace',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(ThreatRuleDoc), total: z.number() }),
    example: {},
    columns: ['id', 'title', 'stride', 'cwe', 'attack'],
    async run(_, threats) {
      const items = (await threats.rules()).map(threatDoc)
      return { items, total: items.length }
    },
  }),
  ask({
    name: 'threat.since',
    does: 'show the threats that a change of the model adds and takes away',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ rev: z.string().min(1).max(200).meta({ description: 'revision of git to compare with' }) }),
    output: z.strictObject({
      added: z.array(RootCause),
      gone: z.array(z.string()),
      changed: z.array(z.strictObject({ id: z.string(), before: z.enum(levels), now: z.enum(levels) })),
    }),
    example: { rev: 'HEAD' },
    positional: ['rev'],
    found: ({ added }) => added.length > 0,
    run: ({ rev }, threats) => threats.since(rev),
  }),
]

export const sections: readonly Section<Threats>[] = [
  {
    name: 'threats.open',
    title: 'Root causes of threats about which nothing is decided',
    async write(threats) {
      const { items, total } = await threats.list({ decided: false, limit: 20 })
      if (total === 0) return { paragraphs: ['Something is decided about every threat of the model.'] }
      const rows = items.map((cause) => [
        cause.level,
        cause.title,
        String(cause.open),
        cause.threats[0]?.witness.text ?? '',
      ])
      return {
        paragraphs: [`${total} root causes wait for a decision; the worst are below.`],
        table: { columns: ['level', 'fix', 'threats', 'because'], rows },
      }
    },
  },
]
