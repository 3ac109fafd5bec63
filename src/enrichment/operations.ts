// What may be asked of enrichment.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import type { Enrichment } from './enrichment.ts'

const ask = operation<Enrichment>()

export const operations: readonly RoomOperation<Enrichment>[] = [
  ask({
    name: 'intel.feeds',
    does: 'list the feeds of threat intelligence and how they were read',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          name: z.string(),
          format: z.enum(['stix', 'misp', 'lines']),
          indicators: z.number().meta({ description: 'indicators read from it' }),
          unread: z.number().meta({ description: 'lines and patterns that cannot be matched' }),
          why: z.string().meta({ description: 'the first of them, and why' }),
          modified: z.number().meta({ description: 'time of the file, milliseconds UTC' }),
        }),
      ),
      indicators: z.number().meta({ description: 'different values that are matched' }),
    }),
    example: {},
    columns: ['name', 'format', 'indicators', 'unread', 'modified', 'why'],
    run: (_input, room) => ({ items: [...room.feeds], indicators: room.view().indicators }),
  }),
  ask({
    name: 'intel.lookup',
    does: 'look up a value in threat intelligence and in the allow-lists',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      value: z.string().min(1).max(2_048).meta({ description: 'an address, domain, URL, hash or e-mail address' }),
    }),
    output: z.strictObject({
      value: z.string().meta({ description: 'as it is compared' }),
      type: z.string(),
      known: z.boolean().meta({ description: 'whether a feed names it, or the network or domain it lies in' }),
      indicator: z.string(),
      feed: z.string(),
      label: z.string(),
      confidence: z.number(),
      until: z.number().nullable().meta({ description: 'matched before this time, milliseconds UTC' }),
      allowed: z.string().meta({ description: 'the allow-list that knows it as good; empty when none does' }),
    }),
    example: { value: '198.51.100.7' },
    positional: ['value'],
    found: ({ known, allowed }) => known && allowed === '',
    run({ value: text }, room) {
      const { hit, allowed = '', value, type } = room.lookup(text)
      return {
        value,
        type,
        known: hit !== undefined,
        indicator: hit?.value ?? '',
        feed: hit?.feed ?? '',
        label: hit?.label ?? '',
        confidence: hit?.confidence ?? 0,
        until: hit && Number.isFinite(hit.until) ? hit.until : null,
        allowed,
      }
    },
  }),
  ask({
    name: 'enrichment.show',
    does: 'show what is added to events beyond their records, and the tables it comes from',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      gives: z.array(z.strictObject({ name: z.string(), does: z.string() })),
      indicators: z.number(),
      counts: z.strictObject({
        geo: z.number().meta({ description: 'databases of places and networks' }),
        allow: z.number().meta({ description: 'values known to be good' }),
        identities: z.number().meta({ description: 'people' }),
      }),
      names: z.strictObject({
        waiting: z.number().meta({ description: 'questions to DNS that wait' }),
        known: z.number(),
        dropped: z.number().meta({ description: 'questions left out because too many waited' }),
      }),
      issues: z.array(z.string()),
    }),
    example: {},
    run: (_input, room) => {
      const { gives, issues, ...view } = room.view()
      return { ...view, gives: [...gives], issues: [...issues] }
    },
  }),
]
