import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { hostChanges, hostEvents, type HostFacts, type Listener } from './index.ts'

const facts = (part: Partial<HostFacts> = {}): HostFacts => ({
  at: 1_000,
  name: 'web01',
  system: { platform: 'linux', id: 'debian', title: 'Debian 12', version: '12', kernel: '6.1' },
  interfaces: [],
  gateways: [],
  listening: [],
  packages: { manager: 'dpkg', count: 0, items: [] },
  users: [],
  journal: { present: false, readable: false },
  logs: [],
  unknown: [],
  ...part,
})
const listener = (part: Partial<Listener> = {}): Listener => ({
  transport: 'tcp',
  port: 22,
  addresses: ['0.0.0.0'],
  process: 'sshd',
  pid: 1,
  user: 'root',
  package: 'openssh-server',
  ...part,
})
const packages = (...items: [string, string][]): HostFacts['packages'] => ({
  manager: 'dpkg',
  count: items.length,
  items: items.map(([name, version]) => ({ name, version, architecture: 'amd64' })),
})
const account = (name: string, admin: boolean) => ({ name, uid: 1000, shell: '/bin/bash', login: true, admin })
const texts = (before: HostFacts, after: HostFacts): string[] => hostChanges(before, after).map(({ text }) => text)

test('a machine compared with itself has not changed, whatever its process numbers', () => {
  const one = facts({ listening: [listener()], packages: packages(['a', '1']), users: [account('ada', true)] })
  assert.deepEqual(hostChanges(one, { ...one, at: 2_000, listening: [listener({ pid: 99 })] }), [])
})
test('ports open and close; one that others can now reach counts as new', () => {
  const before = facts({
    listening: [listener(), listener({ port: 5432, process: 'postgres', addresses: ['127.0.0.1'] })],
  })
  const after = facts({ at: 2_000, listening: [listener({ port: 5432, process: 'postgres' })] })
  assert.deepEqual(texts(before, after), [
    'tcp port 22 closed by sshd',
    'tcp port 5432 closed by postgres',
    'tcp port 5432 opened by postgres, reachable from other machines',
  ])
})
test('a program that could not be seen before is no new port', () => {
  const hidden = facts({ listening: [listener({ process: '', pid: null, package: '' })] })
  assert.deepEqual(texts(hidden, facts({ listening: [listener()] })), [])
})
test('packages and accounts', () => {
  const before = facts({
    packages: packages(['a', '1'], ['b', '1']),
    users: [account('ada', false), account('bob', true)],
  })
  const after = facts({
    packages: packages(['a', '2'], ['c', '1']),
    users: [account('ada', true), account('eve', true)],
  })
  assert.deepEqual(texts(before, after), [
    'package a changed from 1 to 2',
    'package c 1 installed',
    'package b 1 removed',
    'account ada changed: may now become root',
    'account eve (may become root) added',
    'account bob (may become root) removed',
  ])
})
test('what could not be read has not changed', () => {
  const before = facts({ listening: [listener()], users: [account('ada', true)] })
  const unknown = [
    { what: 'listening ports', why: 'not permitted' },
    { what: 'users', why: 'not permitted' },
  ]
  assert.deepEqual(texts(before, facts({ unknown })), [])
})

test('a change is one line of JSON that names itself', () => {
  const changes = hostChanges(facts(), facts({ at: 2_000, listening: [listener()] }))
  assert.deepEqual(
    hostEvents(changes).map((text): unknown => JSON.parse(text)),
    [
      {
        castellan: 'host-change',
        transport: 'tcp',
        port: 22,
        addresses: '0.0.0.0',
        exposed: true,
        process: 'sshd',
        user: 'root',
        package: 'openssh-server',
        kind: 'port-opened',
        text: 'tcp port 22 opened by sshd, reachable from other machines',
        time: 2_000,
        host: 'web01',
      },
    ],
  )
})
test('a reading is one record', () => {
  const [text = '', ...more] = hostEvents(facts({ listening: [listener()] }))
  assert.deepEqual(more, [])
  const record: unknown = JSON.parse(text)
  assert.ok(typeof record === 'object' && record !== null && 'kind' in record && 'exposed' in record)
  assert.equal(record.kind, 'snapshot')
  assert.deepEqual(record.exposed, ['tcp/22'])
})

const someListeners = fc.array(
  fc
    .record({
      port: fc.integer({ min: 1, max: 5 }),
      process: fc.constantFrom('a', 'b'),
      addresses: fc.constantFrom('::', '::1').map((address) => [address]),
    })
    .map((part) => listener(part)),
  { maxLength: 6 },
)
test('there and back again: what opens one way closes the other', () =>
  fc.assert(
    fc.property(someListeners, someListeners, (a, b) => {
      const there = hostChanges(facts({ listening: a }), facts({ listening: b })).map(({ kind }) => kind)
      const back = hostChanges(facts({ listening: b }), facts({ listening: a })).map(({ kind }) => kind)
      const count = (kinds: readonly string[], kind: string) => kinds.filter((one) => one === kind).length
      assert.equal(count(there, 'port-opened'), count(back, 'port-closed'))
      assert.equal(count(there, 'port-closed'), count(back, 'port-opened'))
    }),
  ))
