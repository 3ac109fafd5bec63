// OCSF across rooms: a working day of Fernhill and the ground truth are valid by the schema, and the schema's own examples come out as well as they did.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { measure } from '../bench/accuracy/ocsf-examples.mjs'

const root = join(import.meta.dirname, '..')
const data = process.env.CASTELLAN_DATA ?? join(root, '../shared/data')
const { checkOcsf, normalise, parseRecord, readEventFiles } = await import('../dist/telemetry/index.js')
const { organisations } = await import('../dist/exercise/index.js')

/** Objections by kind, with one event each; empty is what is wanted. */
function note(objections, event) {
  const form = normalise(event)
  for (const { path, text } of checkOcsf(form)) objections.set(`${form.class_uid} ${path} ${text}`, event.raw)
}

test('Four hours of Fernhill with its attack are valid OCSF', () => {
  const to = Date.UTC(2026, 2, 3, 14)
  const objections = new Map()
  let count = 0
  for (const { text, source } of organisations.fernhill.records({ seed: 7, from: to - 4 * 3_600_000, to })) {
    note(objections, { ...parseRecord({ source, received: to, text }), source, received: to, raw: text })
    count++
  }
  assert.ok(count > 5_000, `${count} records`)
  assert.deepEqual([...objections], [])
})

for (const folder of [
  'logs/loghub',
  'logs/ocsf-examples',
  'logs/aws-cloudtrail-invictus',
  'detection/evtx-attack-samples',
])
  test(`${folder} is valid OCSF`, async (t) => {
    const path = join(data, folder)
    if (!existsSync(path)) return t.skip(`no data at ${path}; set CASTELLAN_DATA`)
    const objections = new Map()
    let count = 0
    for await (const { events } of readEventFiles([path], { recordBytes: 1_048_576, batchEvents: 1_000 }))
      for (const event of events) {
        note(objections, event)
        count++
      }
    assert.ok(count > 100, `${count} events`)
    assert.deepEqual([...objections], [])
  })

test('The examples of the schema: no crash, and not fewer attributes right than before', async (t) => {
  const { skipped, total } = await measure()
  if (skipped) return t.skip(skipped)
  t.diagnostic(JSON.stringify(total))
  assert.equal(total.crashed, 0)
  assert.ok(total.right >= 1_310, `${total.right} attributes right`)
  assert.ok((total.right + total.kept) / total.fields >= 0.8, `${total.kept} kept of ${total.fields}`)
})
