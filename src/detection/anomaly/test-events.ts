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

/** Hours of an invented office, the same each time: accounts, machines and programs in changing company, a machine that calls home, names asked for. */
export function busyHours(from: number, hours: number): Event[] {
  let seed = 12_345
  const below = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((seed / 2 ** 31) * most)
  }
  const doings: readonly ((user: string, host: string, src_ip: string) => Partial<Event>)[] = [
    (user, host, src_ip) => ({
      class_uid: 3002,
      activity_id: 1,
      outcome: below(4) === 0 ? 'failure' : 'success',
      user,
      host,
      src_ip,
      enriched: { 'src.country': ['SI', 'SI', 'AT', 'BR'][below(4)] ?? '' },
    }),
    (user, host) => ({
      class_uid: 1007,
      activity_id: 1,
      user,
      host,
      process: `C:\\Programs\\p${below(30)}.exe`,
      parent_process: `C:\\Programs\\p${below(6)}.exe`,
    }),
    (user, host, src_ip) => ({
      class_uid: 4001,
      activity_id: 6,
      activity: 'connection',
      user,
      host,
      src_ip,
      parser: 'zeek',
      dst_ip: `198.51.100.${below(20)}`,
      fields: { orig_bytes: 100 + below(90_000), duration: below(9) },
    }),
    (_user, host, src_ip) => ({
      class_uid: 4003,
      activity_id: 1,
      host,
      src_ip,
      domain: `n${below(1_000)}x${below(1_000)}.example${below(3)}.test`,
    }),
    (user, host) => ({ class_uid: 1001, activity_id: 1, activity: 'create', user, host, file: `/srv/f${below(500)}` }),
  ]
  const steps = Array.from({ length: hours * 600 }, (_, step): readonly [number, Partial<Event>] => {
    const doing = doings[below(doings.length)]
    const more = doing?.(`user${below(25)}`, `pc${below(25)}`, `10.0.0.${below(25)}`) ?? {}
    return [from + step * 6_000 + below(6_000), more]
  })
  const home = { class_uid: 4001, activity: 'connection', src_ip: '10.0.0.200', dst_ip: '203.0.113.9', parser: 'zeek' }
  const calls = Array.from({ length: hours * 60 }, (_, minute): readonly [number, Partial<Event>] => {
    return [from + minute * 60_000, { ...home, fields: { orig_bytes: 320, duration: 1 } }]
  })
  return eventsOf([...steps, ...calls])
}
