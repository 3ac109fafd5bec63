// Events for tests of anomalies: each with the columns that matter and the rest as an empty record has it.
import { type Event, EventId, parseRecord } from '#telemetry'

export const start = Date.UTC(2026, 2, 2, 9)
const bare = parseRecord({ source: 'test', received: start, text: 'text' })

/** An event at a moment; its sequence number is its place. */
export const eventAt = (seq: number, time: number, more: Partial<Event>): Event => ({
  ...bare,
  id: EventId.parse(`evt_${seq}`),
  seq,
  time,
  received: time,
  source: 'test',
  raw: '',
  ...more,
})

/** Events one after another, each with its moment. */
export const eventsOf = (all: readonly (readonly [time: number, more: Partial<Event>])[]): Event[] =>
  [...all].sort((a, b) => a[0] - b[0]).map(([time, more], seq) => eventAt(seq, time, more))
