// Every scene through the store: what a correlation finds in stored events is what it finds in the stream.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import test from 'node:test'
import { z } from 'zod'
import { fixedClock, seededRandom } from '#kernel'
import { createLog, createMetrics, parseYaml, systemClock } from '#platform'
import { emptyRoad, type Event, eventMigrations, migrations as telemetryMigrations, openTelemetry } from '#telemetry'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { openDetection } from '../detection.ts'
import { migrations } from '../migrations.ts'
import { kindRules, sceneStart } from './scene.ts'

const log = createLog({ level: 'silent' })
const limits = {
  recordBytes: 1_000_000,
  batchEvents: 1_000,
  spoolBytes: 67_108_864,
  queryMilliseconds: 60_000,
  queryRows: 10_000,
}
const folder = 'src/detection/correlation/cases'
const Case = z.looseObject({
  rules: z.string(),
  events: z.array(z.looseObject({ at: z.number() })),
  expect: z.array(z.strictObject({ rule: z.string(), at: z.number(), events: z.array(z.number()) })),
})
const cases = readdirSync(folder)
  .sort()
  .map((file) => {
    const read = parseYaml(readFileSync(join(folder, file), 'utf8'), file)
    assert.ok(read.ok)
    return { name: file.replace('.yaml', ''), scene: Case.parse(read.value.value) }
  })

/** Scenes lie side by side in one store: each has a name of its own, which its plain rules ask for. */
const rulesOf = (name: string, text: string): string =>
  `${kindRules}---\n${text}`
    .replaceAll('logsource: { product: test }', 'logsource: { category: process_creation }')
    .replaceAll(/\bs: \{ kind: (\w+) \}/g, `s: { kind: $1, scene: ${name} }`)

test('what a correlation finds in stored events is what the scenes expect', async (t) => {
  const [workspace, state, events] = [temporaryFolder(t), await temporaryState(t), await temporaryEvents(t)]
  await state.migrate([...telemetryMigrations, ...migrations])
  await events.migrate(eventMigrations())
  const telemetry = await openTelemetry({
    config: { sources: [{ kind: 'http', name: 'test' }], limits, watchHost: false },
    workspace,
    folder: join(workspace, '.castellan'),
    state,
    events,
    clock: systemClock,
    log,
    random: seededRandom(4),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })
  t.after(() => telemetry.stop())
  const passed: Event[] = []
  await telemetry.start({ ...emptyRoad, judge: (some) => (passed.push(...some), []) }, () => undefined)
  const lines = cases.flatMap(({ name, scene }) =>
    scene.events.map(({ at, ...fields }, number) =>
      JSON.stringify({
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        '@timestamp': new Date(sceneStart + at).toISOString(),
        scene: name,
        number: String(number + 1),
        ...fields,
      }),
    ),
  )
  await telemetry.ingestNdjson(Readable.from([Buffer.from(`${lines.join('\n')}\n`)]), { source: 'test' })
  await telemetry.settled()
  assert.equal(passed.length, lines.length)
  const idOf = new Map(passed.map(({ id, fields }) => [`${String(fields['scene'])} ${String(fields['number'])}`, id]))
  let asked = 0
  for (const { name, scene } of cases) {
    const rules = temporaryFolder(t)
    writeFileSync(join(rules, 'rules.yml'), rulesOf(name, scene.rules))
    const clock = fixedClock(sceneStart)
    const detection = await openDetection({ folders: [rules], state, clock, log, stored: telemetry })
    for (const { id, correlation } of detection.rules()) {
      if (!correlation) continue
      asked++
      const found = await detection.correlation.hunt({ id, limit: 100, now: sceneStart + 86_400_000 })
      const wanted = scene.expect.filter(({ rule }) => rule === id)
      const text = (one: { at: number; events: readonly string[] }) => JSON.stringify([one.at, [...one.events].sort()])
      assert.deepEqual(
        found.items.map(({ time, events: of }) => text({ at: time - sceneStart, events: of })).sort(),
        wanted.map((one) => text({ at: one.at, events: one.events.map((n) => idOf.get(`${name} ${n}`) ?? '') })).sort(),
        `${name}: ${id}`,
      )
      assert.equal(found.count, wanted.length)
    }
  }
  assert.ok(asked >= cases.length)
})
