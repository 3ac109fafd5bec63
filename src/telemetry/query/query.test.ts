// The search language: what it reads, what it refuses and where, and that the engine finds what a plain reading of the language finds.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { asFault, Fault } from '#kernel'
import { temporaryEvents } from '#testkit'
import { eventIdOf, eventMigrations, rowText } from '../columns.ts'
import { eventStore } from '../store.ts'
import type { Event } from '../types.ts'
import { checkQuery } from './check.ts'
import { holds } from './oracle.test.ts'
import { parseQuery } from './parse.ts'
import { queryDocs, readSearch } from './query.ts'
import { longestQuery } from './tokens.ts'

const now = Date.UTC(2026, 2, 1, 12)
const faultOf = (query: string): Fault | undefined => {
  try {
    readSearch(query, now)
    return undefined
  } catch (thrown) {
    return asFault(thrown)
  }
}
const shape = (query: string): unknown =>
  JSON.parse(
    JSON.stringify(parseQuery(query), (key, value: unknown) => (key === 'at' || key === 'quoted' ? undefined : value)),
  )
const word = (text: string, name?: string) => ({
  kind: 'match',
  text,
  ...(name === undefined ? {} : { field: { name } }),
})

test('not binds more tightly than and, and than or', () =>
  assert.deepEqual(shape('a b or not c and "d e"'), {
    kind: 'or',
    parts: [
      { kind: 'and', parts: [word('a'), word('b')] },
      { kind: 'and', parts: [{ kind: 'not', part: word('c') }, word('d e')] },
    ],
  }))
test('values of a field in parentheses', () =>
  assert.deepEqual(shape('user:(ada or "g h") -x'), {
    kind: 'and',
    parts: [
      { kind: 'or', parts: [word('ada', 'user'), word('g h', 'user')] },
      { kind: 'not', part: word('x') },
    ],
  }))
test('paths, times and hyphens are plain text; a backslash is itself outside quotes', () => {
  assert.deepEqual(shape(String.raw`Image:*\temp\*`), word(String.raw`*\temp\*`, 'Image'))
  assert.deepEqual(shape(String.raw`user:"FERNHILL\\ada \"x\" \n"`), word(String.raw`FERNHILL\ada "x" \n`, 'user'))
  assert.deepEqual(shape('12:30:00'), word('12:30:00'))
  assert.deepEqual(shape(String.raw`C:\Temp\x`), word(String.raw`C:\Temp\x`))
  assert.deepEqual(shape('https://a.example/x fe80::1'), {
    kind: 'and',
    parts: [word('https://a.example/x'), word('fe80::1')],
  })
  assert.deepEqual(shape('a-b'), word('a-b'))
  assert.deepEqual(shape('CommandLine:*-enc*'), word('*-enc*', 'CommandLine'))
  assert.deepEqual(shape('user:not'), word('not', 'user'))
  assert.deepEqual(shape('"odd name":x'), word('x', 'odd name'))
})
test('comparisons and ranges', () => {
  assert.deepEqual(shape('dst_port>1024'), shape('dst_port:>1024'))
  assert.deepEqual(shape('port:[1 TO *]'), {
    kind: 'range',
    field: { name: 'port' },
    from: { text: '1' },
    to: { text: '*' },
  })
})

