// Every check of the linter has a rule that it finds fault with; a sound rule has nothing said about it.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { lintRules, lintTable } from './lint.ts'

const id = 'b1d2c3f4-0a5b-4c6d-8e7f-001122334455'
const head = `title: A sound rule
id: ${id}
status: test
description: It finds something.
author: Castellan
date: 2026-01-31
tags: [attack.execution, attack.t1059.001]
level: high
`
const source = 'logsource: { product: windows, category: process_creation }\n'
const detection = `detection:
  selection: { CommandLine|contains: whoami }
  condition: selection
`
const sound = head + source + detection
/** The sound rule with other lines for some keys of the head. */
const headed = (...lines: readonly string[]): string => {
  const keys = lines.map((line) => line.split(':')[0] ?? '')
  const kept = head.split('\n').filter((line) => !keys.includes(line.split(':')[0] ?? ''))
  return `${[...kept.filter(Boolean), ...lines].join('\n')}\n${source}${detection}`
}
const without = (key: string): string =>
  sound
    .split('\n')
    .filter((line) => !line.startsWith(`${key}:`))
    .join('\n')
/** The sound rule with this selection; more lines go below `detection`. */
const selected = (selection: string, condition = 'selection', more = ''): string =>
  `${head}${source}detection:\n  selection:\n    ${selection.replaceAll('\n', '\n    ')}\n${more}  condition: ${condition}\n`
const ofSource = (text: string): string => `${head}logsource: ${text}\n${detection}`
const second = sound.replace(id, id.replace('b1', 'b2'))
const both = (other: string): string => `${sound}---\n${other}`

/** What each check finds fault with. */
const cases: Readonly<Record<string, string>> = {
  shape: '- a list\n',
  detection: head + source,
  logsource: head + detection,
  condition: selected('A: b', 'selection and'),
  selection: selected('A: b', 'other'),
  value: selected('CommandLine: []'),
  'modifier-unknown': selected('CommandLine|containz: x'),
  modifier: selected('CommandLine|i: x'),
  null: selected('CommandLine|contains: null'),
  regex: selected("CommandLine|re: 'a(?=b)'"),
  cidr: selected('CommandLine|cidr: nowhere'),
  number: selected('CommandLine|gt: many'),
  exists: selected('CommandLine|exists: maybe'),
  fieldref: selected('CommandLine|fieldref: 4'),
  timeframe: selected('CommandLine: x', 'selection', '  timeframe: 5m\n'),
  action: `action: global\ntitle: x\n---\n${sound}`,
  'cidr-bits': selected('CommandLine|cidr: 10.0.0.1/8'),
  'filter-keeps': `title: f\nid: ${id}\n${source}filter:\n  rules: any\n  s: { User: x }\n  condition: s\n`,
  title: without('title'),
  id: without('id'),
  level: without('level'),
  status: headed('status: ripe'),
  date: headed('date: yesterday'),
  'logsource-case': ofSource('{ product: Windows }'),
  unused: selected('CommandLine: x', 'selection', '  spare: { User: x }\n'),
  'null-in-list': selected('CommandLine: [x, null]'),
  'empty-text': selected("CommandLine|contains: ''"),
  'key-unknown': headed('falsepostives: [x]'),
  'title-long': headed(`title: ${'x'.repeat(257)}`),
  'title-dot': headed('title: It ends.'),
  'id-form': headed('id: mine'),
  'status-missing': without('status'),
  'description-missing': without('description'),
  'author-missing': without('author'),
  'author-form': headed('author: [a, b]'),
  'date-missing': without('date'),
  'date-real': headed('date: 2026-02-30'),
  'date-slash': headed('date: 2026/01/31'),
  'date-order': headed('date: 2026-02-01', 'modified: 2026-01-01'),
  'references-form': headed('references: https://example.org'),
  'references-twice': headed('references: [a, a]'),
  'falsepositives-form': headed('falsepositives: none'),
  'fields-form': headed('fields: User'),
  'tags-form': headed('tags: attack.t1059'),
  'related-form': headed('related: [{ id: x, type: cousin }]'),
  'tag-form': headed('tags: [attack.t1059, Attack]'),
  'tag-namespace': headed('tags: [attack.t1059, house.x]'),
  'tag-twice': headed('tags: [attack.t1059, attack.t1059]'),
  'tag-tactic': headed('tags: [attack.t1059, attack.excution]'),
  'tag-unknown': headed('tags: [attack.t1059, attack.t0042]'),
  'tag-replaced': headed('tags: [attack.t1086]'),
  'tag-retired': headed('tags: [attack.t1108, attack.t1051, attack.t1153]'),
  'tag-none': headed('tags: [attack.execution]'),
  'logsource-key': ofSource('{ product: windows, source: sysmon }'),
  'field-unknown': selected('Commandline|contains: whoami'),
  'field-space': selected('Command Line: x'),
  'modifier-twice': selected('CommandLine|contains|contains: whoami'),
  'modifier-clash': selected('CommandLine|contains|endswith: whoami'),
  'all-single': selected('CommandLine|contains|all: whoami'),
  'contains-star': selected("CommandLine|contains: '*whoami'"),
  'star-edge': selected("CommandLine: '*whoami*'"),
  'star-only': selected("CommandLine: '*'"),
  'stars-many': selected("CommandLine: 'a*b*c*d*e*f*g*h'"),
  'escape-star': selected(String.raw`CommandLine|startswith: 'C:\Windows\*'`),
  'escape-network': selected(String.raw`CommandLine: '\\server\share'`),
  'value-twice': selected('CommandLine|contains: [whoami, WhoAmI]'),
  'value-covered': selected('CommandLine|contains: [whoami, whoami /all]'),
  'value-space': selected("CommandLine: ' whoami'"),
  'value-number': `${head}logsource: { product: windows, service: security }\ndetection:\n  s: { EventID: logon }\n  condition: s\n`,
  'value-path': selected('Image: cmd.exe'),
  'value-name': selected('Image|endswith: cmd.exe'),
  're-plain': selected('CommandLine|re: whoami'),
  're-edge': selected("CommandLine|re: '.*who[a-m]+i'"),
  're-cost': selected("CommandLine|re: '[a-f]{8}'"),
  're-flag': selected("CommandLine|re: '(?i)whoami +/all'"),
  'neq-absent': selected('CommandLine|neq: whoami'),
  'fieldref-self': selected('CommandLine|fieldref: CommandLine'),
  'exists-spare': selected('CommandLine|exists: true\nCommandLine|contains: whoami'),
  'windash-none': selected('CommandLine|contains|windash: whoami'),
  'wide-alone': selected('CommandLine|wide: whoami'),
  'base64-offset': selected('CommandLine|base64|contains: whoami'),
  'expand-none': selected('CommandLine|expand: whoami'),
  'keyword-short': `${head}${source}detection:\n  keywords: [dd]\n  condition: keywords\n`,
  never: selected('Image: a\nCommandLine: x', 'selection and other', '  other: { CommandLine: y }\n'),
  always: selected('CommandLine: x', 'selection or not selection'),
  'only-not': selected('CommandLine: x', 'not selection'),
  'dead-part': selected(
    'CommandLine|endswith: x',
    'selection and (other or third)',
    '  other: { CommandLine|endswith: y }\n  third: { User: z }\n',
  ),
  open: selected("CommandLine|re: '[a-f]{8}'"),
  'pattern-one': selected('CommandLine: x', '1 of them'),
  'operator-case': selected('CommandLine: x', 'selection AND selection'),
  'selection-twice': selected('CommandLine: x', 'selection or other', '  other: { CommandLine: x }\n'),
  'id-twice': both(sound),
  'title-twice': both(second),
  'name-twice': both(`name: n\n${second}`).replace('title:', 'name: n\ntitle:'),
  'rule-twice': both(second),
  'related-old': both(second.replace('level:', `related: [{ id: ${id}, type: obsolete }]\nlevel:`)),
}

