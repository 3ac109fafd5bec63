// YAML with positions: what it answers, what it refuses, and that it never throws.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { type Issue, placeText } from '#kernel'
import { issuesOfZod, listFiles, parseYaml, parseYamlAll, yamlLimits } from '#platform'

const read = (text: string) => {
  const parsed = parseYaml(text, 'x.yaml')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.fail[0]?.text)
  return parsed.value
}
const wrong = (text: string): Issue[] => {
  const parsed = parseYaml(text, 'x.yaml')
  assert.ok(!parsed.ok, 'it was accepted')
  return parsed.fail
}
const first = (text: string): string => {
  const [issue] = wrong(text)
  assert.ok(issue?.help, 'it says what to do')
  return `${placeText(issue.at)} ${issue.code}`
}

test('values are plain and YAML 1.2: yes and dates are text', () => {
  const text = 'a: yes\nb: 2024-01-31\nc: [1, 2.5, true, null, "x"]\nd: {e: ~}\nf: |\n  two\n  lines\n1: one\n'
  assert.deepEqual(read(text).value, {
    '1': 'one',
    a: 'yes',
    b: '2024-01-31',
    c: [1, 2.5, true, null, 'x'],
    d: { e: null },
    f: 'two\nlines\n',
  })
  assert.equal(read('').value, null)
  assert.equal(read('# only a comment\n').value, null)
  assert.deepEqual(read('base: &b {x: 1}\nother: *b\n').value, { base: { x: 1 }, other: { x: 1 } })
})

test('a key called __proto__ is a key like any other', () => {
  const { value } = read('__proto__: {polluted: true}\nconstructor: 1\n')
  assert.equal(JSON.stringify(value), '{"__proto__":{"polluted":true},"constructor":1}')
  assert.equal('polluted' in {}, false)
})

test('every part knows its place', () => {
  const document = read('zones:\n  office: {trust: 50}\n  lab:\n    cidrs:\n      - 10.0.0.0/8\n      - bad\n')
  const at = (path: (string | number)[], of?: 'key') => placeText(document.place(path, of))
  assert.equal(at([]), 'x.yaml:1:1')
  assert.equal(at(['zones', 'office', 'trust']), 'x.yaml:2:19')
  assert.equal(at(['zones', 'office', 'trust'], 'key'), 'x.yaml:2:12')
  assert.equal(at(['zones', 'lab', 'cidrs', 1]), 'x.yaml:6:9')
  assert.equal(at(['zones', 'lab', 'missing', 'deeper']), 'x.yaml:4:5')
})

test('what is wrong is said with its place', () => {
  assert.match(first('a: [1, 2\nb: 3\n'), /^x\.yaml:2:\d+ yaml-syntax$/)
  assert.equal(first('a: 1\nb: 2\na: 3\n'), 'x.yaml:3:1 yaml-key-twice')
  assert.match(first('a: *nothing\n'), /^x\.yaml:1:4 yaml-(alias|syntax)$/)
  assert.equal(first('? {complex: key}\n: 1\n'), 'x.yaml:1:3 yaml-key')
  assert.equal(first('a: 1\n---\nb: 2\n'), 'x.yaml:3:1 yaml-many-documents')
  assert.match(first('a: !!python/object:os.system x\n'), /yaml-syntax$/)
  assert.equal(wrong('a: 1\na: 2\nb: 1\nb: 2\n').length, 2, 'all problems at once')
})

test('several documents are read when asked for', () => {
  const all = parseYamlAll('a: 1\n---\nb: 2\n', 'x.yaml')
  assert.ok(all.ok)
  assert.deepEqual(
    all.value.map(({ value }) => value),
    [{ a: 1 }, { b: 2 }],
  )
  assert.equal(all.value[1]?.place(['b']).line, 3)
})

