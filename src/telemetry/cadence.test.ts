// What is usual of a source is learnt, and what is not is told: with a clock of our own, over weeks.
import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '#kernel'
import { createMetrics } from '#platform'
import { type Cadence, freshCadence, hear, longestUsualPause } from './cadence.ts'
import { QuotaMeter } from './quota.ts'
import { SourceBook } from './source-book.ts'
import { SourceWatch } from './source-watch.ts'
import type { NewRecord } from './spool-record.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const monday = Date.UTC(2026, 2, 2)

/** Listens minute by minute; answers with what changed, by its time. */
function listen(state: Cadence, until: number, rate: (now: number) => number, silentAfter?: number) {
  const told: string[] = []
  for (let now = state.at + minute; now <= until; now += minute) {
    const heard = hear(state, { now, count: rate(now), silentAfter })
    state = heard.state
    for (const { change } of heard.changes) told.push(`${new Date(now).toISOString().slice(5, 16)} ${change}`)
  }
  return { state, told }
}

test('a configured silence is told once, and its end once', () => {
  const first = listen(freshCadence(monday), monday + hour, () => 5, 10 * minute)
  assert.deepEqual(first.told, [])
  const second = listen(first.state, monday + 3 * hour, (now) => (now < monday + 2 * hour ? 0 : 5), 10 * minute)
  assert.deepEqual(second.told, ['03-02T01:10 silent', '03-02T02:00 usual'])
})

test('a source that never sent anything is silent too, when it is to send', () => {
  assert.deepEqual(listen(freshCadence(monday), monday + hour, () => 0, 30 * minute).told, ['03-02T00:30 silent'])
})

test('without a setting: the usual pauses are learnt, and only longer ones told', () => {
  const pausing = (now: number): number => ((now / minute) % 20 === 0 ? 3 : 0)
  const learnt = listen(freshCadence(monday), monday + 10 * hour, pausing)
  assert.deepEqual(learnt.told, [])
  assert.equal(longestUsualPause(learnt.state), 60 * minute)
  const silent = listen(learnt.state, monday + 14 * hour, () => 0)
  assert.deepEqual(silent.told, ['03-02T11:00 silent'])
})

test('nights and weekends without anything are not told once they are known', () => {
  const office = (now: number): number => {
    const hourOfDay = Math.floor((now % day) / hour)
    const weekday = Math.floor((now - monday) / day) % 7
    return weekday < 5 && hourOfDay >= 8 && hourOfDay < 18 ? 20 : 0
  }
  const month = listen(freshCadence(monday), monday + 28 * day, office)
  const late = listen(month.state, monday + 42 * day, office)
  assert.deepEqual(late.told, [])
  const noon = monday + 42 * day + 12 * hour
  const broken = listen(late.state, noon + 3 * hour, (now) => (now < noon ? office(now) : 0))
  assert.equal(broken.told.length, 1)
  assert.match(broken.told[0] ?? '', /T12:\d\d silent$/)
})

test('an hour with far more or far less than hours like it is told; noise is not', () => {
  const random = seededRandom(5)
  const noisy = (): number => 80 + ((random.bytes(1)[0] ?? 0) % 40)
  const learnt = listen(freshCadence(monday), monday + 3 * day, noisy)
  assert.deepEqual(learnt.told, [])
  const flood = listen(learnt.state, monday + 3 * day + 3 * hour, (now) =>
    now <= monday + 3 * day + hour ? 2_000 : noisy(),
  )
  assert.equal(flood.told.length, 2)
  assert.match(flood.told[0] ?? '', /T00:\d\d high$/)
  assert.match(flood.told[1] ?? '', / usual$/)
  const thin = listen(flood.state, monday + 4 * day, (now) => (now < monday + 3 * day + 6 * hour ? 2 : noisy()))
  assert.match(thin.told[0] ?? '', / low$/)
  assert.match(thin.told[1] ?? '', / usual$/)
  assert.equal(thin.told.length, 2)
})

test('time in which nobody listened is neither silence nor an hour without records', () => {
  const learnt = listen(freshCadence(monday), monday + 2 * day, () => 100)
  const away = { ...learnt.state }
  const back = monday + 3 * day
  const heard = hear(away, { now: back, count: 0 })
  assert.deepEqual(heard.changes, [])
  assert.equal(heard.state.quiet, 0)
  assert.ok(heard.state.hours.slice(-20).every((count) => count === -1))
})

/** A watch over one source with a clock that is moved by hand, and a spool that may be full. */
function watching(marks: ReadonlyMap<string, string> = new Map(), start = monday) {
  let now = start
  const book = new SourceBook({ now: () => now }, createMetrics())
  const page = book.page('fw', 'syslog-udp')
  const kept: NewRecord[] = []
  const noted = new Map<string, string>(marks)
  const spool = {
    isFull: false,
    marks: new Map<string, string>(),
    append: (records: readonly NewRecord[]) => {
      if (spool.isFull) return Promise.resolve({ full: true } as const)
      kept.push(...records)
      for (const { mark } of records) if (mark) spool.marks.set(mark.key, mark.value)
      return Promise.resolve({ full: false, first: 1, last: 1 } as const)
    },
  }
  const source = { kind: 'syslog-udp', name: 'fw', listen: '127.0.0.1:1', silentAfter: 120 } as const
  const note = (all: readonly { key: string; value: string }[]) => {
    for (const { key, value } of all) noted.set(key, value)
    return Promise.resolve()
  }
  const watch = new SourceWatch({ spool, book, sources: [source], marks, note })
  const step = async (milliseconds: number) => {
    now += milliseconds
    await watch.step()
  }
  return { watch, page, kept, noted, spool, step }
}
const changeOf = ({ text }: NewRecord): unknown => (JSON.parse(String(text)) as { change?: unknown }).change

test('what changed goes into the spool with its state; a full spool is asked again; a restart neither forgets nor repeats', async () => {
  const first = watching()
  first.page.accept(5, 100)
  await first.step(minute)
  await first.step(minute)
  first.spool.isFull = true
  await first.step(2 * minute)
  assert.deepEqual(first.kept, [])
  first.spool.isFull = false
  await first.step(minute)
  assert.deepEqual(first.kept.map(changeOf), ['silent'])
  assert.match(first.page.health.unusual, /nothing for/)
  const second = watching(first.spool.marks, monday + 10 * minute)
  await second.step(minute)
  assert.deepEqual(second.kept, [], 'it is known to be silent')
  assert.equal(second.page.health.lastSeen, monday)
  second.page.accept(1, 1)
  await second.step(minute)
  assert.deepEqual(second.kept.map(changeOf), ['usual'])
  assert.equal(second.page.health.unusual, '')
  await second.watch.note()
  assert.ok(second.noted.has('cadence:fw'))
})

test('a quota: ten seconds of events at once, then as many as a second allows; bytes until midnight', () => {
  const meter = new QuotaMeter({ eventsPerSecond: 10, bytesPerDay: 1_000 })
  assert.equal(meter.admit(100, 10, monday), 0)
  assert.equal(meter.admit(1, 10, monday), 100)
  assert.equal(meter.admit(10, 10, monday + 1_000), 0)
  assert.equal(meter.admit(1, 985, monday + 9_000), day - 9_000)
  assert.equal(meter.admit(1, 985, monday + day), 0)
  assert.equal(meter.bytesToday(monday + day), 985)
  const free = new QuotaMeter()
  assert.equal(free.admit(1e9, 1e12, monday), 0)
})
