// The accuracy of the parsers of networks and the web has a floor for each corpus: it may rise, never fall. Without the data it is skipped.
import assert from 'node:assert/strict'
import test from 'node:test'
import { measure as measureElastic } from '../bench/accuracy/elastic-package-pipelines.mjs'
import { measure as measureZeek } from '../bench/accuracy/zeek.mjs'

const share = (part, row) => (row.fields === 0 ? 1 : part / row.fields)

/** Least share of lines parsed, of fields right, and of fields kept anywhere. */
const floors = {
  'apache/access': [1, 0.99, 0.99],
  'apache/error': [1, 1, 1],
  'cisco_asa/log': [1, 0.955, 0.97],
  'nginx/access': [1, 1, 1],
  'nginx/error': [1, 1, 1],
  'rita with header': [0.999, 0.99, 1],
  'rita without header': [0.999, 0.97, 0.999],
  'btest with header': [1, 0.999, 0.999],
  'ocsf-examples JSON': [1, 1, 1],
}

for (const [name, measure] of [
  ['elastic-package-pipelines', measureElastic],
  ['zeek', measureZeek],
])
  test(`accuracy of ${name} stays above its floor`, (t) => {
    const { skipped, rows, total } = measure()
    if (skipped) return t.skip(skipped)
    assert.equal(total.crashed, 0)
    for (const row of rows) {
      const [parsed, right, kept] = floors[row.kind] ?? [0, 0, 0]
      assert.ok(row.parsed / row.lines >= parsed, `${row.kind}: ${row.parsed} of ${row.lines} lines parsed`)
      assert.ok(share(row.right, row) >= right, `${row.kind}: ${row.right} of ${row.fields} fields right`)
      assert.ok(share(row.right + row.kept, row) >= kept, `${row.kind}: ${row.lost} of ${row.fields} fields lost`)
    }
    t.diagnostic(`${total.right} of ${total.fields} fields right, ${total.lost} lost, ${total.crashed} crashed`)
  })
