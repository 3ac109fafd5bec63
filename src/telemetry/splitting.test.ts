// Documents of events come out as single events, wherever they are cut.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { documentSplitter, eventTexts } from './splitting.ts'

const options = { file: 'f', recordChars: 100_000 }
const texts = (document: string): string[] =>
  [...eventTexts(document, options)].map((one) => (typeof one === 'string' ? one : one.code))
const json = (document: string): unknown[] => texts(document).map((one): unknown => JSON.parse(one))

test('lists and wrappers of services', () => {
  const [a, b] = [{ eventName: 'A', deep: { list: [{ x: 1 }] } }, { eventName: 'B"[{' }]
  for (const document of [
    JSON.stringify([a, b]),
    JSON.stringify({ Records: [a, b] }, null, 2),
    JSON.stringify({ records: [a, b] }),
    JSON.stringify({ '@odata.context': 'https://x/', value: [a, b], '@odata.nextLink': 'y' }),
    JSON.stringify({ kind: 'admin#reports#activities', etag: 'e', items: [a, b] }),
    `${JSON.stringify(a)}${JSON.stringify(b)}`,
    `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`,
    `${JSON.stringify({ Records: [a] })}\n${JSON.stringify({ Records: [b] })}`,
  ])
    assert.deepEqual(json(document), [a, b], document)
})

test('an event with lists of its own stays whole', () => {
  const activity = { kind: 'admin#reports#activity', events: [{ name: 'login_success' }] }
  const push = { ref: 'refs/heads/main', commits: [{ id: 1 }], records: [{ a: 1 }] }
  const numbers = { value: [1, 2, 3] }
  for (const one of [activity, push, numbers]) assert.deepEqual(json(JSON.stringify(one)), [one])
  assert.deepEqual(json(JSON.stringify([activity, push])), [activity, push])
})

test('CloudWatch: each event with its group and stream', () => {
  const document = {
    messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'],
    logEvents: [{ id: '1', timestamp: 5, message: 'one' }, { id: '2', timestamp: 6, message: '{"a":1}' }],
  } // prettier-ignore
  const found = json(JSON.stringify(document))
  assert.equal(found.length, 2)
  assert.deepEqual(found[1], { messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'], id: '2', timestamp: 6, message: '{"a":1}' }) // prettier-ignore
})

test('lines, with the header that explains them; texts in a list', () => {
  assert.deepEqual(texts('one\r\n\ntwo\n'), ['one', 'two'])
  const header = 'version vpc-id srcaddr dstaddr action'
  assert.deepEqual(texts(`${header}\n5 vpc-1 192.0.2.1 192.0.2.2 ACCEPT\n`), [
    `${header}\n5 vpc-1 192.0.2.1 192.0.2.2 ACCEPT`,
  ])
  assert.deepEqual(texts('#Version: 1.0\n#Fields: date time x-edge-location\n2026-03-02\t14:01:02\tFRA50\n'), [
    '#Fields: date time x-edge-location\n2026-03-02\t14:01:02\tFRA50',
  ])
  assert.deepEqual(texts('["one","two \\"2\\""]'), ['one', 'two "2"'])
})

test('a broken line of a file of lines costs only itself; a time in brackets is no list', () => {
  assert.deepEqual(texts('{"a":1}\n{"b":\n{"c":3}\n'), ['{"a":1}', '{"b":', '{"c":3}'])
  assert.deepEqual(texts('{"a":\n{"b":2}\n{"c":3}'), ['{"a":', '{"b":2}', '{"c":3}'])
  assert.deepEqual(texts('[2026-03-02 14:01:02] one\n[2026-03-02 14:01:03] two'), [
    '[2026-03-02 14:01:02] one',
    '[2026-03-02 14:01:03] two',
  ])
})

test('what is too long is skipped and said, what is cut off is said', () => {
  const long = JSON.stringify([{ a: 'x'.repeat(200) }, { b: 1 }])
  const found = [...eventTexts(long, { file: 'f', recordChars: 100 })].map((one) =>
    typeof one === 'string' ? one : one.code,
  )
  assert.deepEqual(found, ['record-too-long', '{"b":1}'])
  assert.deepEqual(texts('[{"a":1},{"b":'), ['{"a":1}', 'json-truncated'])
})

test('the same events wherever the document is cut', () => {
  const records = fc.array(fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue(), { noNullPrototype: true }), {
    minLength: 1,
    maxLength: 6,
  })
  const layouts: ((list: readonly object[]) => string)[] = [
    (list) => JSON.stringify(list),
    (list) => JSON.stringify({ Records: list }, null, 1),
    (list) => JSON.stringify({ '@odata.context': '"[{', value: list, more: [{ a: 1 }] }),
    (list) => list.map((one) => JSON.stringify({ id: 1, one })).join(''),
    (list) => list.map((one) => JSON.stringify(one)).join('\n'),
    (list) => JSON.stringify(list, null, 2),
    (list) => list.map((one) => JSON.stringify({ first: [1], one }, null, 1)).join('\n'),
  ]
  fc.assert(
    fc.property(
      records,
      fc.array(fc.nat(3000), { maxLength: 6 }),
      fc.nat(layouts.length - 1),
      (list, places, which) => {
        const document = layouts[which]?.(list) ?? ''
        const splitter = documentSplitter(options)
        const edges = [0, ...places.map((at) => at % (document.length + 1)).sort((x, y) => x - y), document.length]
        const items = edges.slice(1).flatMap((end, n) => [...splitter.push(document.slice(edges[n], end))])
        items.push(...splitter.end())
        const made = list.map((one) => (which === 3 ? { id: 1, one } : which === 6 ? { first: [1], one } : one))
        const again = JSON.parse(JSON.stringify(made)) as unknown
        assert.deepEqual(
          items.map((one): unknown => JSON.parse(String(one))),
          again,
        )
      },
    ),
  )
})

test('arbitrary text never throws, and a long document takes linear time', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void texts(text)))
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '"Records"', '"value"', 'a', '\n', ' '), {
        maxLength: 60,
      }),
      (parts) => void texts(parts.join('')),
    ),
  )
  for (const text of [
    '['.repeat(1e6),
    '{"Records":'.repeat(1e5),
    `{${'"a":1,'.repeat(1.5e5)}"Records":[{}]}`,
    '"'.repeat(1e6),
  ])
    texts(text)
})
