// What every detector promises: the same alerts however batches are cut and however often it restarts; bounded memory; no throw on any event.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { foldEvents } from './fold.ts'
import { shown, shownBytes } from './numbers.ts'
import { type AnomalySettings, openDetectors } from './table.ts'
import { busyHours, eventAt, start } from './test-events.ts'
import { Book, type Worker } from './worker.ts'

/** Nothing is learnt first and little needs to be much, so that there is much to tell. */
const eager: AnomalySettings = Object.fromEntries(
  openDetectors().map(({ detector }) => [detector.name, { learnDays: 0 }]),
)
const touchy: AnomalySettings = {
  ...eager,
  'new-user-host': { learnDays: 0, seenDays: 0 },
  'new-binary': { learnDays: 0, seenDays: 0 },
  'new-parent-process': { learnDays: 0, seenDays: 0 },
  beaconing: { learnDays: 0, connections: 4, hours: 2, score: 0.3, beat: 0 },
  'mass-files': { learnDays: 0, files: 5 },
  volume: { learnDays: 0, events: 20, times: 1, over: 1, bytes: 20_000 },
  'dns-tunnel': { learnDays: 0, names: 2, length: 1, entropy: 0 },
  'new-destination-volume': { learnDays: 0, megabytes: 0 },
  profiles: { bytes: 60_000 },
}
const events = busyHours(start, 3)

/** What was written down of a worker, as a store keeps it. */
class Written {
  readonly rows = new Map<string, { key: string; place: number; body: string }>()
  book: Book | undefined

  save(worker: Worker): void {
    const { groups, book } = worker.changes()
    for (const { key, place, body } of groups)
      if (body === null) this.rows.delete(key)
      else this.rows.set(key, { key, place, body })
    if (book) this.book = Book.parse(JSON.parse(JSON.stringify(book)))
  }
  restore(worker: Worker): void {
    worker.load(
      [...this.rows.values()].sort((a, b) => a.place - b.place),
      this.book,
    )
  }
}

/** Alerts of the events in batches; after each batch it may start anew from what was written. */
function run(cuts: readonly number[], restarts: readonly boolean[]) {
  let workers = openDetectors(touchy)
  const written = new Map(workers.map(({ detector }) => [detector.name, new Written()]))
  const edges = [0, ...[...cuts].sort((a, b) => a - b), events.length]
  const found: string[] = []
  let after = -1
  for (const [n, end] of edges.slice(1).entries()) {
    const batch = events.slice(edges[n], end)
    found.push(
      ...foldEvents(workers, batch, after).map(
        (one) => `${one.worker.detector.name} ${one.found.key} ${one.found.text}`,
      ),
    )
    after = Math.max(after, batch.at(-1)?.seq ?? after)
    for (const worker of workers) written.get(worker.detector.name)?.save(worker)
    if (restarts[n % Math.max(1, restarts.length)] !== true) continue
    workers = openDetectors(touchy)
    for (const worker of workers) written.get(worker.detector.name)?.restore(worker)
  }
  return { found, workers, written }
}

const whole = run([], [])

test('batches and restarts change nothing', () => {
  const names = new Set(whole.found.map((text) => text.split(' ')[0]))
  assert.ok(whole.found.length > 50 && names.size >= 5, `${whole.found.length} of ${[...names].join(' ')}`)
  const cuts = fc.array(fc.integer({ min: 0, max: events.length }), { maxLength: 8 })
  fc.assert(
    fc.property(cuts, fc.array(fc.boolean(), { maxLength: 9 }), (at, restarts) => {
      const { found, written } = run(at, restarts)
      assert.deepEqual(found, whole.found)
      for (const [name, one] of written) {
        assert.deepEqual(one.book, whole.written.get(name)?.book, name)
        const rows = (rowsOf: Written | undefined) =>
          [...(rowsOf?.rows.values() ?? [])].sort((a, b) => a.place - b.place)
        assert.deepEqual(rows(one), rows(whole.written.get(name)), name)
      }
    }),
    { numRuns: 15 },
  )
})

test('events that were folded already are passed over', () => {
  const { workers } = run([], [])
  assert.deepEqual(foldEvents(workers, events, events.length - 1), [])
})

test('memory stays within its bound, and what is forgotten is counted', () => {
  const profiles = whole.workers.find(({ detector }) => detector.name === 'profiles')?.view()
  assert.ok(profiles && profiles.book.shed > 0, String(profiles?.book.shed))
  for (const worker of whole.workers) {
    const { bytes, settings } = worker.view()
    assert.ok(bytes >= 0 && bytes <= (settings['bytes'] ?? 0), `${worker.detector.name} ${bytes}`)
  }
})

test('a group that cannot be read is forgotten, counted, and removed', () => {
  for (const worker of openDetectors(touchy)) {
    const rows = ['{', 'null', '{"a":1}', '[1]'].map((body, place) => ({ key: `k${place}`, place, body }))
    worker.load(rows, undefined)
    const name = worker.detector.name
    assert.equal(worker.view().groups, 0, name)
    assert.equal(worker.view().book.shed, rows.length, name)
    assert.deepEqual(
      worker.changes().groups.map(({ body }) => body),
      rows.map(() => null),
      name,
    )
  }
})

test('no event makes a detector throw', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      '10.0.0.1',
      '198.51.100.7',
      '::1',
      '\\',
      '/',
      '.',
      'a.b.c',
      ' ',
      '1e400',
      'NaN',
    ),
  )
  const value = fc.oneof(word, fc.double(), fc.boolean(), fc.constant(null), fc.array(word, { maxLength: 2 }))
  const moment = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: start, max: start + 9e8 }))
  const fieldName = fc.constantFrom(
    'duration',
    'orig_bytes',
    'flow.age',
    'ServiceName',
    'TaskName',
    'TargetObject',
    'eventName',
  )
  const some = fc.record(
    {
      class_uid: fc.constantFrom(1001, 1006, 1007, 3001, 3002, 4001, 4003, 6003, 201_002, 0),
      activity_id: fc.integer({ min: 0, max: 14 }),
      activity: fc.oneof(word, fc.constantFrom('service installed', 'command run as another user')),
      outcome: fc.constantFrom('success' as const, 'failure' as const),
      host: word,
      user: word,
      target_user: word,
      src_ip: word,
      dst_ip: word,
      dst_host: word,
      domain: word,
      process: word,
      parent_process: word,
      command_line: word,
      file: word,
      fields: fc.dictionary(fieldName, value),
      enriched: fc.dictionary(
        fc.constantFrom('src.country', 'src.latitude', 'src.longitude', 'identity.department', 'asset.kind'),
        word,
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(moment, moment, some), { maxLength: 40 }), (all) => {
      const workers = openDetectors(touchy)
      const made = all.map(([time, received, more], seq) => ({ ...eventAt(seq, time, more), received }))
      foldEvents(workers, made, -1)
      for (const worker of workers) {
        const { groups, book } = worker.changes()
        const rows = groups.filter(({ body }) => body !== null).sort((a, b) => a.place - b.place)
        worker.load(rows, book)
      }
    }),
    { numRuns: 300 },
  )
})

test('numbers as people read them', () => {
  assert.equal(shown(1234567.891), '1,234,567.89')
  assert.equal(shown(0.5), '0.5')
  assert.equal(shownBytes(314_900_000), '315 MB')
  assert.equal(shownBytes(0), '0 B')
})
