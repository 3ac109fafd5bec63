// Normalising: what stands where, nothing lost, and valid by the schema whatever the parser gave. The golden cases of all parsers are checked where they are.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { ocsfSchema } from '#standards'
import { temporaryEvents } from '#testkit'
import { eventIdOf } from '../columns.ts'
import { parseRecord } from '../parsing.ts'
import { rowsOf } from '../rows.ts'
import { eventMigrations } from '../schema.ts'
import { eventStore } from '../store.ts'
import type { Fields } from '../types.ts'
import { checkOcsf, eventOf, normalise, type Normalisable, type OcsfObject } from './index.ts'

const received = Date.UTC(2026, 2, 3, 9)
const formOf = (record: string | object): OcsfObject => {
  const raw = typeof record === 'string' ? record : JSON.stringify(record)
  return normalise({ ...parseRecord({ source: 'test', received, text: raw }), source: 'test', received, raw })
}
const at = (form: OcsfObject, path: string): unknown => {
  let value: unknown = form
  for (const name of path.split('.')) value = new Map(Object.entries(value ?? {})).get(name)
  return value
}
function stands(form: OcsfObject, wanted: Readonly<Record<string, unknown>>): void {
  for (const [path, value] of Object.entries(wanted)) assert.deepEqual(at(form, path), value, path)
  assert.deepEqual(checkOcsf(form), [])
}

test('A failed logon over SSH: who, whence, where, and that it failed', () => {
  const line = 'Mar  2 14:01:02 web01 sshd[123]: Failed password for invalid user admin from 192.0.2.7 port 4022 ssh2'
  const form = formOf(line)
  stands(form, {
    class_uid: 3002,
    class_name: 'Authentication',
    activity_id: 1,
    type_uid: 300_201,
    'user.name': 'admin',
    'src_endpoint.ip': '192.0.2.7',
    'src_endpoint.port': 4022,
    'dst_endpoint.hostname': 'web01',
    'device.hostname': 'web01',
    'device.os.type_id': 200,
    'actor.process.pid': 123,
    is_remote: true,
    'metadata.version': '1.6.0',
    'metadata.product.name': 'Linux',
    raw_data: line,
  })
  assert.equal(at(form, 'actor.user'), undefined)
  const kinds = form['observables']
  assert.ok(Array.isArray(kinds) && kinds.some((one) => JSON.stringify(one).includes('"192.0.2.7"')))
})

test('A process with its parent, its hashes, and the field that has no place', () => {
  const form = formOf({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'ws1.example',
    Image: 'C:\\Windows\\System32\\cmd.exe',
    ProcessId: '4242',
    CommandLine: 'cmd /c whoami',
    ParentImage: 'C:\\Windows\\explorer.exe',
    ParentProcessId: '77',
    User: 'CORP\\ada',
    Hashes: 'MD5=0123456789abcdef0123456789abcdef,IMPHASH=ff',
    RuleName: 'technique_id=T1059',
  })
  stands(form, {
    class_uid: 1007,
    activity_name: 'Launch',
    'process.pid': 4242,
    'process.name': 'cmd.exe',
    'process.cmd_line': 'cmd /c whoami',
    'process.file.parent_folder': 'C:\\Windows\\System32',
    'process.parent_process.pid': 77,
    'actor.process.name': 'explorer.exe',
    'actor.user.name': 'ada',
    'actor.user.domain': 'CORP',
    'metadata.event_code': '1',
    'unmapped.RuleName': 'technique_id=T1059',
    'process.file.hashes.0.algorithm': 'MD5',
    'process.file.hashes.1.algorithm_id': 99,
  })
})

test('A web request: its address in parts, its method as the activity, its answer as the outcome', () => {
  const form = formOf('192.0.2.1 - bob [02/Mar/2026:14:01:02 +0000] "POST /a/b?c=d HTTP/1.1" 403 12 "-" "curl/8"')
  stands(form, {
    class_uid: 4002,
    activity_name: 'Post',
    status_id: 2,
    'http_request.http_method': 'POST',
    'http_request.url.path': '/a/b',
    'http_request.user_agent': 'curl/8',
    'http_response.code': 403,
    'actor.user.name': 'bob',
  })
})

test('What no class has a place for is unmapped, under its own name, whatever the name', () => {
  const fields = JSON.parse('{"__proto__":"a","constructor":"b","zebra":[1,2]}') as Fields
  const form = normalise({ ...parseRecord({ source: 'test', received, text: 'hello' }), fields, domain: 'x.example' })
  const unmapped = new Map(Object.entries(form['unmapped'] ?? {}))
  assert.equal(unmapped.get('__proto__'), 'a')
  assert.equal(unmapped.get('constructor'), 'b')
  assert.deepEqual(unmapped.get('zebra'), [1, 2])
  assert.equal(unmapped.get('domain'), 'x.example')
  assert.deepEqual(checkOcsf(form), [])
})

