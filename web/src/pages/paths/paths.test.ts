// What-if switches and questions: from the address, to the address, to the server.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { assetsOn, blastInput, chokeInput, goalText, goesOn, listInput, questionOf } from './ask.ts'
import { href, paramsOf } from '../../frame/places.ts'
import {
  allControls,
  assetOf,
  changesFor,
  changesOf,
  changesText,
  controls,
  partsOf,
  toggled,
  verbs,
  whatIfOf,
} from './whatif.ts'

const some = ['add mfa@portal-db', 'without web -> db', 'fix CWE-89@portal-app', 'without use it -> bastion']

test('a change is a verb and what it changes', () => {
  assert.deepEqual(partsOf('without use it -> bastion'), { verb: 'without', what: 'use it -> bastion' })
  assert.deepEqual(['', 'add', 'add ', 'drop table', 'addmfa@x'].map(partsOf), Array(5).fill(undefined))
})
test('the address reads as the cut says it', () =>
  assert.equal(changesText(some.slice(0, 2)), 'add mfa@portal-db; without web -> db'))
test('changes survive the address bar, whatever flows are called', () => {
  const name = fc.string({ minLength: 1 }).map((text) => text.replace(/^[;\s]+|[;\s]+$/g, ''))
  const change = fc.tuple(fc.constantFrom(...verbs), name).map(([verb, what]) => `${verb} ${what}`)
  fc.assert(
    fc.property(fc.uniqueArray(change, { maxLength: 8 }), (changes) => {
      const wanted = changes.filter((each) => partsOf(each) !== undefined)
      const { if: kept } = paramsOf(href('/paths', { if: changesText(wanted) }).split('?')[1] ?? '')
      assert.deepEqual(changesOf(kept), wanted)
    }),
  )
})
test('nonsense in the address is left out, repeats count once', () =>
  assert.deepEqual(changesOf('x; add mfa@a;; b; add waf@c; add waf@c; '), ['add mfa@a; b', 'add waf@c']))
test('the server gets each kind by itself', () => {
  assert.deepEqual(whatIfOf(some), {
    add: ['mfa@portal-db'],
    without: ['web -> db', 'use it -> bastion'],
    fix: ['CWE-89@portal-app'],
  })
  assert.deepEqual(whatIfOf([]), {})
})
test('a switch goes on and off', () => {
  assert.deepEqual(toggled(['a'], 'b'), ['a', 'b'])
  assert.deepEqual(toggled(['a', 'b'], 'a'), ['b'])
})
test('a step offers its flows and the weaknesses that its reasons name', () =>
  assert.deepEqual(
    changesFor({
      asset: 'web@dublin',
      over: ['internet -> web'],
      because: [
        { text: 'CWE-862 is typical of s3-bucket', factor: 0.02 },
        { text: 'CVE-2024-3094 was found', factor: 0.9 },
        { text: 'waf', factor: 0.5 },
      ],
    }),
    ['fix CWE-862@web', 'fix CVE-2024-3094@web', 'without internet -> web'],
  ))
test('every control of the model can be added', () => {
  assert.equal(allControls.length, 0)
  assert.equal(new Set(controls).size, controls.length)
})
test('a place belongs to its asset', () => assert.deepEqual(['web@dublin', 'web'].map(assetOf), ['web', 'web']))

test('an empty address asks the usual', () => {
  const question = questionOf({})
  assert.deepEqual(listInput(question, []), { k: 3 })
  assert.deepEqual(chokeInput(question, 'data:x'), { to: 'data:x' })
})
test('what stands in the address is asked; what cannot be is left out', () => {
  const question = questionOf({
    profile: 'laptop',
    from: 'it',
    to: 'data:x',
    k: '5',
    unseen: 'yes',
    below: '0.01',
    if: 'add mfa@a',
  })
  assert.deepEqual(listInput(question, []), {
    profile: 'laptop',
    from: 'it',
    k: 5,
    unseen: true,
    to: 'data:x',
    add: ['mfa@a'],
  })
  assert.deepEqual(listInput(question, ['data:x']).to, undefined)
  assert.equal(chokeInput(question, 'data:x').below, 0.01)
  assert.deepEqual(blastInput(question), { asset: 'it', add: ['mfa@a'] })
  assert.deepEqual(
    [questionOf({ k: '999' }).k, questionOf({ below: '7' }).below, questionOf({ view: 'x' }).view],
    ['3', undefined, 'paths'],
  )
})
test('goals in words', () => {
  const nameOf = (id: string): string => (id === 'patients' ? 'Patient records' : id)
  assert.equal(goalText('ransom:patients', nameOf), 'Patient records held to ransom')
  assert.equal(goalText('patients', nameOf), 'Patient records')
  assert.equal(goalText('odd:x', nameOf), 'odd:x')
})
test('steps that go on need no word about it', () =>
  assert.deepEqual([goesOn([], 0), goesOn([0], 1), goesOn([0, 1], 2), goesOn([], 1)], [true, true, false, false]))
test('assets of a path, each stay named once', () => {
  const steps = ['a', 'a', 'b', 'a'].map((asset) => ({ asset }) as Parameters<typeof assetsOn>[0]['steps'][number])
  assert.deepEqual(assetsOn({ steps }), ['a', 'b', 'a'])
})
