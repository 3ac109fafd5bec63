// Rows of a search written into a file, on each form of the engine.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asFault } from '#kernel'
import { eachEvents } from '#testkit'

eachEvents('all rows go into a file, however many; what fails leaves none', async (events) => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'))
  try {
    const path = join(folder, "it's.ndjson")
    const many = 'select number as n from numbers({most:UInt32})'
    await events.save(many, { most: 9_000 }, { path, format: 'ndjson' }, { rows: 10_000 })
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    assert.deepEqual([lines.length, lines[0]], [9_000, '{"n":0}'])
    const broken = join(folder, 'broken.ndjson')
    const thrown = await events.save('selct', {}, { path: broken, format: 'ndjson' }).then(() => undefined, asFault)
    assert.equal(thrown?.code, 'BUG')
    assert.equal(existsSync(broken), false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
