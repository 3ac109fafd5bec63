// Generated runs of events in the store: what the store says of each type of correlation, and what is found with it, against the fold of the stream.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import fc from 'fast-check'
import { fixedClock } from '#kernel'
import { createLog, type EventEngine } from '#platform'
import { type Event, groupTexts, type Telemetry } from '#telemetry'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { createEngine } from '../engine.ts'
import { openDetection } from '../detection.ts'
import { judgeWith } from '../judge.ts'
import type { LoadedRule } from '../load.ts'
import { migrations } from '../migrations.ts'
import { tookIn } from '../past/scene.io.ts'
import { alertOfFinding } from './alert.ts'
import { Fold } from './fold.ts'
import { feedsOf } from './item.ts'
import { planned, questionOf, toldOf } from './moments.ts'
import { kindRules, sceneStart } from './scene.ts'
import { findStored } from './stored.ts'
import type { Finding } from './types.ts'

const log = createLog({ level: 'silent' })
const rule = (id: string, text: string) =>
  `title: ${id}\nid: ${id}\nname: ${id}\ncorrelation: { ${text}, timespan: 10s }\n`
const text = [
  kindRules.trimEnd() + '\n',
  'title: also a\nid: also\nname: also\nlogsource: { product: test }\ndetection: { s: { kind: a }, condition: s }\n',
  // The store alone cannot tell whether the note is empty.
  'title: bare\nid: bare\nname: bare\nlogsource: { product: test }\ndetection: { s: { kind: b, note: null }, condition: s }\n',
  rule('count', 'type: event_count, rules: [a, also, b], group-by: [host], condition: { gte: 3 }'),
  rule('count-bare', 'type: event_count, rules: [a, bare], group-by: [host], condition: { gte: 2 }'),
  rule('count-range', 'type: event_count, rules: [a, also], group-by: [host], condition: { gt: 1, lte: 3 }'),
  rule('values', 'type: value_count, rules: [a, b], group-by: [host], condition: { field: user, gt: 2 }'),
  rule('values-two', 'type: value_count, rules: [a, b], group-by: [host], condition: { field: [user, size], gte: 3 }'),
  rule('values-not', 'type: value_count, rules: [a, b], group-by: [host], condition: { field: [user, size], neq: 2 }'),
  rule('all', 'type: temporal, rules: [a, b, c], group-by: [host]'),
  rule('some', 'type: temporal, rules: [a, b, c], group-by: [host], condition: { gte: 2 }'),
  rule('said', 'type: temporal, rules: [a, b, c], group-by: [host], condition: a and (b or c)'),
  rule('not', 'type: temporal, rules: [a, b, c], group-by: [host], condition: a and not b'),
  rule('not-bare', 'type: temporal, rules: [a, bare], group-by: [host], condition: a and not bare'),
  rule('not-either', 'type: temporal, rules: [a, b, c], group-by: [user], condition: (a or c) and not b'),
  rule('order', 'type: temporal_ordered, rules: [a, b, c], group-by: [host]'),
  rule('order-again', 'type: temporal_ordered, rules: [a, also, a, b], group-by: [host]'),
  rule('sum', 'type: value_sum, rules: [a, c], group-by: [host], condition: { field: size, gte: 12 }'),
  rule('avg', 'type: value_avg, rules: [a, c], group-by: [host], condition: { field: size, gt: 4.5, lt: 6.5 }'),
  rule('avg-over', 'type: value_avg, rules: [a, c], condition: { field: size, gte: 5.5 }'),
  rule('median', 'type: value_median, rules: [a, c], group-by: [host], condition: { field: size, gte: 6 }'),
  rule('p80', 'type: value_percentile, rules: [a, c], condition: { field: size, percentile: 80, gte: 8.5 }'),
  rule('chain', 'type: temporal_ordered, rules: [count, some, c], group-by: [host]'),
  rule('chain-count', 'type: event_count, rules: [count, not], condition: { gte: 2 }'),
]
  .join('---\n')
  .replaceAll('logsource: { product: test }', 'logsource: { category: process_creation }')

/** Of these the store's moments, told by the rule of the stream, are the findings themselves. */
const exact = ['count', 'values', 'values-two', 'all', 'some', 'said', 'not', 'not-either', 'order']

const several = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: one, weight: 9 }, { arbitrary: fc.array(one, { minLength: 2, maxLength: 3 }), weight: 1 })
const happening = fc.record({
  at: fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((n) => n * 1_000),
    fc.integer({ min: 0, max: 60_000 }),
  ),
  kind: fc.constantFrom('a', 'b', 'c'),
  host: several(fc.constantFrom('x', 'X', 'y', 'É', 'é', 'k', '\u212a')),
  user: several(fc.constantFrom('u', 'v', 'W', 'w', 'x')),
  size: several(fc.integer({ min: -3, max: 10 })),
  note: fc.constantFrom('', 'n', undefined),
})
const runs = process.env['CASTELLAN_FULL'] === '1' ? 12 : 3
const runLength = 3_600_000

