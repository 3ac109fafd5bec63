// Each detector by one story that it must tell of, and the ordinary life before it that it must not.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Event } from '#telemetry'
import { foldEvents } from './fold.ts'
import { day, hour } from './numbers.ts'
import { openDetectors } from './table.ts'
import { eventsOf, start } from './test-events.ts'

type Timed = readonly [time: number, more: Partial<Event>]
const minute = 60_000
const days = (count: number, each: (at: number, n: number) => readonly Timed[]): Timed[] =>
  Array.from({ length: count }, (_, n) => each(start + n * day, n)).flat()
const times = (count: number, each: (n: number) => Timed): Timed[] => Array.from({ length: count }, (_, n) => each(n))
const after = start + 12 * day

/** What a detector says of events; keys that were told, each once. */
function told(name: string, events: readonly Timed[], settings: Record<string, number> = {}): string[] {
  const workers = openDetectors({ [name]: settings }).filter(({ detector }) => detector.name === name)
  const found = foldEvents(workers, eventsOf(events), -1)
  for (const one of found) {
    assert.ok(one.found.text.length > 20 && one.found.numbers.length > 0, one.found.text)
    assert.ok(one.found.history.kind === 'series' ? one.found.history.points.length > 0 : true)
  }
  return [...new Set(found.map((one) => one.found.text))]
}
const login = (user: string, host: string, more: Partial<Event> = {}): Partial<Event> => ({
  class_uid: 3002,
  activity_id: 1,
  outcome: 'success',
  activity: 'login accepted',
  user,
  host,
  ...more,
})
const started = (host: string, parent: string, program: string): Partial<Event> => ({
  class_uid: 1007,
  activity_id: 1,
  activity: 'process started',
  host,
  user: 'ana',
  parent_process: `C:\\Windows\\${parent}`,
  process: `C:\\Windows\\${program}`,
})
const flow = (src: string, dst: string, fields: Event['fields'] = {}): Partial<Event> => ({
  class_uid: 4001,
  activity_id: 2,
  activity: 'flow ended',
  host: 'sensor',
  src_ip: src,
  dst_ip: dst,
  fields,
})
const from = (country: string, latitude: string, longitude: string): Partial<Event> => ({
  src_ip: '203.0.113.9',
  enriched: { 'src.country': country, 'src.latitude': latitude, 'src.longitude': longitude },
})

test('an account on a machine for the first time', () => {
  const usual = days(12, (at) => [[at, login('CORP\\ana', 'lt-1.corp.example')]])
  assert.deepEqual(told('new-user-host', usual), [])
  const [text = ''] = told('new-user-host', [...usual, [after, login('ana', 'dc01')]])
  assert.match(text, /^ana logged in to dc01 for the first time; in 12 days before: 1 machines \(lt-1\)/)
  assert.deepEqual(told('new-user-host', [...usual, [after, login('ana', 'dc01', { outcome: 'failure' })]]), [])
})

test('what others do already is no news', () => {
  const crowd = days(12, (at) => ['ben', 'cid', 'dan'].map((user): Timed => [at, login(user, 'file01')]))
  const usual = days(12, (at) => [[at, login('ana', 'lt-1')]])
  assert.deepEqual(told('new-user-host', [...crowd, ...usual, [after, login('ana', 'file01')]]), [])
})

test('programs: a new child, a new file on a machine', () => {
  const usual = days(12, (at) => [[at, started('lt-1', 'explorer.exe', 'winword.exe')]])
  assert.equal(told('new-parent-process', [...usual, [after, started('lt-1', 'explorer.exe', 'x.exe')]]).length, 1)
  assert.equal(told('new-binary', [...usual, [after, started('lt-1', 'explorer.exe', 'x.exe')]]).length, 1)
  assert.deepEqual(told('new-binary', [...usual, [after, started('lt-1', 'winword.exe', 'winword.exe')]]), [])
})

