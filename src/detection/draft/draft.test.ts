// Drafted rules: whatever the events, the draft is read by our own parser and matches each of them.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { asFault, seededRandom } from '#kernel'
import type { Fields, FieldValue } from '#telemetry'
import { compileRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { parseSigma } from '../sigma/parse.ts'
import { type Chosen, draftRule } from './draft.ts'
import { sigmaText, yamlText } from './text.ts'

const start = Date.UTC(2026, 2, 1, 9)
const draft = (events: readonly Chosen[]) => draftRule(events, { at: start, random: seededRandom(1) })

/** A field as it is stored and shown: lists joined, null left out. */
const stored = (value: FieldValue): string =>
  Array.isArray(value) ? value.filter((one) => one !== null).join(', ') : value === null ? '' : String(value)
const chosen = (fields: Fields, more: Partial<Chosen> = {}): Chosen => ({
  time: start,
  activity: 'process started',
  severity_id: 1,
  product: 'windows',
  service: 'sysmon',
  categories: ['process_creation'],
  fields: Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (stored(value) === '' ? [] : [[name, stored(value)]])),
  ),
  raw: JSON.stringify(fields),
  ...more,
})
/** Whether a rule matches events as they are when they come in: with lists and numbers, not texts. */
function matches(yaml: string, all: readonly { fields: Fields; chosen: Chosen }[]): boolean {
  const { documents, issues } = parseSigma(yaml, 'draft.yml')
  const [rule] = documents
  assert.deepEqual(issues, [], yaml)
  assert.ok(rule?.kind === 'rule' && rule.trouble === undefined, yaml)
  const engine = createEngine([compileRule(rule.head, rule.when)])
  return all.every(({ fields, chosen: { product, service, categories, raw } }) => {
    const logsource = { categories, ...(product && { product }), ...(service && { service }) }
    return engine.match({ logsource, fields, raw }).length === 1
  })
}

test('two command shells: the program by its name, the common words, not the user or the process', () => {
  const of = (user: string, folder: string, pid: number) =>
    chosen({
      EventID: 1,
      Image: `C:\\${folder}\\cmd.exe`,
      ParentImage: 'C:\\Program Files\\Microsoft Office\\WINWORD.EXE',
      CommandLine: `cmd.exe /c whoami /groups > C:\\Users\\${user}\\out.txt`,
      User: `FERNHILL\\${user}`,
      Computer: 'WS01',
      ProcessId: pid,
      ProcessGuid: '{5AA2E0A2-0001-0001-0001-000000000000}',
      UtcTime: '2026-03-01 09:00:00.000',
    })
  const { yaml, fields, left, title } = draft([of('ada', 'Windows\\System32', 41), of('eve', 'Temp', 97)])
  assert.deepEqual(fields, ['Image', 'CommandLine', 'ParentImage'])
  assert.deepEqual(left, ['Computer'])
  assert.equal(title, 'process started: cmd.exe')
  assert.match(yaml, /Image\|endswith: '\\cmd\.exe'/)
  assert.match(yaml, /ParentImage\|endswith: '\\WINWORD\.EXE'/)
  assert.match(yaml, /CommandLine\|contains\|all:\n {6}- 'whoami'\n {6}- '\/groups'/)
  assert.match(yaml, /product: windows\n {2}category: process_creation\n/)
  assert.match(yaml, /id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n/)
  assert.doesNotMatch(yaml, /\bada\b|\beve\b|5AA2E0A2|EventID/)
})

test('without a category the number of the event is asked for; ends that are shared become modifiers', () => {
  const of = (file: string, host: string) =>
    chosen(
      { EventID: 5145, ShareName: '\\\\*\\ADMIN$', RelativeTargetName: file, DestinationHostname: host },
      { categories: [], service: 'security' },
    )
  const { yaml } = draft([of('temp\\a1.exe', 'x.example.com'), of('temp\\b2.exe', 'mail.example.com')])
  assert.match(yaml, /EventID: 5145/)
  assert.match(yaml, /RelativeTargetName\|startswith: 'temp\\'/)
  assert.match(yaml, /DestinationHostname\|endswith: '\.example\.com'/)
  assert.ok(yaml.includes(String.raw`ShareName: '\\\\\*\ADMIN$'`), yaml)
  assert.match(yaml, /service: security/)
})

