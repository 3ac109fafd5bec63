// Mending by itself: what is changed, and that nothing else is.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { caretAfter, fixOf, isFixable } from './fixes.ts'

const given = { uuid: () => '11111111-2222-4333-8444-555555555555', day: '2026-01-31' }
type Case = readonly [code: string, line: number, says?: string, help?: string]
const fix = (text: string, [code, line, says = '', help = '']: Case): string | undefined =>
  fixOf(text, { code, text: says, help, at: { file: 'rule.yml', line } }, given)

const rule = `title: Whoami.
status: test
tags:
  - attack.exeution
  - attack.t1086
logsource:
  product: Windows
  category: process creation
detection:
  s:
    Image|endswith|contains|endswith: '*\\whoami.exe*'
  condition: s AND NOT f
`

test('each fix changes its line', () => {
  const cases: readonly (readonly [string, number, string, string, string])[] = [
    ['sigma-title-dot', 1, '', '', 'title: Whoami'],
    [
      'sigma-tag-tactic',
      4,
      'attack.exeution is no tactic of ATT&CK',
      'did you mean execution?',
      '  - attack.execution',
    ],
    ['sigma-tag-replaced', 5, 'ATT&CK took T1086 back', 'write attack.t1059.001', '  - attack.t1059.001'],
    ['sigma-logsource-case', 7, '', '', '  product: windows'],
    ['sigma-logsource-case', 8, '', '', '  category: process_creation'],
    [
      'sigma-modifier-twice',
      11,
      'the modifier endswith stands twice',
      '',
      "    Image|endswith|contains: '*\\whoami.exe*'",
    ],
    ['sigma-contains-star', 11, '', '', "    Image|endswith|contains|endswith: '\\whoami.exe'"],
    ['sigma-operator-case', 12, '', '', '  condition: s and not f'],
  ]
  for (const [code, line, says, help, wanted] of cases) {
    const fixed = fix(rule, [code, line, says, help])
    assert.equal(fixed?.split('\n')[line - 1], wanted, code)
    const others = (text: string | undefined) => text?.split('\n').filter((_, at) => at !== line - 1)
    assert.deepEqual(others(fixed), others(rule), code)
  }
})
test('what is missing is put where it belongs', () => {
  assert.match(fix(rule, ['sigma-id', 1]) ?? '', /^title: Whoami\.\nid: 11111111-2222-4333-8444-555555555555\n/)
  assert.match(
    fix(rule, ['sigma-date-missing', 1]) ?? '',
    /\nstatus: test\ndate: 2026-01-31\n|^title: .*\ndate: 2026-01-31\n/,
  )
  assert.match(fix(rule, ['sigma-level', 1]) ?? '', /\nlevel: medium\n$/)
})
test('a key that is nearly one is mended', () =>
  assert.equal(
    fix('titel: A\n', ['sigma-key-unknown', 1, 'titel is no key of Sigma', 'did you mean title?']),
    'title: A\n',
  ))
test('where a person has to decide there is no fix', () => {
  assert.equal(fix(rule, ['sigma-condition', 12]), undefined)
  assert.equal(isFixable(rule, { code: 'sigma-title-dot', text: '', help: '', at: { file: 'a', line: 2 } }), false)
})
test('fixes never throw, whatever the text and the place', () =>
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -2, max: 40 }), fc.string(), (text, line, says) => {
      for (const code of [
        'sigma-title-dot',
        'sigma-logsource-case',
        'sigma-modifier-twice',
        'sigma-id',
        'sigma-tag-tactic',
      ])
        fix(text, [code, line, says, 'did you mean title?'])
      assert.ok(caretAfter(text, `${text}x`, text.length) <= text.length + 1)
    }),
  ))