test('a new country, and two places too far apart', () => {
  const home = from('IE', '53.3', '-6.2')
  const usual = days(12, (at) => [[at, login('ana', 'vpn', home)]])
  assert.deepEqual(told('impossible-travel', usual), [])
  const away: Timed = [
    start + 11 * day + hour,
    login('ana', 'vpn', { ...from('SG', '1.3', '103.8'), src_ip: '203.0.113.77' }),
  ]
  assert.match(told('impossible-travel', [...usual, away])[0] ?? '', /11,2\d\d km away: 11,2\d\d km\/h/)
  assert.match(told('new-country', [...usual, away])[0] ?? '', /ana logged in from SG for the first time/)
  const later: Timed = [after + day, login('ana', 'vpn', from('SG', '1.3', '103.8'))]
  assert.deepEqual(told('impossible-travel', [...usual, later]), [])
})

test('without coordinates two countries within the hour are too far', () => {
  const place = (country: string) => ({ src_ip: '203.0.113.9', enriched: { 'src.country': country } })
  const both: Timed[] = [
    [start, login('ana', 'vpn', place('IE'))],
    [start + 10 * minute, login('ana', 'vpn', place('BR'))],
  ]
  assert.equal(told('impossible-travel', both).length, 1)
})

test('acts of administration: never done, and at night', () => {
  const sudo = (command: string): Partial<Event> => ({
    class_uid: 1007,
    activity_id: 1,
    activity: 'command run as another user',
    user: 'ana',
    host: 'web01',
    command_line: command,
  })
  const usual = days(12, (at) => [[at, sudo('/usr/bin/systemctl restart nginx')]])
  assert.match(told('new-admin-action', [...usual, [after, sudo('/usr/sbin/useradd x')]])[0] ?? '', /sudo useradd/)
  assert.deepEqual(told('off-hours-admin', [...usual, [after + hour, sudo('ls')]]), [])
  assert.match(told('off-hours-admin', [...usual, [after + 17 * hour, sudo('ls')]])[0] ?? '', /at 02:00 UTC/)
})

