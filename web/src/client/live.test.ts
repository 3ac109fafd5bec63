// The live feed: states over time, back-off, and what is passed on.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { createLiveFeed, dataOf, waitBefore, type Stream } from './live.ts'

const pulse = { at: 1, events: 2, perSecond: 3, alerts: 4, spoolRecords: 5, incidentsOpen: 6 }

function world() {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const streams: { fire(name: string, data?: unknown): void; closed: boolean }[] = []
  const feed = createLiveFeed({
    now: () => now,
    random: () => 0,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run }
      timers.push(timer)
      return () => void (timers = timers.filter((each) => each !== timer))
    },
    open() {
      const listeners = new Map<string, (event: { data?: unknown }) => void>()
      const seen = {
        closed: false,
        fire: (name: string, data?: unknown) => listeners.get(name)?.({ data: JSON.stringify(data) }),
      }
      streams.push(seen)
      const stream: Stream = {
        addEventListener: (name, listener) => void listeners.set(name, listener),
        close: () => void (seen.closed = true),
      }
      return stream
    },
  })
  const pass = (milliseconds: number): void => {
    now += milliseconds
    const due = timers.filter((timer) => timer.at <= now)
    timers = timers.filter((timer) => timer.at > now)
    for (const timer of due) timer.run()
  }
  return { feed, streams, pass }
}

test('a pulse makes it live, silence makes it stale, the next pulse live again', () => {
  const { feed, streams, pass } = world()
  feed.start()
  assert.equal(feed.view.state, 'connecting')
  streams[0]?.fire('pulse', pulse)
  assert.deepEqual([feed.view.state, feed.view.pulse], ['live', pulse])
  pass(6001)
  assert.equal(feed.view.state, 'stale')
  streams[0]?.fire('pulse', pulse)
  assert.equal(feed.view.state, 'live')
})

test('an error closes the stream and tries again after growing waits', () => {
  const { feed, streams, pass } = world()
  feed.start()
  streams[0]?.fire('error')
  assert.deepEqual([feed.view.state, feed.view.nextTry, streams[0]?.closed], ['offline', 1000, true])
  pass(1000)
  assert.equal(streams.length, 2)
  streams[1]?.fire('error')
  assert.equal(feed.view.nextTry, 3000)
  pass(2000)
  streams[2]?.fire('pulse', pulse)
  streams[2]?.fire('error')
  assert.equal(feed.view.nextTry, 4000, 'a pulse in between starts the waits anew')
})

test('ids of alerts and incidents reach their listeners and no others', () => {
  const { feed, streams } = world()
  const heard: string[] = []
  feed.on('alert', (ids) => heard.push(`alert ${ids.join()}`))
  const stop = feed.on('incident', (ids) => heard.push(`incident ${ids.join()}`))
  feed.start()
  streams[0]?.fire('alert', { ids: ['alr_1', 7] })
  streams[0]?.fire('incident', { ids: ['inc_1'] })
  stop()
  streams[0]?.fire('incident', { ids: ['inc_2'] })
  assert.deepEqual(heard, ['alert alr_1', 'incident inc_1'])
})

test('a message that is no pulse changes nothing', () => {
  const { feed, streams } = world()
  feed.start()
  streams[0]?.fire('pulse', { at: 'soon' })
  assert.equal(feed.view.state, 'connecting')
})

test('waits stay between two thirds of a second and half a minute', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = waitBefore(attempt, random)
      assert.ok(wait >= 666 && wait <= 30_000)
    }),
  ))
test('no data makes the reader throw', () => fc.assert(fc.property(fc.anything(), (data) => void dataOf({ data }))))
