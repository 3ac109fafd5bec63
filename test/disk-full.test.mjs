import assert from 'node:assert/strict'
import test from 'node:test'
import { diskFull } from './disk-full.mjs'

test('a full disk costs time, not events, and is shown', { timeout: 240_000 }, async (t) => {
  const found = await diskFull()
  if (found.why) return t.skip(found.why)
  t.diagnostic(JSON.stringify(found))
  assert.ok(found.http.acknowledged > 0 && found.tcp.sent > 0, 'both ways took something')
  assert.equal(found.http.stored, found.http.acknowledged)
  assert.equal(found.tcp.stored, found.tcp.sent)
  assert.ok(found.statuses.includes(503), 'HTTP said so')
  assert.match(found.shown.join(), /the disk is full|no space left/i)
})
