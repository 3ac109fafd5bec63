// Charts of characters fit the terminal; the hunt command takes its flags and marks what is wrong.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { bar, chartText, sparkline, thinned } from './chart.ts'
import type { Terminal } from './command.ts'
import { execute } from './main.ts'

test('a bar is drawn to an eighth of a character', () => {
  assert.equal(bar(1, 4), '████')
  assert.equal(bar(0, 4), '')
  assert.equal(bar(0.5, 4), '██')
  assert.equal(bar(1 / 32, 4), '▏')
})
test('small blocks: the greatest is full, nothing is empty, unknown is a dot', () => {
  assert.equal(sparkline([0, 1, 4, 8, null]), ' ▁▄█·')
  assert.deepEqual(thinned([1, 5, 2, null, null, null], 3), [5, 2, null])
})
const day = Date.UTC(2026, 2, 1)
test('no line is longer than the terminal', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1e6), fc.nat(50)), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 60, max: 200 }),
      fc.boolean(),
      (values, width, split) => {
        const rows = values.map(([a, b], index) => [day + index * 60_000, a, ...(split ? [b] : [])])
        const columns = ['time', 'count', ...(split ? ['other one'] : [])]
        for (const line of chartText({ columns, rows, step: 60_000 }, width).split('\n'))
          assert.ok(line.length <= width, `${line.length} of ${width}`)
      },
    ),
  ))

test('castellan hunt', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'castellan.yaml'), 'name: Test\nwatchHost: false\nsources: []\n')
  const out: string[] = []
  const notes: string[] = []
  const terminal: Terminal = {
    width: 100,
    env: {},
    folder,
    print: (text) => void out.push(text),
    note: (text) => void notes.push(text),
    progress: { update: () => undefined, end: () => undefined },
    signal: AbortSignal.timeout(60_000),
  }
  const run = async (...argv: string[]) => {
    out.length = 0
    notes.length = 0
    return execute(argv, terminal)
  }
  assert.equal(await run('hunt', '| count', '--since', '7d'), 0)
  assert.match(out[0] ?? '', /COUNT\n0/)
  assert.equal(await run('hunt', 'a | cuont'), 3)
  assert.equal(notes[0], '  a | cuont\n      ^')
  assert.equal(await run('hunt', 'a', '--since', 'yesterday'), 3)
  assert.match(notes[0] ?? '', /--since takes a length of time/)
  assert.equal(await run('hunt', 'a', '--export', 'x.doc'), 3)
  assert.equal(await run('hunt', 'a', '--follow'), 70)
  assert.match(notes[0] ?? '', /needs a running server/)
  assert.equal(await run('hunt', 'list'), 0)
  assert.equal(out[0], 'nothing to show')
  assert.equal(await run('hunt', '', '--since', '1d', '--export', 'all.ndjson'), 0)
  assert.match(notes[0] ?? '', /0 bytes in .*all\.ndjson/)
})