const wrong: readonly (readonly [string, RegExp])[] = [
  ['a or b )', /\) without \( at character 8$/],
  ['(a', /not closed at character 1$/],
  ['a "b', /quote is not closed at character 3$/],
  ['a and', /missing at character 6$/],
  ['dst_port:http', /compared with a number, and http is none at character 10$/],
  ['src_ip:10.0.0.0/33', /not a network .* at character 8$/],
  ['host:>5', /host is not a number.* at character 1$/],
  ['time>tomorrow', /is a time.* at character 6$/],
  ['port:[1 2]', /a range is written .* at character 6$/],
  ['x user:(a host:b)', /a field within the values of user .* at character 11$/],
  ['host:', /value of host is missing at character 6$/],
  ['host: or', /value of host is missing.* at character 7$/],
  ['('.repeat(40) + 'a' + ')'.repeat(40), /levels of parentheses at character \d+$/],
  ['a '.repeat(300), /more than 200 terms at character \d+$/],
  ['x'.repeat(longestQuery + 1), /longer than 4000 characters at character \d+$/],
]
for (const [query, says] of wrong)
  test(`refused: ${query.slice(0, 30)}`, () => {
    const fault = faultOf(query)
    assert.equal(fault?.code, 'INPUT_INVALID')
    assert.match(fault?.message ?? '', says)
  })
test('every example of the documentation can be read', () => {
  for (const { write } of queryDocs) assert.equal(faultOf(write), undefined, write)
})
test('a slip in a name of a column is doubted, a name of a source is not', () => {
  const doubts = (query: string) => readSearch(query, now).doubts.map(({ name, help }) => `${name} ${help}`)
  assert.deepEqual(doubts('hots:a'), ['hots did you mean host?'])
  assert.deepEqual(doubts('Image:a User:b fields.hots:c some.name:d'), [])
})

const piece = fc.oneof(
  fc.constantFrom(
    ...'()[]":<>=-*?\\ '.split(''),
    'and',
    'or',
    'not',
    ' to ',
    'host',
    'dst_port',
    'time',
    'now-1h',
    'src_ip',
    '10.0.0.0/8',
    '5',
    'a',
  ),
  fc.string({ maxLength: 4 }),
)
test('whatever is written, the answer is a condition or a fault with a place', () =>
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const query = pieces.join('')
      try {
        assert.ok(readSearch(query, now).sql.length > 0)
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        assert.equal(thrown.code, 'INPUT_INVALID')
        const at = Number(/ at character (\d+)$/.exec(thrown.message)?.[1])
        assert.ok(at >= 1 && at <= query.length + 1, `${thrown.message} in ${JSON.stringify(query)}`)
      }
    }),
    { numRuns: 3_000 },
  ))
test('no value of a search is in the text of the condition', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: fc.constantFrom('Q', "'", '\\', '{', 'X', ';') }), (text) => {
      for (const query of [`host:"${text.replace(/["\\]/g, '\\$&')}"`, `"${text.replace(/["\\]/g, '\\$&')}":x`])
        assert.doesNotMatch(readSearch(query, now).sql, /[QX';\\](?![)' ])[QX';\\]/)
    }),
  ))

const names = ['', 'web01', 'WEB02', 'db%1', 'a_b', 'C:\\Temp\\x.exe', 'Ünï', 'line\nbreak', '7', 'quo"te']
const addresses = ['', '10.0.0.1', '10.200.3.4', '192.168.1.9', '2001:db8::1', 'not an address', '10.0.0']
const ports = [0, 22, 80, 443, 1024, 65_535]
const event = (index: number, pick: (n: number) => number): Event => {
  const name = () => names[pick(names.length)] ?? ''
  return {
    id: eventIdOf(index + 1),
    seq: index + 1,
    time: now - pick(200) * 3_600_000,
    received: now,
    source: name(),
    parser: 'json',
    logsource: { product: 'p', categories: ['process_creation', 'x'].slice(0, pick(3)) },
    class_uid: 1007,
    activity: 'process started',
    severity_id: pick(6),
    host: name(),
    user: name(),
    src_ip: addresses[pick(addresses.length)],
    dst_ip: addresses[pick(addresses.length)],
    src_port: ports[pick(ports.length)],
    dst_port: ports[pick(ports.length)],
    command_line: `${name()} -enc ${name()}`,
    message: `${name()} did ${name()}`,
    fields: {
      Image: name(),
      Count: pick(20) * 10,
      Flag: pick(2) === 1,
      List: [name(), 'z'],
      Address: addresses[pick(7)] ?? '',
      Gone: null,
    },
    raw: pick(2) === 0 ? JSON.stringify({ Image: name() }) : name(),
  }
}

