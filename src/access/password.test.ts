// Password rules, hashing, throttling's arithmetic, and what roles and scopes allow.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { type Actor, anyRole, type Role, roles, seededRandom } from '#kernel'
import { mayRun } from './may-run.ts'
import { passwordComplaint } from './password.ts'
import { hashPassword, isPassword, nobodys } from './password-hash.io.ts'
import { addressGroup, longestWait, waitAfter } from './throttle.ts'
import { Name, Scope } from './types.ts'

test('password rules', () => {
  const wrong: readonly [string, string, RegExp][] = [
    ['short', 'ada', /at least 12 characters; this has 5/],
    ['elevenchars', 'ada', /this has 11/],
    ['x'.repeat(1001), 'ada', /at most 1000/],
    ['abababababab', 'ada', /too few different/],
    ['Password1234', 'ada', /commonest/],
    ['correcthorsebatterystaple', 'ada', /commonest/],
    ['my name is Grace', 'grace', /must not contain the name/],
    ['GRACE is my name', ' Grace ', /must not contain the name/],
  ]
  for (const [password, name, complaint] of wrong) assert.match(passwordComplaint(password, name) ?? '', complaint)
  for (const password of [
    'three calm otters',
    'tr0ub4dor&3-and-more',
    'пароль из слов и дел',
    '🦦🦉🐢🐝🦊🐙🦦🦉🐢🐝🦊🐙',
  ])
    assert.equal(passwordComplaint(password, 'ada'), undefined)
  assert.equal(passwordComplaint('canada is wide', 'ada'), undefined)
})

test('hashes are Argon2id with the documented setting, salted, and know their password only', async () => {
  const random = seededRandom(1)
  const hash = await hashPassword('three calm otters é', random)
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.notEqual(hash, await hashPassword('three calm otters é', random))
  assert.ok(await isPassword('three calm otters é', hash))
  assert.ok(await isPassword('three calm otters e\u0301', hash))
  assert.ok(!(await isPassword('three calm otters', hash)))
  assert.ok(!(await isPassword('three calm otters é', undefined)))
})

test('an unknown name is as much work as a wrong password: a hash of the same setting, salt and length', async () => {
  const hash = await hashPassword('three calm otters', seededRandom(1))
  const shape = (text: string) => {
    const [, kind, version, setting, salt = '', rest = ''] = text.split('$')
    return { kind, version, setting, salt: salt.length, rest: rest.length }
  }
  assert.deepEqual(shape(nobodys), shape(hash))
  assert.equal(await isPassword('four wild otters', undefined), false)
  assert.equal(await isPassword('four wild otters', hash), false)
})

test('waits: free tries, then doubled seconds, at most 15 minutes', () => {
  assert.deepEqual(
    [0, 4, 5, 6, 7, 14, 15, 1e9].map((failed) => waitAfter(failed, 5)),
    [0, 0, 1000, 2000, 4000, 512_000, longestWait, longestWait],
  )
})

test('addresses of one IPv6 network count as one', () => {
  assert.equal(addressGroup('192.0.2.7'), '192.0.2.7')
  assert.equal(addressGroup('::ffff:192.0.2.7'), '::ffff:192.0.2.7')
  assert.equal(addressGroup('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
  assert.equal(addressGroup('2001:db8:1:2::9'), '2001:db8:1:2')
  assert.equal(addressGroup('2001:db8::9'), '2001:db8:0:0')
  assert.equal(addressGroup('::1'), '0:0:0:0')
})

const word = fc.constantFrom('alert', 'user', 'rule', 'list', 'create', 'set-role', 'ingest')
const operation = fc.record({
  name: fc.tuple(word, word).map(([noun, verb]) => `${noun}.${verb}` as const),
  may: fc.subarray([...roles]),
})
const scope = fc.oneof(
  fc.constantFrom('*', 'ingest', 'ingest:web01', '', '.', 'alert', 'alert.', '*.list', 'ALERT.LIST'),
  fc.tuple(word, fc.oneof(word, fc.constant('*'))).map(([noun, verb]) => `${noun}.${verb}`),
)

test('a role is needed, and a scope when there are any; nothing else helps', () => {
  fc.assert(
    fc.property(operation, fc.constantFrom(...roles), fc.option(fc.array(scope)), (asked, role, scopes) => {
      const actor: Pick<Actor, 'role' | 'scopes'> = scopes === null ? { role } : { role, scopes }
      const [noun = ''] = asked.name.split('.')
      const covered = scopes === null || ['*', asked.name, `${noun}.*`].some((known) => scopes.includes(known))
      assert.equal(mayRun(actor, asked), asked.may.includes(role) && covered)
    }),
    { numRuns: 1000 },
  )
})

test('scopes for sending events open no operation, and no scopes open none', () => {
  fc.assert(
    fc.property(operation, fc.constantFrom(...roles), (asked, role: Role) => {
      for (const scopes of [[], ['ingest'], ['ingest:web01'], ['ingest', 'ingest:a.b']])
        assert.ok(!mayRun({ role, scopes }, { ...asked, may: anyRole }))
    }),
  )
})

test('names and scopes', () => {
  for (const name of ['ada', 'Ada Lovelace', 'ada@example.org', "o'neil", 'vector on web01', 'Zoë', '李雷'])
    assert.ok(Name.safeParse(name).success, name)
  for (const name of ['', ' ', 'usr_1', 'TOK_x', '-x', 'a\nb', 'a<b>', 'x'.repeat(101)])
    assert.ok(!Name.safeParse(name).success, name)
  for (const text of ['*', 'ingest', 'ingest:web01.dmz', 'alert.list', 'alert.*', 'user.set-role'])
    assert.ok(Scope.safeParse(text).success, text)
  for (const text of ['', 'alert', '*.list', 'ingest:', 'ingest:a b', 'Alert.list', 'alert.list '])
    assert.ok(!Scope.safeParse(text).success, text)
})