test('text without fields: words that all records have', () => {
  const of = (raw: string) =>
    chosen({}, { raw, product: 'linux', service: 'sshd', categories: [], activity: 'login failed' })
  const events = [
    of('Mar  1 09:00:00 db01 sshd[41]: Failed password for invalid user ada from 10.0.0.1 port 4711'),
    of('Mar  1 09:00:07 db01 sshd[57]: Failed password for invalid user eve from 10.0.0.9 port 4712'),
  ]
  const { yaml } = draft(events)
  assert.match(yaml, /keywords:\n {4}'\|all':\n/)
  assert.match(yaml, /- 'password'/)
  assert.ok(
    matches(
      yaml,
      events.map((one) => ({ fields: {}, chosen: one })),
    ),
  )
})

test('what has nothing in common is refused with a reason', () => {
  const refuses = (events: readonly Chosen[], why: RegExp) =>
    assert.throws(
      () => draft(events),
      (thrown) => asFault(thrown).code === 'INPUT_INVALID' && why.test(asFault(thrown).message),
    )
  const other = chosen({ a: 'x' }, { product: 'linux', service: 'sshd', categories: [] })
  refuses([chosen({ Image: 'x' }), other], /no log source in common \(windows\/sysmon, linux\/sshd\)/)
  refuses([chosen({}, { raw: 'abc' }), chosen({}, { raw: 'xyz' })], /share nothing/)
})

const names = fc.constantFrom(
  'Image',
  'CommandLine',
  'TargetObject',
  'Details',
  'Hashes',
  'odd name',
  'a:b',
  '#c',
  'query',
)
const pieces = fc.constantFrom(
  '\\',
  '*',
  '?',
  "'",
  '"',
  ', ',
  'cmd.exe',
  ' ',
  '\n',
  'é',
  'ſ',
  'İ',
  '%x%',
  'Abc',
  '12',
  '|',
  ': ',
)
const text = fc.oneof(
  fc.string(),
  fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
)
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), { maxLength: 3 }),
)

test('any draft is read without a remark and matches each of its events as they came in', () =>
  fc.assert(
    fc.property(
      fc.dictionary(names, value, { maxKeys: 5 }),
      fc.array(fc.dictionary(names, value, { maxKeys: 2 }), { maxLength: 3 }),
      (base, changes) => {
        const all = [base, ...changes.map((change): Fields => ({ ...base, ...change }))]
        const events = all.map((fields) => ({ fields, chosen: chosen(fields) }))
        try {
          const { yaml } = draft(events.map((one) => one.chosen))
          assert.ok(matches(yaml, events), `${yaml}\n${JSON.stringify(all)}`)
        } catch (thrown) {
          if (asFault(thrown).code !== 'INPUT_INVALID') throw thrown
        }
      },
    ),
    { numRuns: 600 },
  ))

test('values survive both escapings', () =>
  fc.assert(
    fc.property(text, (one) => {
      fc.pre(one !== '' && !/\p{Cs}/u.test(one) && one === one.trim() && !/%[^%\s]+%/.test(one))
      const yaml = `title: t\nid: 0b0c4f2e-0000-4000-8000-000000000000\nlevel: low\nlogsource:\n  product: windows\ndetection:\n  s:\n    f: ${yamlText(sigmaText(one))}\n  condition: s\n`
      assert.ok(matches(yaml, [{ fields: { f: one }, chosen: chosen({ f: one }) }]), yaml)
    }),
    { numRuns: 400 },
  ))
