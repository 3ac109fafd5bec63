// Rules: modifiers, conditions, collections, what cannot run, and that reading never throws.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import fc from 'fast-check'
import type { Fields } from '#telemetry'
import { compileRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { namesFitting, parseCondition } from './condition.ts'
import { type Lists, modifiers } from './modifiers.ts'
import { parseSigma } from './parse.ts'

/** A rule of one selection, run on one event. */
function holds(
  selection: string,
  fields: Fields,
  options: { raw?: string; lists?: Lists; condition?: string } = {},
): boolean | string {
  const text = `title: t\nid: t\nlogsource:\n  category: test\ndetection:\n  s:\n${selection.replaceAll(/^/gm, '    ')}\n  condition: ${options.condition ?? 's'}\n`
  const [parsed] = parseSigma(text, 't.yml', options.lists).documents
  if (parsed?.kind !== 'rule') return 'no rule'
  if (parsed.trouble) return `${parsed.trouble.state}: ${parsed.trouble.why}`
  const event = { logsource: { categories: ['test'] }, fields, raw: options.raw }
  return createEngine([compileRule(parsed.head, parsed.when)]).match(event).length > 0
}

test('each modifier holds and does not hold as documented', () => {
  const b64 = (text: string) => Buffer.from(text).toString('base64')
  const cases: readonly (readonly [string, Fields, boolean])[] = [
    ['F: CMD', { F: 'cmd' }, true],
    ['F: CMD', { f: 'cmd' }, false],
    ['F|exact: cmd', { F: 'xcmd' }, false],
    ['F|contains: md', { F: 'CMD.exe' }, true],
    ['F|startswith: cm', { F: 'CMD.exe' }, true],
    ['F|startswith: md', { F: 'CMD.exe' }, false],
    ["F|endswith: '\\cmd.exe'", { F: 'C:\\CMD.EXE' }, true],
    ['F|contains|all: [a, b]', { F: 'b a' }, true],
    ['F|contains|all: [a, b]', { F: 'a' }, false],
    ['F|contains|all: [a, b]', { F: ['a', 'b'] }, true],
    ['F|any: [a, b]', { F: 'b' }, true],
    ['F|cased: Cmd', { F: 'cmd' }, false],
    ['F|cased: Cmd', { F: 'Cmd' }, true],
    ['F|re: ^c.d$', { F: 'cmd' }, true],
    ['F|re: ^c.d$', { F: 'CMD' }, false],
    ['F|re|i: ^c.d$', { F: 'CMD' }, true],
    ['F|re|m: ^b$', { F: 'a\nb' }, true],
    ['F|re: a.b', { F: 'a\nb' }, false],
    ['F|re|s: a.b', { F: 'a\nb' }, true],
    ['F|cidr: 10.0.0.0/8', { F: '10.9.8.7' }, true],
    ['F|cidr: 10.0.0.0/8', { F: '11.9.8.7' }, false],
    ['F|cidr: 10.0.0.0/8', { F: '::ffff:10.1.1.1' }, true],
    ["F|cidr: '2001:db8::/32'", { F: '2001:0db8:1::5%eth0' }, true],
    ['F|cidr: 10.0.0.0/8', { F: 'host' }, false],
    ['F|base64: foobar', { F: 'Zm9vYmFy' }, true],
    ['F|base64: foobar', { F: 'zm9vymfy' }, false],
    ['F|base64offset|contains: foobar', { F: b64('xfoobary') }, true],
    ['F|base64offset|contains: foobar', { F: b64('xxfoobary') }, true],
    ['F|wide|base64offset|contains: IEX', { F: Buffer.from('-IEX', 'utf16le').toString('base64') }, true],
    ['F|utf16be|base64offset: IEX', { F: Buffer.from('IEX', 'utf16le').swap16().toString('base64') }, true],
    ["F|contains|windash: ' -f '", { F: 'cmd /f x' }, true],
    ["F|contains|windash: ' -f '", { F: 'cmd ―F x' }, true],
    ["F|contains|windash: 'a-b'", { F: 'a/b' }, false],
    ["F|windash|contains|all: [' -a', ' -b']", { F: 'x –b /a' }, true],
    ['F|lt: 10', { F: '9' }, true],
    ['F|lte: 10', { F: 10 }, true],
    ['F|gt: 10', { F: '0x20' }, false],
    ['F|gte: 9007199254740993', { F: '9007199254740992' }, false],
    ['F|gt: 10', {}, false],
    ['F|exists: true', { F: null }, true],
    ['F|exists: true', {}, false],
    ['F|exists: false', {}, true],
    ['F|fieldref: G', { F: 'A', G: 'a' }, true],
    ['F|fieldref: G', { F: 'A' }, false],
    ['F|fieldref|startswith: G', { F: 'Abc', G: 'aB' }, true],
    ['F|neq: [a, b]', { F: 'c' }, true],
    ['F|neq: [a, b]', { F: 'b' }, false],
    ['F|neq: a', {}, true],
    ['F|minute: 5', { F: '2026-01-31T12:05:00Z' }, true],
    ['F|hour|gte: 22', { F: '2026-01-31T23:05:00Z' }, true],
    ['F|hour: 22', { F: '2026-01-31T23:05:00+01:00' }, true],
    ['F|day: 31', { F: '1769817600' }, true],
    ['F|week: 53', { F: '2027-01-03' }, true],
    ['F|week: 1', { F: '2026-01-01' }, true],
    ['F|month: 1', { F: '2026-01-31 12:05:00' }, true],
    ['F|year: 2026', { F: 1769817600000 }, true],
    ['F: null', {}, true],
    ['F: null', { F: null }, true],
    ['F: null', { F: '' }, false],
    ["F: ''", { F: '' }, true],
    ["F: ''", {}, false],
    ["F|contains: ''", { F: 'x' }, true],
    ["F|contains: ''", {}, false],
    ["F: '*'", { F: '' }, true],
    ['F: 4624', { F: '4624' }, true],
    ["F: '4624'", { F: 4624 }, true],
    ['F: 1', { F: '01' }, false],
    ['F: 01', { F: '01' }, true],
    ['F: 0x1F3FFF', { F: '0x1f3fff' }, true],
    ['F: 0x10', { F: 16 }, true],
    ['F: 18446744073709551615', { F: '18446744073709551615' }, true],
    ['F: true', { F: true }, true],
    ["F: 'True'", { F: true }, true],
    ['F: yes', { F: 'yes' }, true],
    ["F: 'C:\\Windows\\*'", { F: 'C:\\Windows*' }, true],
    ["F: 'C:\\Windows\\\\*'", { F: 'C:\\Windows\\x' }, true],
    ["F: 'a?c'", { F: 'a😀c' }, true],
    ['- F: a\n- G: b', { G: 'b' }, true],
    ['- F: a\n- word', { G: 'a word here' }, true],
    ["'|all': [one, two]", { F: 'two', G: 'one' }, true],
    ['constructor: x', {}, false],
  ]
  for (const [selection, fields, expected] of cases)
    assert.equal(holds(selection, fields), expected, `${selection} on ${JSON.stringify(fields)}`)
})

test('keywords are looked for in the record as it came and in every value, not in names of fields', () => {
  assert.equal(holds('- logged command', { F: 'x' }, { raw: 'user logged COMMAND: no aaa' }), true)
  assert.equal(holds('- Fieldname', { Fieldname: 'x' }), false)
  assert.equal(holds('- 4624', { EventID: 4624 }), true)
  assert.equal(holds("- 'a*z'", { F: '.. a middle z ..' }), true)
  assert.equal(holds('- word', { F: ['no', 'a WORD'] }), true)
})

test('keywords with escaped characters, or in what a parser added, are found in records of Windows too', () => {
  const [parsed] = parseSigma(
    "title: t\nid: t\nlogsource: {product: windows}\ndetection:\n  k: ['C:\\Temp\\evil-tool', 'corp\\ada', 'say \"hello\" now']\n  condition: k\n",
    't.yml',
  ).documents
  assert.ok(parsed?.kind === 'rule' && !parsed.trouble)
  const engine = createEngine([compileRule(parsed.head, parsed.when)])
  const matches = (fields: Fields, written: Fields = fields) =>
    engine.match({
      logsource: { product: 'windows', categories: [] },
      parser: 'windows',
      fields,
      raw: JSON.stringify(written),
    }).length
  assert.equal(matches({ A: 'x C:\\temp\\EVIL-tool y' }), 1)
  assert.equal(matches({ A: 'say "hello" now' }), 1)
  assert.equal(matches({ User: 'CORP\\ada' }, { SubjectUserName: 'ada', SubjectDomainName: 'CORP' }), 1)
  assert.equal(matches({ A: 'C:\\temp evil-tool' }), 0)
})

test('placeholders are filled from lists, and a missing list is said', () => {
  const lists = { Servers: ['srv*', 'db01'] }
  assert.equal(holds("F|expand: '%Servers%'", { F: 'SRV7' }, { lists }), true)
  assert.equal(holds("F|expand: 'x-%Servers%'", { F: 'x-db01' }, { lists }), true)
  assert.equal(holds("F|expand: '\\%plain%Servers%'", { F: '%plaindb01' }, { lists }), true)
  assert.equal(holds("F|expand: '%Others%'", { F: 'x' }, { lists }), 'needs-list: needs a list for %Others%')
  assert.equal(holds("F: '%Servers%'", { F: '%servers%' }), true)
})

test('what cannot run says why', () => {
  assert.match(String(holds('F|re: (?=a)b', {})), /^unsupported: RE2 does not take/)
  assert.match(String(holds('F|contians: a', {})), /^invalid: contians: there is no modifier contians/)
  assert.match(String(holds('F|cidr: 10.0.0.0/33', {})), /^invalid: .*no range/)
  assert.match(String(holds('F|gt: many', {})), /^invalid: many is no number/)
  assert.match(String(holds('F|base64: a*b', {})), /^invalid: base64: an encoded value cannot have wildcards/)
  assert.match(String(holds('F|base64offset: ""', {})), /^invalid: .*too short/)
  assert.match(String(holds('F: a', {}, { condition: 's | count() > 5' })), /^unsupported: counting/)
  assert.match(String(holds('F: a', {}, { condition: 'all of x*' })), /^invalid: no selection fits/)
  assert.match(String(holds('F: a', {}, { condition: 's and t' })), /^invalid: the condition names t/)
  assert.match(String(holds('F: {a: b}', {})), /^invalid: a value is/)
  assert.match(String(holds('F|i: a', {})), /^invalid: i: it stands behind/)
})

test('conditions: precedence, brackets, selectors, selections named like operators', () => {
  const shape = (text: string, names: readonly string[] = []): string => {
    const parsed = parseCondition(text, new Set(names))
    return JSON.stringify(parsed.ok ? parsed.value : parsed.fail.text).replaceAll(/"op":|"name":|"of":|"/g, '')
  }
  assert.equal(shape('a or b and not c'), '{or,[{name,a},{and,[{name,b},{not,{name,c}}]}]}')
  assert.equal(shape('(a or b) AND c'), '{and,[{or,[{name,a},{name,b}]},{name,c}]}')
  assert.equal(
    shape('not 1 of x_* and all of them'),
    '{and,[{not,{each,all:false,pattern:x_*}},{each,all:true,pattern:*}]}',
  )
  assert.equal(shape('of and and', ['of', 'and']), '{and,[{name,of},{name,and}]}')
  assert.equal(shape('a b'), 'nothing joins b to what stands before')
  assert.equal(shape('(a'), 'a bracket is not closed')
  assert.equal(shape('a)'), 'a bracket is closed that was not opened')
  assert.equal(shape('2 of a*'), '`2 of` is not Sigma')
  assert.match(shape(`${'('.repeat(400)}a${')'.repeat(400)}`), /name,a|nested/)
  assert.deepEqual(namesFitting('*', ['a', '_b']), ['a'])
  assert.deepEqual(namesFitting('_*', ['a', '_b']), ['_b'])
  assert.deepEqual(namesFitting('s*_1', ['s_1', 'sel_1', 's_12', 'xs_1']), ['s_1', 'sel_1'])
})

test('problems carry the file, line and column', () => {
  const text = 'title: t\nlogsource: {category: test}\ndetection:\n  s:\n    F|contians: a\n  condition: s and (x\n'
  const { issues } = parseSigma(text, 'a.yml')
  const found = issues
    .filter(({ severity }) => severity === 'error')
    .map(({ at, text }) => `${at.line}:${at.column} ${text}`)
  assert.deepEqual(found, ['5:17 contians: there is no modifier contians', '6:20 a bracket is not closed'])
})

test('collections: global parts go under each rule, repeat takes the rule before, reset forgets', () => {
  const text = `action: global
title: G
logsource: {product: windows}
detection:
  condition: s
---
id: one
detection: {s: {A: 1}}
---
action: repeat
id: two
logsource: {category: test}
---
action: reset
---
id: three
title: T
logsource: {category: test}
detection: {s: {B: 1}, condition: s}
`
  const found = parseSigma(text, 'c.yml').documents.map(({ head, trouble }) => [
    head.id,
    head.title,
    head.source.product,
    head.source.category,
    trouble,
  ])
  assert.deepEqual(found, [
    ['one', 'G', 'windows', undefined, undefined],
    ['two', 'G', 'windows', 'test', undefined],
    ['three', 'T', undefined, 'test', undefined],
  ])
})

test('reading never throws, whatever the text', () => {
  const key = fc.constantFrom(
    'title',
    'id',
    'logsource',
    'detection',
    'condition',
    'selection',
    'filter',
    'rules',
    'correlation',
    'level',
    'tags',
    'action',
    'F|re',
    'F|contains|all',
    '|all',
    'F|expand',
    'F|cidr',
    'F|base64offset',
    '__proto__',
  )
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('1 of them', 'selection', 'global', 'not (a', '%x%', '(((('),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (value) => void parseSigma(JSON.stringify(value), 'x.yml')),
    { numRuns: 1500 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseSigma(`detection:\n  ${text}`, 'x.yml')),
    { numRuns: 500 },
  )
})

test('an expression that would explode with backtracking, and ten thousand alternatives, load and match', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `evil${at}.exe`)
  const expressions = ['(a+)+$', '(x|x)*y', many.slice(0, 500).join('|')]
  const detection = { a: { 'F|contains': many }, b: { 'F|re': expressions }, condition: '1 of them' }
  const text = JSON.stringify({ title: 't', logsource: { category: 'test' }, detection })
  const [parsed] = parseSigma(text, 'big.yml').documents
  assert.ok(parsed?.kind === 'rule' && !parsed.trouble)
  const engine = createEngine([compileRule(parsed.head, parsed.when)])
  const match = (F: string) => engine.match({ logsource: { categories: ['test'] }, fields: { F } })
  assert.equal(match(`${'a'.repeat(30_000)}b`).length, 0)
  for (let at = 0; at < 1000; at++) assert.equal(match(`C:\\Windows\\good${at}.exe --flag value${at}`).length, 0)
  assert.equal(match('c:\\EVIL9999.EXE x').length, 1)
})

test('every modifier is in the documentation', () => {
  const text = readFileSync('docs/reference/sigma.md', 'utf8')
  for (const name of Object.keys(modifiers)) assert.ok(text.includes(`\`${name}\``), name)
})
