// What follows from what stands beside it: kinds of systems and hashes, captions, lengths of time, one person on both sides.
import assert from 'node:assert/strict'
import test from 'node:test'
import { ocsfSchema } from '#standards'
import { parse } from '../parsers/goldens.test.ts'
import { checkOcsf } from './check.ts'
import { derive } from './derive.ts'
import { normalise } from './normalise.ts'
import { converted, type OcsfObject } from './value.ts'

test('The kind of a system follows from its name', () => {
  const kinds = { 'Mac OS X': 300, 'Windows 11': 100, 'Windows Phone 8': 101, Android: 201, iPadOS: 302, 'Red Hat Enterprise Linux 9': 200, Plan9: undefined } // prettier-ignore
  for (const [name, id] of Object.entries(kinds)) {
    const object: OcsfObject = { name }
    derive('os', object)
    assert.equal(object['type_id'], id, name)
  }
})

test('The kind of a hash follows from its length, unless it is said', () => {
  const object: OcsfObject = { value: 'd41d8cd98f00b204e9800998ecf8427e' }
  derive('fingerprint', object)
  assert.equal(object['algorithm_id'], 1)
  const named: OcsfObject = { value: 'd41d8cd98f00b204e9800998ecf8427e', algorithm: 'IMPHASH' }
  derive('fingerprint', named)
  assert.equal(named['algorithm_id'], undefined)
})

test('A duration is milliseconds: clocks and fractions of seconds are turned into them', () => {
  const attribute = ocsfSchema().classes.get(4001)?.attributes.get('duration')
  assert.ok(attribute)
  for (const [value, ms] of [
    ['0:01:07', 67_000],
    ['1:00:00', 3_600_000],
    [0.25, 250],
    ['1500', 1_500],
    ['soon', undefined],
    [-1, undefined],
  ] as const)
    // prettier-ignore
    assert.equal(converted(attribute, value), ms, String(value))
})

test('Who signs in and nobody else is named: actor and user are one person, and what is known of one is known of the other', () => {
  const text = JSON.stringify({
    eventVersion: '1.08',
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    eventTime: '2026-03-02T14:01:02Z',
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', arn: 'arn:aws:iam::210987654321:user/ada', userName: 'ada' },
    responseElements: { ConsoleLogin: 'Success' },
  }) // prettier-ignore
  const event = normalise(parse(text))
  const { actor, user } = event
  const person = { name: 'ada', uid: 'arn:aws:iam::210987654321:user/ada', uid_alt: 'AIDAEXAMPLE' }
  for (const [name, value] of Object.entries(person)) {
    assert.equal(new Map(Object.entries(user ?? {})).get(name), value, `user.${name}`)
    const acting = new Map(Object.entries(actor ?? {})).get('user')
    assert.equal(new Map(Object.entries(acting ?? {})).get(name), value, `actor.user.${name}`)
  }
  assert.deepEqual(checkOcsf(event), [])
})

test('Exactly one means exactly one', () => {
  const base = { class_uid: 3003, activity_id: 1, category_uid: 3, type_uid: 300301, severity_id: 1, time: 1, metadata: { version: '1.6.0', product: { name: 'x' } }, user: { name: 'ada' } } // prettier-ignore
  assert.deepEqual(checkOcsf({ ...base, privileges: ['SeTcbPrivilege'] }), [])
  for (const more of [{}, { privileges: ['SeTcbPrivilege'], group: { name: 'g' } }])
    assert.ok(checkOcsf({ ...base, ...more }).some(({ text }) => text.startsWith('needs exactly one of')))
})