function lines(): string[] {
  const drawn = fc.sample(fc.array(happening, { minLength: 30, maxLength: 60 }), { numRuns: runs, seed: 5 })
  return drawn.flatMap((all, run) =>
    all.map(({ at, ...fields }) =>
      JSON.stringify({
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        '@timestamp': new Date(sceneStart + run * runLength + at).toISOString(),
        ...fields,
      }),
    ),
  )
}

interface Stage {
  readonly telemetry: Telemetry
  readonly engine: EventEngine
  readonly events: readonly Event[]
  readonly rules: readonly LoadedRule[]
}

async function stage(t: TestContext): Promise<Stage> {
  const state = await temporaryState(t)
  const events: Event[] = []
  const stores = { folder: temporaryFolder(t), state, events: await temporaryEvents(t) }
  await state.migrate(migrations)
  const telemetry = await tookIn(stores, lines(), (some) => void events.push(...some))
  t.after(() => telemetry.stop())
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'rules.yml'), text)
  const detection = await openDetection({ folders: [folder], state, clock: fixedClock(sceneStart), log })
  const rules = detection.rules()
  assert.deepEqual(
    rules.filter(({ state: is }) => is !== 'running').map(({ id, why }) => [id, why]),
    [],
  )
  return { telemetry, engine: stores.events, events, rules }
}

function streamed({ rules }: Stage, events: readonly Event[]): Finding[] {
  const correlations = rules.flatMap(({ correlation }) => correlation ?? [])
  const feeds = feedsOf(correlations)
  const engine = createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
  const { items } = judgeWith(engine, events, { feeds, onlyFeed: new Set(), raised: 0 }).fed
  const fold = new Fold(correlations, { bytes: 1e9 })
  return [...fold.take(items), ...fold.advance(Infinity)]
}

const byTime = (a: Finding, b: Finding): number => a.time - b.time || (a.key < b.key ? -1 : 1)
const alerts = (found: readonly Finding[]) => [...found].sort(byTime).map((finding) => alertOfFinding(finding, 0))

test('generated runs: the alerts of the store are those of the stream, and its moments hold all of them', async (t) => {
  const staged = await stage(t)
  const { telemetry: stored, rules, events } = staged
  const byId = new Map(rules.map((one) => [one.id, one]))
  const existing = (id: string): LoadedRule => byId.get(id) ?? assert.fail(id)
  const plans = new Map(
    rules.flatMap(({ id, compiled }) => (compiled ? [[id, planned(compiled, false)] as const] : [])),
  )
  let [found, narrowed] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const since = sceneStart + run * runLength
    const until = since + runLength
    const inRun = streamed(
      staged,
      events.filter(({ time }) => time >= since && time < until),
    )
    for (const one of rules) {
      const { correlation } = one
      if (!correlation) continue
      const wanted = inRun.filter((finding) => finding.correlation.id === one.id)
      const answer = await findStored(one, { since, until, now: until }, { existing, stored })
      assert.deepEqual(alerts(answer.findings), alerts(wanted), `${one.id} in run ${run}`)
      found += wanted.length
      const question = questionOf(correlation, plans)
      if (!question) continue
      narrowed++
      const groups = await stored.moments({ ...question, since, until, groups: 1_000 })
      assert.equal(answer.groups, groups.length)
      const told = (texts: readonly string[]) =>
        wanted
          .filter(({ group }) => JSON.stringify(groupTexts(group)) === JSON.stringify(texts))
          .map(({ time }) => time)
      for (const { group } of wanted)
        assert.ok(groups.some((each) => JSON.stringify(each.group) === JSON.stringify(groupTexts(group))))
      for (const { group, moments } of groups) {
        if (!exact.includes(one.id) || group.some((each) => each === 'ä')) continue
        assert.deepEqual(toldOf(question, moments), told(group), `${one.id} for ${String(group)} in run ${run}`)
      }
    }
  }
  // Had half of the events been stored before lists were kept, nothing would be found otherwise.
  await staged.engine.command(
    "alter table events update lists = map('?', []) where seq % 2 = 0 settings mutations_sync = 2",
  )
  const stretch = { since: sceneStart, until: sceneStart + runLength }
  const first = streamed(
    staged,
    events.filter(({ time }) => time < stretch.until),
  )
  for (const one of rules.filter(({ correlation }) => correlation)) {
    const answer = await findStored(one, { ...stretch, now: stretch.until }, { existing, stored })
    const wanted = first.filter((finding) => finding.correlation.id === one.id)
    assert.deepEqual(alerts(answer.findings), alerts(wanted), `${one.id} with lists unknown`)
  }
  assert.ok(found > 60 * runs && narrowed > 15 * runs, `${found} ${narrowed}`)
  t.diagnostic(
    `${runs} runs of ${events.length} events, ${found} alerts of ${byId.size} rules, ${narrowed} questions to the store`,
  )
})