test('Enrichments stand where OCSF has a place, the others in the list', () => {
  const event = parseRecord({
    source: 'test',
    received,
    text: 'Mar  2 14:01:02 web01 sshd[1]: Accepted password for ada from 192.0.2.7 port 1 ssh2',
  })
  const form = normalise({ ...event, enriched: { 'src.country': 'SE', 'asset.zone': 'dmz', 'intel.feed': 'ours' } })
  stands(form, { 'src_endpoint.location.country': 'SE', 'device.zone': 'dmz', 'enrichments.0.name': 'intel.feed' })
})

test('The check names what is wrong', () => {
  const good = formOf('Mar  2 14:01:02 web01 sshd[1]: Accepted password for ada from 192.0.2.7 port 1 ssh2')
  const problem = (change: OcsfObject): string =>
    checkOcsf({ ...good, ...change })
      .map(({ path, text }) => `${path} ${text}`)
      .join('; ')
  assert.match(problem({ time: 'now' }), /^time must be timestamp_t/)
  assert.match(problem({ severity_id: 42 }), /^severity_id 42 is not in its enumeration/)
  assert.match(problem({ zebra: 1 }), /^zebra is no attribute of authentication/)
  assert.match(problem({ category_uid: 4 }), /^category_uid must be 3/)
  assert.match(problem({ type_uid: 1 }), /^type_uid must be .* 300201/)
  assert.match(problem({ user: {} }), /^user needs at least one of account, name, uid/)
  assert.match(problem({ src_endpoint: { ip: '1.2.3.400' } }), /^src_endpoint\.ip must be ip_t/)
  assert.match(problem({ cloud: { provider: 'AWS' } }), /^cloud needs the profile cloud/)
  assert.match(problem({ observables: {} }), /^observables must be a list/)
  const { metadata: _, ...without } = good
  assert.deepEqual(checkOcsf(without)[0], { path: 'metadata', text: 'is required and missing' })
  assert.deepEqual(checkOcsf({ class_uid: 7 }), [{ path: 'class_uid', text: 'is no class that is known here: 7' }])
  assert.deepEqual(checkOcsf(null), [{ path: '', text: 'is no object' }])
})

const names = fc.oneof(
  fc.constantFrom('user', 'status', 'method', 'Image', 'LogonType', 'dst_port', 'answers', 'qtype_name', 'url', 'from', 'to', 'bytes', 'Hashes', 'md5', 'pid', 'uid'),
  fc.string({ maxLength: 20 }),
) // prettier-ignore
const scalar = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.ipV4(),
  fc.integer(),
)
const text = fc.option(fc.oneof(fc.string({ maxLength: 30 }), fc.ipV6(), fc.webUrl()), { nil: undefined })
const anyEvent = fc.record({
  class_uid: fc.constantFrom(...ocsfSchema().classes.keys(), 9999),
  activity_id: fc.option(fc.nat(100), { nil: undefined }),
  activity: fc.oneof(fc.constantFrom('login failed', 'file created', 'name looked up'), fc.string({ maxLength: 30 })),
  outcome: fc.constantFrom('success' as const, 'failure' as const, undefined),
  fields: fc.dictionary(names, fc.oneof(scalar, fc.array(scalar, { maxLength: 4 })), { maxKeys: 12 }),
  host: text,
  user: text,
  target_user: text,
  src_ip: text,
  dst_ip: text,
  src_host: text,
  domain: text,
  url: text,
  process: text,
  process_uid: text,
  parent_process: text,
  command_line: text,
  file: text,
})
test('Whatever a parser gives, its form is valid by the schema', () => {
  const base: Normalisable = parseRecord({ source: 'test', received, text: 'hello' })
  fc.assert(
    fc.property(anyEvent, (event) => {
      const form = normalise({ ...base, ...event })
      assert.deepEqual(checkOcsf(form), [])
      JSON.stringify(form)
    }),
    { numRuns: 2_000 },
  )
})

test('An event of the store comes out as it did fresh from the parser; empty columns say nothing', async (t) => {
  const fresh = parseRecord({
    source: 'test',
    received,
    text: 'Mar  2 14:01:02 web01 sshd[1]: Failed password for ada from 192.0.2.7 port 4022 ssh2',
  })
  const events = await temporaryEvents(t)
  await events.migrate(eventMigrations())
  await events.insert(
    'events',
    await rowsOf([{ ...fresh, id: eventIdOf(7), seq: 7, received, source: 'test', raw: 'r' }]),
    'one',
  )
  const form = normalise(eventOf(await eventStore(events, () => received).show(eventIdOf(7))))
  stands(form, { class_uid: 3002, status_id: at(form, 'status_id'), 'metadata.uid': eventIdOf(7), 'user.name': 'ada' })
  assert.ok(!JSON.stringify(form).includes('""'))
  assert.equal(at(form, 'dst_endpoint.port'), undefined)
})

test('Every class that parsers may give is in the schema', () => {
  const { classes } = ocsfSchema()
  for (const shape of classes.values()) {
    assert.equal(shape.category, Math.floor((shape.uid % 100_000) / 1_000))
    for (const names of shape.anyOf)
      for (const name of names) assert.ok(shape.attributes.has(name), `${shape.name}.${name}`)
  }
})
