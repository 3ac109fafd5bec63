// Peer groups: those of the model, the narrowest that is large enough, and what the names of machines show where it says nothing.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Event } from '#telemetry'
import { foldEvents } from './fold.ts'
import { day } from './numbers.ts'
import { schemeOf } from './peers.ts'
import { profileOf } from './profile.ts'
import { openDetectors } from './table.ts'
import { eventsOf, start } from './test-events.ts'

type Timed = readonly [time: number, more: Partial<Event>]
const after = start + 12 * day
const ran = (host: string, user: string, program: string, enriched: Record<string, string> = {}): Partial<Event> => ({
  class_uid: 1007,
  activity_id: 1,
  activity: 'process started',
  host,
  user,
  parent_process: '/bin/sh',
  process: `/usr/bin/${program}`,
  enriched,
})
/** Twelve days of members that each do the same. */
const crowd = (count: number, each: (n: number) => Partial<Event>): Timed[] =>
  Array.from({ length: 12 * count }, (_, at) => [start + Math.floor(at / count) * day + at, each(at % count)])

function told(events: readonly Timed[], settings: Record<string, number> = {}): string[] {
  const workers = openDetectors({ 'rare-for-peers': settings })
  return foldEvents(workers, eventsOf(events), -1)
    .filter(({ worker }) => worker.detector.name === 'rare-for-peers')
    .map(({ found }) => found.text)
}

test('an account against its group in the model, before its department', () => {
  const nurse = { 'identity.group': 'nurses', 'identity.department': 'Clinic' }
  const usual = crowd(10, (n) => ran('ward', `n${n}`, 'chart', nurse))
  const [text = ''] = told([...usual, [after, ran('ward', 'n3', 'nmap', nurse)]])
  assert.match(text, /^n3 runs nmap: 1 of 10 in nurses did so/)
})

test('a machine against its kind in its zone; against its kind alone where there are too few', () => {
  const server = (zone: string) => ({ 'asset.kind': 'linux-server', 'asset.zone': zone })
  const many = crowd(12, (n) => ran(`a${n}`, '', 'sshd', server('dmz')))
  const one = told([...many, [after, ran('a3', '', 'nmap', server('dmz'))]])
  assert.match(one[0] ?? '', /^a3 runs nmap: 1 of 12 in linux-server in dmz did so/)
  const few = crowd(3, (n) => ran(`b${n}`, '', 'sshd', server('inside')))
  const two = told([...many, ...few, [after, ran('b1', '', 'nmap', server('inside'))]])
  assert.match(two[0] ?? '', /^b1 runs nmap: 1 of 15 in linux-server did so/)
})

test('accounts that the model does not place: against those at home on machines named alike', () => {
  const usual = [
    ...crowd(6, (n) => ran(`FN-010${n}`, `f${n}`, 'ledger')),
    ...crowd(6, (n) => ran(`DV-020${n}`, `d${n}`, 'gcc')),
  ]
  const strange: Timed[] = [[after, ran('FN-0102', 'f2', 'gcc')]]
  assert.match(told([...usual, ...strange])[0] ?? '', /^f2 runs gcc: 1 of 6 in accounts at home on fn-\* did so/)
  assert.deepEqual(told([...usual, ...strange], { observed: 0 }), [])
  assert.deepEqual(told([...usual, [after, ran('DV-0203', 'd3', 'gcc')]]), [])
})

test('machines that it does not place: against those named alike; a name without digits has no peers', () => {
  const usual = crowd(8, (n) => ran(`web${n}`, '', 'nginx'))
  assert.match(
    told([...usual, [after, ran('web3', '', 'nc')]])[0] ?? '',
    /^web3 runs nc: 1 of 8 in machines named web\*/,
  )
  assert.deepEqual(told([...usual, [after, ran('bastion', '', 'nc')]]), [])
  assert.deepEqual(['ck-0117', 'web01', 'desktop-4f7k', 'bastion', '10.0.0.1', 'x1', ''].map(schemeOf), [
    'ck-*',
    'web*',
    'desktop-*',
    '',
    '',
    '',
    '',
  ])
})

test('profiles say whom somebody is held against, and who says so', () => {
  const workers = openDetectors()
  const placed = ran('srv1', 'ada', 'x', { 'identity.group': 'nurses', 'asset.kind': 'kiosk', 'asset.zone': 'ward' })
  foldEvents(
    workers,
    eventsOf([
      [start, placed],
      [start + 1, ran('FN-0101', 'eve', 'x')],
      [start + 2, ran('bastion', 'bo', 'x')],
    ]),
    -1,
  )
  const profiles = workers.find(({ detector }) => detector.name === 'profiles')
  const peersOf = (kind: 'user' | 'host', name: string) => {
    const { peers, peersBy } = profileOf(kind, name, profiles?.body(`${kind}:${name}`))
    return [peers, peersBy]
  }
  assert.deepEqual(peersOf('user', 'ada'), ['nurses', 'model'])
  assert.deepEqual(peersOf('host', 'srv1'), ['kiosk in ward', 'model'])
  assert.deepEqual(peersOf('user', 'eve'), ['accounts at home on fn-*', 'observed'])
  assert.deepEqual(peersOf('host', 'fn-0101'), ['machines named fn-*', 'observed'])
  assert.deepEqual(peersOf('host', 'bastion'), ['', ''])
})