test('bombs are refused: expanded they would not fit into memory', () => {
  const laughs = Array.from(
    { length: 12 },
    (_, n) =>
      `a${n}: &a${n} [${
        n === 0
          ? 'x'
          : Array(9)
              .fill(`*a${n - 1}`)
              .join(',')
      }]`,
  )
  assert.match(first(laughs.join('\n')), /yaml-too-(large|many-aliases|deep)$/)
  assert.match(first('['.repeat(100_000)), /yaml-too-deep$/)
  assert.match(first(`a: ${'['.repeat(70)}${']'.repeat(70)}`), /yaml-too-deep$/)
  assert.match(
    first(Array.from({ length: 3_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')),
    /yaml-too-deep|yaml-unreadable|yaml-syntax/,
  )
  assert.match(first(`${'- '.repeat(200_000)}x`), /yaml-too-deep|yaml-unreadable|yaml-syntax/)
  assert.equal(first('x'.repeat(yamlLimits.bytes + 1)), 'x.yaml yaml-too-large')
  assert.match(first('&a [*a]'), /yaml/)
  assert.equal(
    Object.keys(Object(read(Array.from({ length: 100_000 }, (_, n) => `k${n}: 1`).join('\n')).value)).length,
    100_000,
  )
})

test('it never throws, whatever the text', () => {
  const pieces = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '-',
    '[',
    ']',
    '{',
    '}',
    '&a',
    '*a',
    '!',
    '|',
    '>',
    '"',
    "'",
    '#',
    '%',
    '\t',
    '---',
    '<<',
    '\0',
    '\u{1F600}',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (given) => {
      const parsed = parseYaml(given, 'x.yaml')
      if (!parsed.ok) for (const issue of parsed.fail) assert.ok(issue.text.length > 5 && issue.at.file === 'x.yaml')
      else assert.ok(parsed.value.place(['a', 0, 'b']).line)
    }),
    { numRuns: 3_000 },
  )
})

test('JSON is YAML: what goes in comes out', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      assert.equal(JSON.stringify(read(JSON.stringify(value)).value), JSON.stringify(JSON.parse(JSON.stringify(value))))
    }),
    { numRuns: 300 },
  )
})

const Input = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
  z.strictObject({ kind: z.literal('net'), listen: z.string(), port: z.number().int().max(65_535) }),
])
const Settings = z.strictObject({
  name: z.string().min(3),
  level: z.enum(['info', 'warning', 'error']),
  inputs: z.array(Input).optional(),
  hosts: z
    .record(z.string(), z.strictObject({ address: z.string(), tags: z.array(z.string()).max(2).default([]) }))
    .optional(),
  port: z.union([z.number(), z.literal('auto')]).optional(),
})
const complaints = (text: string): string[] => {
  const document = read(text)
  const parsed = Settings.safeParse(document.value)
  assert.ok(!parsed.success)
  return issuesOfZod(parsed.error, document, 'x.yaml', Settings).map(
    ({ at, code, text: what, help }) => `${placeText(at)} ${code}: ${what} (${help})`,
  )
}

test("zod's problems become issues with a place, all of them, with the word that was meant", () => {
  const text = [
    'nam: x',
    'level: warn',
    'inputs:',
    '  - {kind: file, pth: /var}',
    '  - {kind: net, listen: "a", port: 70000}',
    '  - {kind: fil}',
    'hosts:',
    '  web: {adress: 10.0.0.1}',
    '  db: {address: 7, tags: [a, b, c]}',
    'port: sometimes',
  ].join('\n')
  assert.deepEqual(complaints(text), [
    'x.yaml:1:1 missing-key: the file needs name (add name: …)',
    'x.yaml:1:1 unknown-key: unknown key nam (did you mean name?)',
    'x.yaml:2:8 wrong-value: level cannot be warn (did you mean warning?)',
    'x.yaml:4:5 missing-key: inputs[0] needs path (add path: …)',
    'x.yaml:4:18 unknown-key: unknown key pth in inputs[0] (did you mean path?)',
    'x.yaml:5:36 wrong-value: inputs[1].port must be at most 65535, not 70000 (write a number of at most 65535)',
    'x.yaml:6:12 wrong-value: inputs[2].kind cannot be fil (did you mean file?)',
    'x.yaml:8:3 missing-key: hosts.web needs address (add address: …)',
    'x.yaml:8:9 unknown-key: unknown key adress in hosts.web (did you mean address?)',
    'x.yaml:9:17 wrong-type: hosts.db.address must be text, not a number (write text)',
    'x.yaml:9:26 wrong-value: hosts.db.tags must have at most 2 entries (give at most 2 entries)',
    'x.yaml:10:7 wrong-value: port cannot be sometimes: Invalid input (Invalid input)',
  ])
})

test('a file that is no map at all is said so', () => {
  assert.deepEqual(complaints('- a\n- b\n'), [
    'x.yaml:1:1 wrong-type: the file must be a map of keys, not a list (write a map of keys)',
  ])
})

const rules = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/sigma')
test('published Sigma rules are read', { skip: existsSync(rules) ? false : `${rules} not present` }, async () => {
  const files = (await listFiles(rules, { endings: ['.yml'], maxFiles: 20_000 })).filter((_, index) => index % 10 === 0)
  assert.ok(files.length > 100)
  const unread = files.filter((file) => !parseYamlAll(readFileSync(file, 'utf8'), file).ok)
  assert.deepEqual(unread, [])
})
