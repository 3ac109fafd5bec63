// Rules read for people.
import assert from 'node:assert/strict'
import test from 'node:test'
import { falseText, kindOf, logsourceOf, originText, overrideText, worstByLine } from './read.ts'

test('a rule says where it comes from', () => {
  const at = { path: 'windows/a.yml', pack: '', revision: '' }
  assert.equal(originText({ ...at, from: 'pack', pack: 'sigma', revision: '8eaafff1f2845a69' }), 'sigma @ 8eaafff1')
  assert.equal(originText({ ...at, from: 'own' }), 'own rules')
  assert.equal(originText({ ...at, from: 'folder' }), 'windows/a.yml')
  assert.equal(originText({ ...at, from: 'built-in' }), 'Castellan')
  assert.equal(logsourceOf({ product: 'windows', category: '', service: 'security' }), 'windows / security')
})
test('false alarms are a share of what was judged, and nothing before', () => {
  assert.equal(falseText({ benign: 0, confirmed: 0 }), '')
  assert.equal(falseText({ benign: 3, confirmed: 1 }), '75 % false (3 benign, 1 confirmed)')
})
test('an override is what castellan.yaml takes', () => {
  assert.equal(overrideText({ id: 'a', level: 'low' }, 'off'), 'overrides:\n  a: { enabled: false, reason: … }\n')
  assert.equal(kindOf('nonsense'), 'all')
})
test('the worst finding of a line counts', () => {
  const at = (line: number) => ({ file: 'a', line })
  const worst = worstByLine([
    { severity: 'hint', at: at(2) },
    { severity: 'error', at: at(2) },
    { severity: 'warning', at: at(2) },
    { severity: 'hint', at: { file: 'a' } },
  ])
  assert.deepEqual(
    [...worst],
    [
      [2, 'error'],
      [1, 'hint'],
    ],
  )
})
