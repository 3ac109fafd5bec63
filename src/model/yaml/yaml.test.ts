import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { parseYaml } from '#platform'
import { plainYaml } from './plain-yaml.ts'
import { readYaml } from './read-yaml.ts'

const pathsIn = (value: unknown, above: readonly PropertyKey[] = []): (readonly PropertyKey[])[] => [
  above,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, below]) =>
        pathsIn(below, [...above, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
]

/** Whether the quick way reads a text. What it reads has the values and the places that the whole parser gives. */
function readsQuickly(text: string): boolean {
  if (!plainYaml(text)) return false
  const [quick, whole] = [readYaml(text, 'a.yaml'), parseYaml(text, 'a.yaml')]
  assert.ok(quick.ok && whole.ok, `the whole parser refuses ${JSON.stringify(text)}`)
  assert.deepEqual(quick.value.value, whole.value.value, JSON.stringify(text))
  for (const path of [...pathsIn(whole.value.value), ['nothing'], [0]])
    for (const of of ['key', 'value'] as const)
      assert.deepEqual(quick.value.place(path, of), whole.value.place(path, of), JSON.stringify([text, path, of]))
  return true
}

test('the examples are read the quick way, and as the whole parser reads them', () => {
  for (const folder of ['examples/fernhill-health/model', 'examples/castellan/model'])
    for (const file of readdirSync(folder)) assert.ok(readsQuickly(readFileSync(join(folder, file), 'utf8')), file)
})

test('what is unusual is left to the whole parser', () => {
  for (const text of [
    '',
    '# nothing\n',
    'a: &x 1\n',
    'a: *x\n',
    'a: !!str 1\n',
    'a: |\n  text\n',
    'a: one\n  two\n',
    'a: 0x1F\n',
    'a: .inf\n',
    'a: "b\\n"\n',
    '? a\n: b\n',
    '---\na: 1\n',
    'a: 1\na: 2\n',
    'a:\tb\n',
    'a: 1\r\n',
    'a: [b\n, c]\n',
    'a: [b: c]\n',
    '- a\n- - b\n',
    'a: b: c\n',
    'a: @b\n',
  ])
    assert.equal(plainYaml(text), undefined, JSON.stringify(text))
})

const seeds = [
  "zones:\n  a: { trust: 5, cidrs: [10.0.0.0/8, '::1'] }\n  b:\n    title: x y # c\n    list:\n      - one\n      - k: v\n        m: 2\n    same:\n    - z\n  empty:\n# end\n",
  "a: 1\nb: [x, \"y\", 'it''s', { p: q, r: [s] }]\nc:\n  d: kind:postgres and tag:x\n  e -> f (g): { h: true }\n",
  "x:\n  y:\n    { title: A b,\n      k: [1, 2], # c\n      z: {} }\n  w: []\n\n  v: 'q: r'\n",
  'a:\n  - b\n  - c: d\n    e:\n      f: 1.5\n  - [g, h]\n',
  "{ a: b, c: [d, e], f: { g: 'h' } }\n",
]
const bits =
  '  |\n|\n  |:|: |- |-|#| # c|{|}|[|]|,|, |\'|"|a|b: c|1|~|null|? |\\|>|&x|*x|!t|%|@|`|é|.5|0x1|->|a:|---|\t|:b|=|<<|true: x|1: y|[]|{}|😀'.split(
    '|',
  )
const edit = fc.record({
  at: fc.nat(300),
  drop: fc.nat(3),
  put: fc.constantFrom('', ...bits, '|', '\u00a0', '__proto__', 'constructor'),
})
const edited = fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 5 })).map(([seed, edits]) =>
  edits.reduce((text, { at, drop, put }) => {
    const from = at % (text.length + 1)
    return text.slice(0, from) + put + text.slice(from + drop)
  }, seed),
)

test('whatever is changed in a text, the quick way reads it as the whole parser does, or leaves it', () => {
  let quick = 0
  fc.assert(
    fc.property(edited, (text) => {
      if (readsQuickly(text)) quick += 1
    }),
    { numRuns: 2_000 },
  )
  assert.ok(quick > 200, `${quick} read quickly`)
})
