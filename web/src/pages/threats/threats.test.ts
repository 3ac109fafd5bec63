// Threats taken apart, and decisions while they are written.
import assert from 'node:assert/strict'
import test from 'node:test'
import { dayText, decisionOf, wrongWith, type Draft } from './draft.ts'
import { chainOf, diffLines, sentence, splitInputs, weaknessLink } from './read.ts'

const witness = { origin: 'internet', start: 'internet', people: [], trust: [], hops: 1, text: '' } as const
const flows = [
  { id: 'web -> app', from: 'web', to: 'app' },
  { id: 'queries', from: 'app', to: 'db' },
  { id: 'logs', from: 'db', to: 'siem' },
]

test('a witness is a chain from where it begins, each asset with the flow that leads to it', () => {
  const { links, besides } = chainOf(
    { ...witness, people: [], trust: [], assets: ['web', 'app', 'db'], flows: ['web -> app', 'queries', 'logs'] },
    flows,
  )
  assert.deepEqual(
    links.map(({ id, by }) => [id, by]),
    [
      ['internet', ''],
      ['web', ''],
      ['app', 'web -> app'],
      ['db', 'queries'],
    ],
  )
  assert.deepEqual(besides, ['logs'])
})
test('people log in; an asset that it begins with stands there once', () => {
  const login = { ...witness, start: 'nurses', people: ['nurses'], trust: [], assets: ['app'], flows: [] }
  assert.deepEqual(chainOf(login, flows).links.at(-1), { id: 'app', by: '', how: 'login' })
  const self = { ...witness, start: 'app', people: [], trust: [], assets: ['app'], flows: [] }
  assert.equal(chainOf(self, flows).links.length, 1)
})
test('likelihood is the product of its factors; severity is counted apart', () => {
  const { factors, product, harms } = splitInputs([
    { name: 'frequency', value: 2, why: '' },
    { name: 'exposure', value: 0.5, why: '' },
    { name: 'confidentiality', value: 4, why: '' },
  ])
  assert.equal(factors.length, 2)
  assert.equal(product, 1)
  assert.deepEqual(
    harms.map(({ name }) => name),
    ['confidentiality'],
  )
})
test('only CWE ids have pages', () => {
  assert.equal(weaknessLink('CWE-89'), 'https://cwe.mitre.org/data/definitions/89.html')
  assert.equal(weaknessLink('javascript:alert(1)'), undefined)
})
test('headings begin large', () => assert.equal(sentence('patch it'), 'Patch it'))
test('lines of a diff say what they are', () =>
  assert.deepEqual(
    diffLines('--- a\n+++ b\n@@ -1 +1 @@\n same\n-old\n+new\n').map(({ kind }) => kind),
    ['place', 'place', 'place', 'same', 'gone', 'added'],
  ))

const draft: Draft = { threat: 'flood@web', decision: 'mitigated', reason: 'r', owner: 'ada', until: '', control: '' }
test('a decision says why and who; accepted only until a day to come', () => {
  assert.deepEqual(wrongWith(draft, '2027-01-31'), {})
  assert.deepEqual(Object.keys(wrongWith({ ...draft, reason: ' ', owner: '' }, '2027-01-31')), ['reason', 'owner'])
  assert.ok(wrongWith({ ...draft, decision: 'accepted' }, '2027-01-31').until)
  assert.ok(wrongWith({ ...draft, until: '2027-01-30' }, '2027-01-31').until)
  assert.deepEqual(wrongWith({ ...draft, decision: 'accepted', until: '2027-01-31' }, '2027-01-31'), {})
})
test('empty fields are not sent', () => {
  assert.deepEqual(Object.keys(decisionOf(draft)), ['threat', 'decision', 'reason', 'owner'])
  assert.equal(decisionOf({ ...draft, control: ' waf ' }).control, 'waf')
})
test('days as files write them', () => assert.equal(dayText(new Date(2027, 0, 5)), '2027-01-05'))
