// Invented events for the tests of hunting. A test file without tests of its own.
import type { Event } from '../types.ts'
import type { EventEngine } from '#platform'
import { type Ends, temporaryEvents } from '#testkit'
import { eventIdOf, eventMigrations, rowText } from '../columns.ts'

export const huntNow = Date.UTC(2026, 2, 1, 12)
const users = ['ada', 'Ada', 'grace', 'svc-backup', '', 'Ünï']
const hosts = ['web01', 'WEB02', 'db01', '']
const countries = ['RU', 'DE', undefined]
const numbers = ['5', '12', '-3.5', 'x', undefined]

/** Events that are the same at every call: a few days of a few hosts and users. */
export function huntedEvents(count: number): Event[] {
  let state = 11
  const pick = (n: number): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8) % n
  return Array.from({ length: count }, (_, index): Event => {
    const country = countries[pick(countries.length)]
    const number = numbers[pick(numbers.length)]
    const user = users[pick(users.length)] ?? ''
    const host = hosts[pick(hosts.length)] ?? ''
    return {
      id: eventIdOf(index + 1),
      seq: index + 1,
      time: huntNow - pick(6 * 24 * 30) * 120_000 - pick(3) * 1_000,
      received: huntNow,
      source: 'test',
      parser: 'json',
      logsource: { product: 'p', categories: ['process_creation', 'x'].slice(0, pick(3)) },
      class_uid: 1007,
      activity: ['process started', 'login failed', 'login'][pick(3)] ?? '',
      severity_id: pick(6),
      host,
      user,
      src_ip: ['10.0.0.1', '10.200.3.4', '192.168.1.9', ''][pick(4)] ?? '',
      dst_port: [0, 22, 80, 443][pick(4)] ?? 0,
      message: `${user} at ${host}`,
      fields: {
        Image: `C:\\Windows\\${['cmd', 'powershell', 'whoami'][pick(3)]}.exe`,
        ...(number === undefined ? {} : { Count: number }),
      },
      enriched: country === undefined ? {} : { 'src.country': country },
      raw: JSON.stringify({ user, host }),
    }
  })
}

/** An engine that holds so many of them. */
export async function sampleEngine(t: Ends, count: number): Promise<EventEngine> {
  const engine = await temporaryEvents(t)
  await engine.migrate(eventMigrations)
  await engine.insert('events', Buffer.from(huntedEvents(count).map(rowText).join('')), 'all')
  return engine
}
