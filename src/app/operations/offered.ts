// What rooms offer to audits, playbooks and reports, asked for by hand.
import { z } from 'zod'
import { anyRole, auditors, Fault, operation, type RoomOperation } from '#kernel'
import type { House } from '../house.ts'

const ask = operation<House>()
const nothing = z.strictObject({})

const EvidenceView = z.strictObject({
  name: z.string(),
  statement: z.string(),
  holds: z.boolean(),
  detail: z.record(z.string(), z.unknown()),
})
const SectionView = z.strictObject({
  name: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  table: z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
})

export const offeredOperations: readonly RoomOperation<House>[] = [
  ask({
    name: 'evidence.collect',
    does: 'collect what the rooms can prove or disprove, as an audit asks for it',
    kind: 'read',
    may: auditors,
    input: z.strictObject({ name: z.string().max(100).optional().meta({ description: 'one kind of evidence only' }) }),
    output: z.strictObject({ items: z.array(EvidenceView) }),
    example: {},
    columns: ['name', 'holds', 'statement'],
    found: ({ items }) => items.some(({ holds }) => !holds),
    async run({ name }, { offered }, call) {
      const asked = offered.evidence.filter((one) => name === undefined || one.name === name)
      if (asked.length === 0) throw new Fault('NOT_FOUND', `evidence ${name ?? ''}`)
      const items = []
      for (const one of asked) items.push({ name: one.name, ...(await one.collect(call)) })
      return { items }
    },
  }),
  ask({
    name: 'report.show',
    does: 'show the sections that rooms write for reports',
    kind: 'read',
    may: anyRole,
    input: nothing,
    output: z.strictObject({ items: z.array(SectionView) }),
    example: {},
    columns: ['title', 'paragraphs'],
    async run(_input, { offered }, call) {
      const items = []
      for (const one of offered.sections) {
        const { paragraphs, table } = await one.write(call)
        const shown = table && { columns: [...table.columns], rows: table.rows.map((row) => [...row]) }
        items.push({
          name: one.name,
          title: one.title,
          paragraphs: [...paragraphs],
          ...(shown ? { table: shown } : {}),
        })
      }
      return { items }
    },
  }),
  ask({
    name: 'action.list',
    does: 'list what playbooks can do in the world',
    kind: 'read',
    may: anyRole,
    input: nothing,
    output: z.strictObject({
      items: z.array(z.strictObject({ name: z.string(), does: z.string(), risk: z.string() })),
    }),
    example: {},
    columns: ['name', 'risk', 'does'],
    run: (_input, { offered }) => ({ items: offered.actions.map(({ name, does, risk }) => ({ name, does, risk })) }),
  }),
  ask({
    name: 'action.run',
    does: 'do one of the actions to a target now',
    kind: 'act',
    may: ['approver', 'admin'],
    input: z.strictObject({ name: z.string().min(1).max(100), target: z.string().min(1).max(500) }),
    output: z.strictObject({ outcome: z.string() }),
    example: { name: 'access.revoke-sessions', target: 'ada' },
    positional: ['name', 'target'],
    async run({ name, target }, { offered }, call) {
      const action = offered.actions.find((one) => one.name === name)
      if (!action) throw new Fault('NOT_FOUND', `action ${name}`)
      return { outcome: await action.run(target, call) }
    },
  }),
]