test('a service that nobody had', () => {
  const usual = days(9, (at) => [[at, login('ana', 'srv1')]])
  const service = {
    class_uid: 1006,
    activity_id: 1,
    activity: 'service installed',
    host: 'srv1',
    fields: { ServiceName: 'Evil 7' },
  }
  assert.match(told('new-persistence', [...usual, [after, service]])[0] ?? '', /srv1 got service evil #/)
})

test('rare among peers', () => {
  const department = { enriched: { 'identity.department': 'nurses' } }
  const crowd = days(12, (at) => times(20, (n) => [at + n, login(`nurse${n}`, 'ward', department)]))
  const [text = ''] = told('rare-for-peers', [...crowd, [after, login('nurse3', 'dc01', department)]])
  assert.match(text, /nurse3 logs in to dc01: 1 of 20 in nurses did so/)
})

test('far more than usual at this hour', () => {
  const fails = (at: number, count: number): Timed[] =>
    times(count, (n) => [at + n * 1000, login('ana', 'vpn', { outcome: 'failure' })])
  const usual = days(12, (at, n) => fails(at, 1 + (n % 3)))
  assert.deepEqual(told('volume', [...usual, ...fails(after, 15)]), [])
  assert.match(
    told('volume', [...usual, ...fails(after, 60)])[0] ?? '',
    /failed logins of ana .*: 2\d; usual at this hour 2 ± 1.48/,
  )
})

test('a steady beat outside, not a busy browser', () => {
  const other = times(40, (n) => [start + n * minute, flow(`10.0.0.${n}`, '198.51.100.1')])
  const beats = times(300, (n) => [
    start + 2 * day + n * 4 * minute,
    flow('10.0.0.7', '198.51.100.9', { orig_bytes: 412 }),
  ])
  assert.match(told('beaconing', [...other, ...beats])[0] ?? '', /10\.0\.0\.7 calls 198\.51\.100\.9 every 240 s: score/)
  const browse = times(300, (n) => [
    start + 2 * day + ((n * n * 7919 * 1000) % day),
    flow('10.0.0.8', '198.51.100.8', { orig_bytes: (n * n) % 90_001 }),
  ])
  assert.deepEqual(told('beaconing', [...other, ...browse]), [])
})

test('a long connection, once a day, until it is usual', () => {
  const long = (at: number): Timed => [at, flow('10.0.0.7', '198.51.100.9', { duration: 5 * 3600 })]
  assert.equal(told('long-connection', [long(start), long(start + hour)]).length, 1)
  assert.equal(
    told(
      'long-connection',
      days(10, (at) => [long(at)]),
    ).length,
    3,
  )
})

test('data in names asked of DNS', () => {
  const ask = (domain: string): Partial<Event> => ({
    class_uid: 4003,
    activity: 'name looked up',
    src_ip: '10.0.0.7',
    domain,
  })
  const hex = (n: number) => (n * 2_654_435_761).toString(16).padStart(16, 'a7c3').repeat(2)
  const tunnel = times(200, (n) => [start + n * 5000, ask(`${hex(n)}.t.example.com`)])
  assert.match(told('dns-tunnel', tunnel)[0] ?? '', /10\.0\.0\.7 asked for 60 different names below example\.com/)
  assert.deepEqual(
    told(
      'dns-tunnel',
      times(200, (n) => [start + n * 5000, ask(`www${n}.example.com`)]),
    ),
    [],
  )
})

test('spraying known accounts, not guessing names', () => {
  const known = days(3, (at) => times(20, (n) => [at + n * minute, login(`user${n}`, `lt-${n}`)]))
  const fail = (user: string, at: number): Timed => [
    at,
    login(user, 'vpn', { outcome: 'failure', src_ip: '203.0.113.5' }),
  ]
  const spray = times(20, (n) => fail(`user${n}`, after + n * minute))
  assert.match(
    told('password-spraying', [...known, ...spray])[0] ?? '',
    /203\.0\.113\.5 failed to log in as 8 known accounts/,
  )
  assert.deepEqual(
    told('password-spraying', [...known, ...times(20, (n) => fail(`guess${n}`, after + n * minute))]),
    [],
  )
  assert.deepEqual(
    told('password-spraying', [...known, ...times(20, (n) => fail(`user${n}`, after + n * 30 * minute))]),
    [],
  )
})

test('very many files within minutes', () => {
  const file = (n: number, at: number): Timed => [
    at,
    {
      class_uid: 1001,
      activity_id: 5,
      activity: 'file renamed',
      user: 'ana',
      host: 'file01',
      file: `D:\\s\\${n}.doc.locked`,
    },
  ]
  const usual = days(5, (at) => times(20, (n) => file(n, at + n * 1000)))
  assert.deepEqual(told('mass-files', usual), [])
  assert.match(
    told('mass-files', [...usual, ...times(300, (n) => file(n, after + n * 100))])[0] ?? '',
    /most end in \.locked/,
  )
})

test('much data to a new destination', () => {
  const sent = (dst: string, megabytes: number, at: number): Timed => [
    at,
    flow('10.0.0.7', dst, { orig_bytes: megabytes * 1e6 }),
  ]
  const usual = days(8, (at) => [sent('198.51.100.1', 80, at)])
  assert.deepEqual(told('new-destination-volume', usual.slice(4)), [])
  assert.match(
    told('new-destination-volume', [...usual, sent('198.51.100.2', 300, after)])[0] ?? '',
    /sent 300 MB to 198\.51\.100\.2/,
  )
  assert.deepEqual(told('new-destination-volume', [...usual, sent('198.51.100.1', 300, after)]), [])
})

test('settings: off, and refused when there is no such', () => {
  const usual = days(12, (at) => [[at, login('ana', 'lt-1')]])
  assert.deepEqual(told('new-user-host', [...usual, [after, login('ana', 'dc01')]], { on: 0 }), [])
  assert.throws(() => openDetectors({ beacons: {} }), /anomalies\.beacons/)
  assert.throws(() => openDetectors({ beaconing: { scores: 1 } }), /anomalies\.beaconing\.scores/)
})