const codesIn = (text: string): Set<string> =>
  new Set(lintRules([{ file: 'rule.yml', text }]).findings.map(({ code }) => code.replace(/^sigma-/, '')))

test('a sound rule has nothing said about it', () => {
  assert.deepEqual([...codesIn(sound)], [])
})

for (const { code } of lintTable)
  test(`finds: ${code}`, () => {
    const text = cases[code]
    assert.ok(text !== undefined, 'a check without a case')
    assert.ok(codesIn(text).has(code), `found only ${[...codesIn(text)].join(', ')}`)
  })

test('the table has each code once and at least sixty, and every finding is in it with its place and a remedy', () => {
  const codes = lintTable.map(({ code }) => code)
  assert.equal(new Set(codes).size, codes.length)
  assert.ok(codes.length >= 60)
  const known = new Set(codes.map((code) => `sigma-${code}`))
  for (const text of Object.values(cases))
    for (const finding of lintRules([{ file: 'rule.yml', text }]).findings) {
      assert.ok(known.has(finding.code), finding.code)
      assert.ok(finding.help !== '' && finding.text !== '', finding.code)
      assert.ok((finding.at.line ?? 0) > 0, finding.code)
    }
})

test('places are those of the line that is meant', () => {
  const text = selected('Image|endswith: \\a.exe\nCommandLine|contains|all: whoami')
  const [finding] = lintRules([{ file: 'r.yml', text }]).findings
  assert.equal(finding?.code, 'sigma-all-single')
  assert.equal(text.split('\n')[(finding.at.line ?? 0) - 1]?.trim(), 'CommandLine|contains|all: whoami')
  assert.equal(finding.rule, id)
})

test('fields that the store has seen are known', () => {
  const text = selected('Extra: whoami')
  const seen = () => new Set(['Extra'])
  const codes = lintRules([{ file: 'r.yml', text }], { seen }).findings.map(({ code }) => code)
  assert.deepEqual(codes, [])
})

test('no text makes the linter throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.jsonValue({ maxDepth: 3 }), (text, value) => {
      lintRules([{ file: 'a.yml', text }])
      lintRules([
        {
          file: 'b.yml',
          text: JSON.stringify({ title: text, logsource: value, detection: value, tags: value, related: value }),
        },
      ])
      lintRules([
        {
          file: 'c.yml',
          text: JSON.stringify({
            detection: { s: value, condition: 's' },
            logsource: { category: 'process_creation' },
          }),
        },
      ])
    }),
    { numRuns: 300 },
  )
})

const sigma = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/sigma')
const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder']
test(
  'all rules of SigmaHQ: no error, and few warnings',
  { skip: existsSync(sigma) ? false : `no ground truth at ${sigma}` },
  (t) => {
    const files = folders.flatMap((folder) =>
      readdirSync(join(sigma, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.yml'))
        .map((name) => join(sigma, folder, name)),
    )
    const { rules, findings } = lintRules(files.map((file) => ({ file, text: readFileSync(file, 'utf8') })))
    const counts = new Map<string, number>()
    for (const { severity, code } of findings)
      counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1)
    assert.ok(rules > 3_000)
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    )
    assert.ok(findings.filter(({ severity }) => severity === 'warning').length < 40)
    t.diagnostic(`${rules} rules: ${JSON.stringify([...counts].sort((a, b) => b[1] - a[1]))}`)
  },
)
