// Parsers declared in YAML: read, tried, refused with place and remedy, asked before our own, linear on hostile lines.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { recordParser } from '../parse-record.ts'
import { checkDeclared, loadDeclared } from './load.io.ts'
import { patternOf } from './pattern.ts'
import { readDeclared, tryDeclared } from './read.ts'

const received = Date.UTC(2026, 2, 3, 9)
const badge = `name: badge
does: reads the letters of the badge office
syslog: true
recognise: { program: badged }
read:
  patterns:
    - "%{word:action} badge %{hex:badge} user %{user:login}%[ from %{ip:client}%]"
types: { badge: text }
values: { action: { denied: refused } }
columns: { user: login, src_ip: client }
event: { class: authentication, activity: badge used, activity_id: 1, outcome: success }
rules:
  - when: { action: refused }
    activity: badge refused
    severity: medium
    outcome: failure
logsource: { product: badges }
ocsf: { metadata.uid: badge }
tests:
  - line: "<38>Mar  2 14:01:02 gate1 badged[12]: denied badge 0a1b user Ada from 192.0.2.7"
    expect: { time: 2026-03-02T14:01:02Z, user: ada, src_ip: 192.0.2.7, host: gate1, outcome: failure, class: authentication, fields.action: refused }
  - line: "<38>Mar  2 14:01:02 gate1 badged[12]: accepted badge 0a1b user bob"
    expect: { outcome: success, src_ip: null }
  - line: "<38>Mar  2 14:01:02 gate1 sshd[12]: denied badge 0a1b user ada"
    other: true
`

test('a declared parser reads its lines, is asked before ours, and may be named', () => {
  const read = readDeclared(badge, 'badge.yaml')
  assert.ok(read.ok)
  assert.deepEqual(tryDeclared(read.value, received), [])
  const parse = recordParser([read.value.parser])
  const [line = ''] = read.value.definition.tests.map((one) => one.line)
  const event = parse({ source: 's', received, text: line })
  assert.deepEqual([event.parser, event.severity_id, event.process_uid], ['badge', 3, 'gate1:12'])
  assert.equal(parse({ source: 's', received, text: line, parser: 'syslog' }).parser, 'syslog')
  assert.match(parse({ source: 's', received, text: 'nothing', parser: 'badge' }).parse_error ?? '', /badge/)
  assert.deepEqual(read.value.parser.ocsf?.(event), { 'metadata.uid': 'badge' })
})

test('pairs, cells and JSON are read', () => {
  const made = (text: string, line: string) => {
    const read = readDeclared(text, 'x.yaml')
    assert.ok(read.ok, JSON.stringify(read))
    return recordParser([read.value.parser])({ source: 's', received, text: line })
  }
  const tests = 'tests: [{ line: x, other: true }]\ndoes: d\n'
  const pairs = made(
    `name: p\n${tests}recognise: { starts: "A:" }\nread: { pairs: { separator: ";", assign: ":" } }\ntypes: { n: number, ok: truth, l: list }\ntime: { field: t, zone: "+01:00" }\ncolumns: { host: [x, h] }\n`.replace(
      'name: p',
      'name: pairs1',
    ),
    'A:1;n:2;ok:yes;l:a,b;t:"2026-03-02 15:01:02";h:box',
  )
  assert.deepEqual([pairs.fields['n'], pairs.fields['ok'], pairs.fields['l'], pairs.host], [2, true, ['a', 'b'], 'box'])
  assert.equal(pairs.time, Date.UTC(2026, 2, 2, 14, 1, 2))
  const cells = made(
    `name: cells1\n${tests}recognise: { contains: "|" }\nread: { cells: { delimiter: "|", names: [a, "-", c] } }\n`,
    '1|2|"x|y"',
  )
  assert.deepEqual(cells.fields, { a: '1', c: 'x|y' })
  const json = made(
    `name: json1\n${tests}recognise: { has: a.b, equals: { kind: z } }\nread: { json: true }\ncolumns: { user: a.b }\n`,
    '{"a":{"b":"Ada"},"kind":"z"}',
  )
  assert.deepEqual([json.parser, json.user], ['json1', 'ada'])
})

test('every problem comes with file, line, column and remedy; good files are kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parsers-'))
  try {
    await writeFile(join(folder, 'badge.yaml'), badge)
    await writeFile(join(folder, 'same.yaml'), badge)
    await writeFile(
      join(folder, 'type.yaml'),
      badge.replace('name: badge', 'name: typed').replace('%{word:action}', '%{words:action}'),
    )
    await writeFile(join(folder, 'key.yaml'), badge.replace('syslog:', 'sislog:'))
    await writeFile(
      join(folder, 'wrong.yaml'),
      badge.replace('name: badge', 'name: wrong').replace('user: ada,', 'user: eve,'),
    )
    await writeFile(join(folder, 'broken.yaml'), 'name: [')
    const { parsers, issues, files } = await checkDeclared(folder, received)
    assert.equal(files, 6)
    assert.deepEqual(
      parsers.map(({ name }) => name),
      ['badge'],
    )
    for (const issue of issues) assert.ok(issue.at.file.startsWith(folder) && issue.help, issue.text)
    const codes = issues.map(({ code }) => code).sort()
    assert.deepEqual(codes, ['parser-name', 'parser-pattern', 'parser-test', 'unknown-key', 'yaml-syntax'])
    const type = issues.find(({ code }) => code === 'parser-pattern')
    assert.deepEqual([type?.at.line, type?.at.column], [7, 8])
    assert.deepEqual(await loadDeclared(join(folder, 'nowhere')), { declared: [], issues: [], files: 0 })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('patterns that could be read in two ways are refused', () => {
  for (const [source, what] of [
    ['%{text:a}%{word:b}', /plain text/],
    ['x %{rest:a} y', /nothing may stand/],
    ['%{word:a}', /no text/],
    ['a %[ b', /no `%\]`/],
    ['a %{nope:b}', /no type nope/],
    ['a %{b', /no value/],
    ['a %[ b %[ c%]%]', /stands in another/],
  ] as const) {
    const read = patternOf(source)
    assert.ok(!read.ok && what.test(read.fail.text), source)
  }
  const percent = patternOf('%{number:n}%% of %{text:what}: %{quoted:q}%[ end%]')
  assert.ok(percent.ok)
  assert.deepEqual(percent.value.match('12.5% of a b: "x \\"y\\"" end'), { n: '12.5', what: 'a b', q: 'x "y"' })
  assert.equal(percent.value.match('12.5% of a b: "x" tail'), undefined)
})

test('no line makes a pattern throw or slow', { timeout: 60_000 }, () => {
  const types = ['%{text:a}=', '%{word:b} ', '%[ from %{ip:c}%]', '%{quoted:d}', '%{iso:e}', '%{path:f}', ' x']
  const sources = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 8 }).map((list) => `${list.join('')}.`)
  fc.assert(
    fc.property(sources, fc.string({ unit: 'binary', maxLength: 200 }), (source, line) => {
      const read = patternOf(source)
      if (read.ok) read.value.match(line)
    }),
  )
  const read = patternOf('%{text:a}=%{text:b}=%{quoted:c}%[ from %{text:d};%]%{rest:e}')
  assert.ok(read.ok)
  for (const piece of ['=', 'a=', '"\\', ' from ;', '= "']) {
    // What takes more than linear time does not come back within the test's patience.
    read.value.match(piece.repeat(1_000_000 / piece.length))
  }
})
