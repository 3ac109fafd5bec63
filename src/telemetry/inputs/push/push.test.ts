// Decoders of protocols over HTTP: what they make of right requests, and that arbitrary bytes never make them throw.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { envelopeOf, slotIn, slotOf } from '../../envelope.ts'
import { parseRecord } from '../../parsers/parse-record.ts'
import { gelfRecord } from './gelf-message.ts'
import { endOfValue, memberSpan, valuesIn } from './json-spans.ts'
import { protoLogs } from './otlp-message.ts'
import { bytesField, numberField } from './protobuf.ts'
import { type Decoded, isAnswer, type PushRequest } from './protocol.ts'
import { pushProtocols } from './table.ts'

const request = (route: string, body: Buffer | string, more: Partial<PushRequest> = {}): PushRequest => ({
  method: 'POST',
  route,
  params: {},
  query: {},
  headers: {},
  body: Buffer.from(body),
  last: 7,
  ...more,
})
const protocol = (name: string) => pushProtocols.find((one) => one.name === name) ?? assert.fail(name)
const recordsOf = (decoded: Decoded) => (isAnswer(decoded) ? assert.fail(JSON.stringify(decoded)) : decoded.records)
const answerOf = (decoded: Decoded, tooLong: number[] = []) =>
  isAnswer(decoded) ? decoded : decoded.answer({ tooLong: new Set(tooLong), first: 10, last: 12 })

const fragments = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '\n', '\0', '{"event":', '"a"', '1', 'null', '{"index":{"_index":"a"}}\n', '{"create":{}}\n', '{"delete":{"_index":"a"}}\n', '"resourceLogs":', '"short_message":') // prettier-ignore
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc.array(fragments, { maxLength: 40 }).map((list) => Buffer.from(list.join(''))),
  fc.json().map((text) => Buffer.from(text)),
)

test('arbitrary bytes: every route of every protocol answers, or gives records that can be stored', () => {
  const types = fc.constantFrom('application/json', 'application/x-protobuf', 'text/plain')
  for (const { name, routes } of pushProtocols)
    fc.assert(
      fc.property(bodies, fc.constantFrom(...routes), types, (body, [method, route], type) => {
        const decoded = protocol(name).decode(
          request(route, body, { method, params: { index: 'a' }, headers: { 'content-type': type } }),
        )
        if (isAnswer(decoded)) return assert.ok(decoded.status >= 200 && decoded.status < 600)
        for (const { text, envelope } of decoded.records) {
          assert.equal(typeof text, 'string')
          assert.deepEqual(slotIn(slotOf('p', envelope)), { parser: 'p', ...(envelope ? { envelope } : {}) })
          assert.ok(Buffer.byteLength(slotOf('p', envelope)) < 65_535)
          const event = parseRecord({ source: 's', received: 5, text, ...(envelope ? { envelope } : {}) })
          assert.ok(Number.isFinite(event.time))
        }
        assert.ok(answerOf(decoded).status > 0)
      }),
      { numRuns: 400 },
    )
})

test('spans of JSON values: what JSON.parse reads whole is found whole, letter by letter', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), (values) => {
      const texts = values.map((value) => JSON.stringify(value))
      const { spans, rest } = valuesIn(texts.join(' \n'))
      assert.equal(rest, -1)
      assert.deepEqual(
        spans.map(({ from, to }) => texts.join(' \n').slice(from, to)),
        texts,
      )
    }),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      valuesIn(text)
      assert.ok(endOfValue(text, 0) <= text.length)
    }),
  )
  const object = ' { "a":1, "event" : {"n":12345678901234567890, "s":"}\\"{"}, "z":[] }'
  const span = memberSpan(object, 'event')
  assert.equal(object.slice(span?.from, span?.to), '{"n":12345678901234567890, "s":"}\\"{"}')
})

test('hostile bodies of a megabyte are read in linear time', (t) => {
  const began = performance.now()
  for (const [name, route, begin, repeated] of [
    ['hec', '/services/collector/event', '', '{"event":"a"}'],
    ['hec', '/services/collector/event', '{"event":', '['],
    ['hec', '/services/collector/event', '', '"'],
    ['elastic', '/_bulk', '', '{"index":{"_index":"a"}}\n'],
    ['otlp', '/v1/logs', '{"resourceLogs":', '['],
    ['gelf', '/gelf', '', '{'],
    ['gelf', '/gelf', '', '\\"'],
  ] as const)
    answerOf(protocol(name).decode(request(route, begin + repeated.repeat(1_000_000 / repeated.length))))
  t.diagnostic(`7 hostile bodies of 1 MB: ${(performance.now() - began).toFixed(0)} ms`)
})

test('HEC: an object as event stays letter by letter; host, time, sourcetype and fields go with it', () => {
  const body =
    '{"event":{"n":12345678901234567890},"time":"1772460062.25","host":"h","sourcetype":"st","source":"/a","index":"main","fields":{"dc":"x","n":1}}'
  const [record] = recordsOf(protocol('hec').decode(request('/services/collector/event', body)))
  assert.equal(record?.text, '{"n":12345678901234567890}')
  assert.deepEqual(record?.envelope, {
    host: 'h',
    time: 1_772_460_062_250,
    format: 'st',
    fields: { dc: 'x', n: 1, 'hec.source': '/a', 'hec.index': 'main' },
  })
})

