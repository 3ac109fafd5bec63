import assert from 'node:assert/strict'
import test from 'node:test'
import { killNine } from './kill-nine.mjs'

test('kill -9 at random moments loses nothing acknowledged and doubles nothing', { timeout: 240_000 }, async (t) => {
  const found = await killNine({ rounds: 4, rate: 2000, seed: 7 })
  t.diagnostic(JSON.stringify(found))
  assert.ok(found.acknowledged > 0, 'something was taken')
  assert.equal(found.lost, 0)
  assert.equal(found.lostTcp, 0)
  assert.equal(found.doubled, 0)
  assert.equal(found.alerts, found.needles)
  assert.equal(found.alertedEvents, found.alerts)
  assert.equal(found.folded, found.alerts)
  assert.equal(found.times, found.needles)
  assert.equal(found.ledger.ok, true)
})
