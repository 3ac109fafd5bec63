// Risk and threat intelligence in the list of rules: there with their alerts and how they stand, where a house lists what is built in.
import assert from 'node:assert/strict'
import test from 'node:test'
import { fixedClock } from '#kernel'
import { createLog } from '#platform'
import { temporaryState } from '#testkit'
import { openDetection } from './detection.ts'
import { alertAt } from './hygiene/made.test.ts'
import { migrations } from './migrations.ts'
import { indicatorRule } from './own-rules.ts'
import { riskRule } from './risk/risk.ts'

const start = Date.UTC(2026, 2, 2, 9)

test('risk and threat intelligence stand among the rules', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  let indicators = 0
  const detection = await openDetection({
    folders: [],
    state,
    clock: fixedClock(start),
    log: createLog({ level: 'silent' }),
    builtIn: new Map(),
    indicators: () => indicators,
  })
  const rule = { ...indicatorRule, title: 'Indicator of compromise: C2 (feed)', level: 'high' }
  await state.transaction(() => detection.keep([alertAt(start, 'a', { rule })]))
  const listed = async () =>
    (await detection.listRules({ limit: 9 })).items.map(({ id, standing, alerts }) => [id, standing, alerts])
  assert.deepEqual(await listed(), [
    [riskRule, 'running', 0],
    [indicatorRule.id, 'needs-list', 1],
  ])
  indicators = 3
  assert.equal((await listed())[1]?.[1], 'running')
  assert.equal((await detection.listRules({ limit: 9 })).total, 2)
  assert.equal((await detection.listRules({ limit: 9, q: 'compromise' })).total, 1)
  const shown = await detection.showRule(riskRule)
  assert.match(shown.text, /reaches 150/)
  assert.equal(shown.file, 'built-in/entity-risk')
})
