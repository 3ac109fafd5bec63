// The past asked for correlations: what arrives, changes or comes back finds in stored events what the stream would have found, once.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fixedClock } from '#kernel'
import { createLog } from '#platform'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { openDetection } from '../detection.ts'
import { migrations } from '../migrations.ts'
import { tookIn } from './scene.io.ts'
import type { Alert } from '../types.ts'

const start = Date.UTC(2026, 2, 2, 9)
const day = 86_400_000
const log = createLog({ level: 'silent' })
const rule = (name: string) =>
  `title: ${name}\nid: rule-${name}\nname: ${name}\nlogsource: { category: process_creation }\ndetection:\n  s: { CommandLine: ${name} }\n  condition: s\n`
const correlation = (more: string) =>
  `title: Both\nid: both\nlevel: high\ncorrelation: { rules: [a, b], group-by: [Hostname], timespan: 1m, ${more} }\n`
const files = (more: string) => [rule('a'), rule('b'), correlation(more)].join('---\n')

const line = (at: number, host: string, command: string) =>
  JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    '@timestamp': new Date(start + at).toISOString(),
    Hostname: host,
    CommandLine: command,
  })
const lines = [
  line(0, 'ws-1', 'a'),
  line(30_000, 'WS-1', 'b'),
  line(40_000, 'ws-2', 'b'),
  line(2 * day, 'ws-1', 'b'),
  line(2 * day + 1, 'ws-1', 'a'),
  line(2 * day + 2, 'ws-3', 'other'),
  line(3 * day, 'ws-3', 'a'),
]

test('a correlation that arrives, changes or comes back asks the past; a backtest says what to expect', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const stores = { folder: temporaryFolder(t), state, events: await temporaryEvents(t) }
  const stored = await tookIn(stores, lines, () => undefined)
  t.after(() => stored.stop())
  const folder = temporaryFolder(t)
  const at = start + 4 * day
  const open = (text: string) => {
    writeFileSync(join(folder, 'rules.yml'), text)
    return openDetection({ folders: [folder], state, clock: fixedClock(at), log, stored })
  }
  const call = { at, signal: new AbortController().signal, progress: () => undefined }
  const kept: Alert[] = []
  const keep = ({ alerts }: { readonly alerts: readonly Alert[] }) => {
    kept.push(...alerts)
    return Promise.resolve(() => undefined)
  }
  const asked = async (text: string): Promise<[number, string[]]> => {
    kept.length = 0
    const count = await (await open(text)).retro.run(call, keep)
    return [count, kept.map(({ rule: of, time }) => `${of.id} ${time - start}`).sort()]
  }
  assert.deepEqual(await asked(rule('c')), [0, []], 'the very first time nothing is asked')
  const both = files('type: temporal')
  assert.deepEqual(await asked(both), [1, [`both ${2 * day + 1}`, 'both 30000']], 'the rules only feed')
  assert.deepEqual(kept[0]?.events?.length, 2)
  assert.deepEqual(await asked(both), [0, []], 'once')
  const ordered = files('type: temporal_ordered')
  assert.deepEqual(await asked(ordered), [1, ['both 30000']])
  const other = ordered.replace('CommandLine: b', 'CommandLine: [b, other]')
  assert.deepEqual(await asked(other), [1, ['both 30000']], 'what its rules ask belongs to it')
  assert.deepEqual(await asked(rule('c')), [1, []], 'a rule that went is forgotten')
  assert.deepEqual(await asked(other), [1, ['both 30000']], 'and asks the past when it comes back')

  const detection = await open(both)
  const tested = await detection.backtest({ id: 'both', since: start - day, now: at, limit: 1 })
  assert.deepEqual(
    [tested.count, tested.observed, tested.perWeek, tested.counted, tested.checked],
    [2, 3, 4.7, 2, 4],
    'hits, days with events, alerts a week, hits counted, matches read: of the groups that it can hold for alone',
  )
  assert.deepEqual(
    tested.days,
    [0, 2].map((n) => ({ at: Date.UTC(2026, 2, 2 + n), count: 1 })),
  )
  assert.deepEqual(tested.top, [{ field: 'Hostname', values: [{ value: 'ws-1', count: 2 }] }])
  assert.deepEqual(
    tested.items.map(({ time, activity, message }) => [time - start, activity, message]),
    [[2 * day + 1, 'temporal', '2 events in 1 ms: Hostname ws-1']],
  )
  const text = `${rule('b').replaceAll('rule-b', 'new-b')}---\n${correlation('type: temporal').replace('[a, b]', '[rule-a, b]')}`
  const written = await detection.backtest({ yaml: text, since: start - day, now: at, limit: 0 })
  assert.equal(written.count, 2, 'one rule beside it, one that is loaded')
  const wrong = detection.backtest({ yaml: text.replace('rule-a', 'nobody'), now: at, limit: 0 })
  await assert.rejects(wrong, /there is no rule nobody/)
  const { groups, matches, top } = await detection.correlation.hunt({ id: 'both', limit: 5, now: at })
  assert.deepEqual([groups, matches, top.length], [1, 4, 1])
})
