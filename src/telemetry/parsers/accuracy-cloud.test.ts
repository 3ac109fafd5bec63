// The floor under the accuracy of cloud and Windows parsers, against public corpora where they lie beside the project.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'

const Counts = z.object({ lines: z.number(), parsed: z.number(), fields: z.number(), right: z.number(), kept: z.number(), lost: z.number(), crashed: z.number() }) // prettier-ignore
const Module = z.object({ measure: z.function({ input: [], output: z.unknown() }) })
const Result = z.object({ skipped: z.string().optional(), total: Counts })

/** Corpus → least share of lines of the right parser, least share of fields right, most fields lost. */
const floors = {
  'panther-analysis': { parsed: 1, right: 0.97, lost: 0 },
  'event-type-classification': { parsed: 1, right: 1, lost: 0 },
  'cloudtrail-invictus': { parsed: 1, right: 1, lost: 0 },
  'sigma-evtx-json': { parsed: 1, right: 1, lost: 0 },
  'ocsf-columns': { parsed: 1, right: 0.85, lost: 32 },
}

const bench = join(import.meta.dirname, '../../../bench/accuracy')
for (const [corpus, floor] of Object.entries(floors))
  void test(`accuracy against ${corpus} does not fall`, async (t) => {
    const file = join(bench, `${corpus}.mjs`)
    if (!existsSync(file)) return t.skip('no bench folder beside this build')
    const { measure } = Module.parse(await import(file))
    const { skipped, total } = Result.parse(await measure())
    if (skipped !== undefined) return t.skip(skipped)
    assert.equal(total.crashed, 0)
    assert.ok(total.parsed >= floor.parsed * total.lines, `${total.parsed} of ${total.lines} lines`)
    assert.ok(total.right >= floor.right * total.fields, `${total.right} of ${total.fields} fields right`)
    assert.ok(total.lost <= floor.lost, `${total.lost} fields lost`)
    t.diagnostic(`${total.right} of ${total.fields} fields right, ${total.kept} kept, ${total.lost} lost`)
  })
