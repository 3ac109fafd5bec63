// What the first page asks a person to look at.
import assert from 'node:assert/strict'
import test from 'node:test'
import { attention } from './operations/overview.ts'

const well = {
  sources: [],
  stores: [],
  rules: { running: 3 },
  issues: [],
  ledgerOk: true,
  differences: 0,
  ending: [],
  full: false,
}

test('a house in order asks for nothing', () => assert.deepEqual(attention(well), []))
test('what is wrong comes with the worst first, each with its page', () => {
  const source = {
    name: 'gate',
    kind: 'syslog-udp',
    state: 'failed' as const,
    detail: 'port taken',
    events: 0,
    bytes: 0,
    rejected: 2,
    unparsed: 0,
    lastSeen: null,
    perSecond: 0,
    overQuota: 0,
    bytesToday: 0,
    unparsedShare: 0,
    unparsedWhy: '',
    lagMiddle: null,
    lagMost: null,
    unusual: '',
  }
  const found = attention({
    ...well,
    sources: [source],
    ledgerOk: false,
    differences: 3,
    full: true,
    rules: { invalid: 2 },
    issues: [{ code: 'x', severity: 'error', at: { file: 'a.yaml', line: 2 }, text: 'wrong' }],
  })
  assert.deepEqual(
    found.map(({ level, to }) => `${level} ${to}`),
    [
      'critical /ledger',
      'high /sources',
      'high /sources',
      'medium /rules',
      'medium /estate',
      'medium /reality',
      'low /sources',
    ],
  )
  assert.ok(found.every(({ title, detail }) => title !== '' && detail !== ''))
})