test('_bulk: items answered one by one; long ones, updates and deletes refused by themselves', () => {
  const body = [
    '{"index":{"_index":"a","_id":"1"}}',
    '{"x":1}',
    '{"update":{"_id":"2"}}',
    '{"doc":{}}',
    '{"create":{}}',
    '{"x":2}',
    '{"delete":{"_id":"3"}}',
    '',
  ].join('\n')
  const decoded = protocol('elastic').decode(request('/:index/_bulk', body, { params: { index: 'logs' } }))
  assert.deepEqual(
    recordsOf(decoded).map(({ text }) => text),
    ['{"x":1}', '{"x":2}'],
  )
  const { items, errors } = JSON.parse(String(answerOf(decoded, [0]).body)) as {
    errors: boolean
    items: Record<string, { status: number; _index: string; _seq_no?: number }>[]
  }
  assert.equal(errors, true)
  assert.deepEqual(
    items.map((item) => Object.entries(item).map(([verb, { status, _seq_no }]) => [verb, status, _seq_no])[0]),
    [['index', 400, undefined], ['update', 400, undefined], ['create', 201, 10], ['delete', 400, undefined]], // prettier-ignore
  )
})

test('OTLP: protobuf and JSON of the same record give the same; a name said twice is kept twice', () => {
  const text = (field: number, value: string): Buffer => bytesField(field, Buffer.from(value))
  const pair = (key: string, value: string): Buffer => Buffer.concat([text(1, key), bytesField(2, text(1, value))])
  const time = Buffer.alloc(9)
  time[0] = 9
  time.writeBigUInt64LE(1_772_460_062_000_000_001n, 1)
  const record = Buffer.concat([time, numberField(2, 17), text(3, 'ERROR'), bytesField(5, text(1, 'body')), bytesField(6, pair('k', 'own')), bytesField(9, Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'))]) // prettier-ignore
  const scoped = Buffer.concat([bytesField(1, text(1, 'lib')), bytesField(2, record)])
  const message = bytesField(1, Buffer.concat([bytesField(1, bytesField(1, pair('k', 'res'))), bytesField(2, scoped)]))
  const json = { resourceLogs: [{ resource: { attributes: [{ key: 'k', value: { stringValue: 'res' } }] }, scopeLogs: [{ scope: { name: 'lib' }, logRecords: [{ timeUnixNano: '1772460062000000001', severityNumber: 17, severityText: 'ERROR', body: { stringValue: 'body' }, attributes: [{ key: 'k', value: { stringValue: 'own' } }], traceId: '0af7651916cd43dd8448eb211c80319c' }] }] }] } // prettier-ignore
  const headers = { 'content-type': 'application/x-protobuf' }
  const decode = (asked: PushRequest) => protocol('otlp').decode(asked)
  const binary = decode(request('/v1/logs', message, { headers }))
  assert.deepEqual(recordsOf(binary), recordsOf(decode(request('/v1/logs', JSON.stringify(json)))))
  assert.deepEqual(recordsOf(binary)[0]?.envelope?.fields, {
    k: 'own',
    'otel.scope.name': 'lib',
    'resource.k': 'res',
    severity_text: 'ERROR',
    severity_number: 17,
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    time_unix_nano: '1772460062000000001',
  })
  assert.equal(answerOf(binary).body.length, 0)
  assert.ok(answerOf(binary, [0]).body.length > 0)
  assert.throws(() => protoLogs(Buffer.from([0x0a, 0xff, 0xff])), /cut off/)
})

test('GELF: the long text is the record; what is no GELF stays as it came', () => {
  const record = gelfRecord('{"version":"1.1","host":"h","short_message":"s","full_message":"s\\nlong","timestamp":1772460062.5,"level":2,"_a":1}') // prettier-ignore
  assert.deepEqual(record, {
    text: 's\nlong',
    envelope: { host: 'h', time: 1_772_460_062_500, severity: 5, fields: { version: '1.1', a: 1, level: 2, timestamp: 1_772_460_062.5, short_message: 's' } }, // prettier-ignore
  })
  for (const text of ['', 'x', '{}', '[1]', '{"short_message":5}']) assert.deepEqual(gelfRecord(text), { text })
})

test('an envelope is bounded: what does not fit is left out and counted', () => {
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`name${at}`, 'x'.repeat(5_000)]))
  const envelope = envelopeOf({ fields })
  assert.ok(Buffer.byteLength(slotOf('', envelope)) < 65_535)
  assert.equal(Number(envelope.fields['envelope_cut']) + Object.keys(envelope.fields).length - 1, 500)
  const controls = envelopeOf({
    host: '\u0001'.repeat(300),
    fields: { a: '\u0001'.repeat(20_000), b: '\u0001'.repeat(20_000) },
  })
  assert.ok(Buffer.byteLength(slotOf('', controls)) < 65_535, 'escapes count with all their letters')
  assert.deepEqual(envelopeOf({ time: 5, host: '' }), { fields: {} })
})

test('a line in an envelope keeps what it says itself; the envelope fills the gaps', () => {
  const envelope = envelopeOf({ host: 'relay', time: 1_772_460_062_000, severity: 4, format: 'nginx:plus', fields: { status: 'e', dc: 'x' } }) // prettier-ignore
  const line = '192.0.2.9 - - [02/Mar/2026:15:00:00 +0000] "GET / HTTP/1.1" 200 5'
  const event = parseRecord({ source: 's', received: 9e12, text: line, envelope })
  assert.deepEqual([event.parser, event.host, event.time, event.severity_id], ['web', 'relay', Date.UTC(2026, 2, 2, 15), 4]) // prettier-ignore
  const plain = parseRecord({ source: 's', received: 9e12, text: 'no time here', envelope })
  assert.deepEqual([plain.time, plain.timeGuessed, plain.fields['dc']], [1_772_460_062_000, false, 'x'])
})