const textValue = fc.oneof(
  fc.constantFrom(...names, 'web*', '?eb0?', '*b*', 'e', 'zzz', '*\\*', '%', '_'),
  fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'B', '0', '*', '?', '\\', '%', '_', 'Ü') }),
)
const quotedOr = (text: string, quoted: boolean): string =>
  quoted || !/^[\w%.\\*?:üÜï]+$/.test(text) || /^(and|or|not)$/i.test(text)
    ? `"${text.replace(/["\\]/g, '\\$&')}"`
    : text
const valueOf = fc.tuple(textValue, fc.boolean()).map(([text, quoted]) => quotedOr(text, quoted))
const compare = fc.constantFrom('>', '>=', '<', '<=')
const term = fc.oneof(
  valueOf,
  fc
    .tuple(
      fc.constantFrom(
        'host',
        'user',
        'source',
        'command_line',
        'message',
        'raw',
        'Image',
        'Flag',
        'List',
        'Nowhere',
        'categories',
      ),
      valueOf,
    )
    .map(([name, value]) => `${name}:${value}`),
  fc
    .constantFrom('host', 'dst_port', 'port', 'Image', 'category', 'asset', 'time', 'Gone', 'message')
    .map((name) => `${name}:*`),
  fc
    .tuple(
      fc.constantFrom('src_ip', 'ip', 'Address'),
      fc.constantFrom('10.0.0.0/8', '10.0.0.0/24', '0.0.0.0/0', '2001:db8::/32', '10.0.0.1', '10.*'),
    )
    .map(([name, value]) => `${name}:${value}`),
  fc
    .tuple(
      fc.constantFrom('dst_port', 'port', 'severity_id', 'Count', 'seq'),
      compare,
      fc.constantFrom('0', '22', '80', '3.5', '1024'),
    )
    .map(([name, how, value]) => `${name}${how}${value}`),
  fc.constantFrom(
    'dst_port:443',
    'port:[22 to 443]',
    'Count:[* to 100]',
    'Count:50',
    'port:(22 or 80)',
    'time>now-2d',
    'time:2026-02-27',
    'time:[2026-02-25 to 2026-02-26T12:00]',
    'time<=2026-02-25',
  ),
)
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    term,
    term.map((one) => `not ${one}`),
    fc
      .tuple(tie('tree'), fc.constantFrom(' ', ' and ', ' or '), tie('tree'))
      .map(([a, joint, b]) => `(${a})${joint}(${b})`),
    tie('tree').map((one) => `-(${one})`),
  ),
}))

test('the engine finds what a plain reading of the language finds', async (t) => {
  const engine = await temporaryEvents(t)
  await engine.migrate(eventMigrations)
  const store = eventStore(engine, () => now)
  let state = 7
  const pick = (n: number): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % 65_536) % n
  const events = Array.from({ length: 400 }, (_, index) => event(index, pick))
  await store.insert(Buffer.from(events.map(rowText).join('')), 'all')
  const { items } = await store.search({ q: '', limit: 1_000 })
  assert.equal(items.length, 400)
  await fc.assert(
    fc.asyncProperty(tree, async (query) => {
      const { tree } = checkQuery(parseQuery(query), now)
      const wanted = items.filter((item) => holds(tree, item)).map(({ id }) => id)
      const found = await store.search({ q: query, limit: 1_000 })
      assert.deepEqual(
        found.items.map(({ id }) => id),
        wanted,
        query,
      )
    }),
    { numRuns: process.env['CASTELLAN_FULL'] === '1' ? 1_000 : 120 },
  )
  await assert.rejects(
    store.search({ q: 'a hots:b', limit: 1 }),
    /no event has a field hots; did you mean host\? at character 3$/,
  )
})
