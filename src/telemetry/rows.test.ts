// Rows in RowBinary: what is written is what is read back, whatever an event holds.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { rowsBack } from '#testkit'
import { columns, fieldText, heldTime } from './columns.ts'
import { doneWith, rowsOf } from './rows.ts'
import { type Event, EventId } from './types.ts'

const bare: Event = {
  id: EventId.parse('evt_0000000001'),
  seq: 1,
  time: 0,
  received: 0,
  source: 's',
  parser: 'none',
  logsource: { categories: [] },
  class_uid: 0,
  activity: 'x',
  severity_id: 0,
  message: '',
  fields: {},
  raw: '',
}
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 40 }),
  fc.constant('\ud800'),
)
const value = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(text, fc.constant(null)), { maxLength: 4 }),
)
const event = fc.record({
  seq: fc.maxSafeNat(),
  time: fc.oneof(fc.integer({ min: -1e15, max: 1e15 }), fc.constant(Number.NaN)),
  class_uid: fc.oneof(fc.nat(4_294_967_295), fc.constant(-1), fc.constant(1.5)),
  src_port: fc.oneof(fc.nat(65_535), fc.constant(70_000), fc.constant(undefined)),
  host: fc.oneof(text, fc.constant(undefined)),
  raw: fc.oneof(text, fc.string({ minLength: 2_000, maxLength: 4_000 })),
  fields: fc.dictionary(text, value, { maxKeys: 8 }),
  enriched: fc.oneof(fc.dictionary(text, text, { maxKeys: 3 }), fc.constant(undefined)),
  categories: fc.array(text, { maxLength: 3 }),
})
/** Half surrogates, which UTF-8 cannot hold, become U+FFFD. */
const held = (given: string): string => Buffer.from(given).toString()
const mapOf = (entries: readonly [string, string][]) =>
  Object.fromEntries(entries.filter(([, one]) => one !== '').map(([name, one]) => [held(name), held(one)]))

test('rows are read back as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 5 }), async (drawn) => {
      const events = drawn.map(({ categories, ...more }): Event => ({ ...bare, ...more, logsource: { categories } }))
      const rows = await rowsOf(events)
      const back = rowsBack(rows)
      assert.equal(back.length, events.length)
      for (const [index, one] of events.entries()) {
        const row = back[index] ?? {}
        assert.deepEqual(Object.keys(row), [...Object.keys(columns), 'fields', 'enriched', 'lists'])
        const { seq, time, host, raw, fields, enriched = {}, src_port = 0, class_uid, logsource } = one
        assert.deepEqual(
          [row['seq'], row['time'], row['host'], row['raw'], row['categories']],
          [seq, heldTime(time), held(host ?? ''), held(raw), logsource.categories.map(held)],
        )
        assert.equal(row['src_port'], src_port > 65_535 ? 0 : src_port)
        assert.equal(row['class_uid'], Number.isInteger(class_uid) && class_uid >= 0 ? class_uid : 0)
        assert.deepEqual(row['fields'], mapOf(Object.entries(fields).map(([name, field]) => [name, fieldText(field)])))
        assert.deepEqual(row['enriched'], mapOf(Object.entries(enriched)))
        const lists = Object.entries(fields).flatMap(([name, field]) =>
          Array.isArray(field) && field.length > 1 ? [[held(name), field.map((each) => held(each ?? ''))]] : [],
        )
        assert.deepEqual(row['lists'], Object.fromEntries(lists))
      }
      doneWith(rows)
    }),
    { numRuns: 200 },
  )
})
