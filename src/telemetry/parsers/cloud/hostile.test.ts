// Texts and values that lead deep into the patterns of cloud and Windows parsers: they end soon, whatever their length.
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import test from 'node:test'
import * as fc from 'fast-check'
import { parse } from '../goldens.test.ts'

const eni = '2 111122223333 eni-0a1b 1.1.1.1 2.2.2.2 1 2 6 1 1 1772460062 1772460120 ACCEPT OK'
const texts: readonly (readonly [begin: string, repeated: string])[] = [
  [eni, ' a'], ['version srcaddr dstaddr\n', 'a '], ['version srcaddr ', 'dstaddr '], ['a', '-b,'],
  ['http 2026-03-02T14:01:02.000000Z app/', 'a '], ['http 2026-03-02T14:01:02.000000Z app/x/y ', '"a\\'], ['http 2026-03-02T14:01:02.000000Z app/x/y ', '[a '],
  [`${'7'.repeat(64)} b [02/Mar/2026:14:01:02 +0000] 1.1.1.1 r i REST.GET.OBJECT `, '"\\"'], ['2026-03-02\t14:01:02\tFRA50\t', '%'], ['#Fields: x-edge', ' a'],
  ['"2026-03-02 14:01:02","a","b","1.1.1.1","1.1.1.1","Allowed",', '""'], ['LogName=Security\nEventCode=4624\nMessage=', '\tA: b\n'], ['LogName=Security\nEventCode=4624\n', 'a=b\n'],
  ['MSWinEventLog\t1\tSecurity\t1\tMon Mar 02 14:01:02 2026\t4624\tp\tu\tN/A\tx\th\tc\t\t', '   A b'], ['MSWinEventLog\t', ' '], ['<?xml ', 'a'], ['<Event', ' a="b"'],
] // prettier-ignore

/** Fields that patterns look into, with a record that has them. */
const values: readonly ((long: string) => object)[] = [
  (long) => ({
    eventVersion: '1',
    eventSource: 'iam.amazonaws.com',
    eventName: long,
    userIdentity: { arn: `arn:aws:sts::1:assumed-role/${long}` },
  }),
  (long) => ({ time: long, category: 'SignInLogs', operationName: long, resourceId: long, callerIpAddress: long }),
  (long) => ({
    operationName: `microsoft.${long}`,
    category: 'Administrative',
    time: '2026-03-02T14:01:02Z',
    callerIpAddress: `[${long}`,
  }),
  (long) => ({ Operation: long, Workload: 'Exchange', RecordType: 1, UserId: long, ClientIP: `1.1.1.1:${long}` }),
  (long) => ({ logName: `projects/${long}`, protoPayload: { methodName: long, serviceName: long } }),
  (long) => ({ action: `a.${long}`, actor: long, _document_id: 'x' }),
  (long) => ({ eventType: long, published: long, actor: { alternateId: long } }),
  (long) => ({ itype: 'x', confidence: 1, url: `https://${long}` }),
  (long) => ({ QUERY_ID: 'q', QUERY_TEXT: long }),
  (long) => ({ Id: 4624, LogName: 'Security', ProviderName: 'x', Message: long, TimeCreated: long }),
  (long) => ({ TopicArn: 't', MessageId: 'm', Message: long }),
  (long) => ({ recordId: 'r', data: long }),
]
const fillers = ['a', 'a.', ' add', 'A b: ', '/', '::', '1.', '%', 'user ', 'login ', '"', 'QUJD']

test('hostile texts and values of 1 MB are read', (t) => {
  let worst = 0
  const timed = (text: string): void => {
    const start = performance.now()
    assert.ok(Number.isFinite(parse(text).time))
    worst = Math.max(worst, performance.now() - start)
  }
  for (const [begin, repeated] of texts) timed(begin + repeated.repeat(Math.ceil(1e6 / repeated.length)))
  for (const value of values)
    for (const filler of fillers) timed(JSON.stringify(value(filler.repeat(Math.ceil(2e5 / filler.length)))))
  t.diagnostic(`slowest: ${worst.toFixed(0)} ms`)
  assert.ok(worst < 5000)
})

const names = fc.constantFrom(
  'eventSource', 'eventName', 'userIdentity', 'srcaddr', 'dstaddr', 'dstport', 'protoPayload', 'logName', 'resource', 'jsonPayload', 'connection', 'id', 'applicationName', 'category', 'operationName', 'properties', 'time', 'status',
  'Operation', 'Workload', 'Parameters', 'eventType', 'published', 'actor', 'target', 'action', 'repository', 'sender', 'commits', 'verb', 'auditID', 'objectRef', 'detail', 'detail-type', 'source', 'message', 'data', 'event', 'metadata',
  'log_id', 'auditType', 'class_uid', 'src_endpoint', 'dst_endpoint', 'itype', 'confidence', 'webaclId', 'httpRequest', 'headers', 'service', 'detectorId', 'System', 'EventID', 'RenderingInfo', 'Event', 'Id', 'LogName', 'ProviderName', 'Message',
) // prettier-ignore
const any = fc.oneof(
  fc.constantFrom('SignInLogs', 'AuditLogs', 'Security', '{"a":1}', 4624, 1772460062, null, true),
  fc.jsonValue(),
)
const objects = fc.letrec((tie) => ({
  object: fc.dictionary(
    names,
    fc.oneof({ maxDepth: 3 }, any, tie('object'), fc.array(tie('object'), { maxLength: 3 })),
    { noNullPrototype: true, maxKeys: 9 },
  ),
})).object

test('objects made of the names of services give events that can be stored', () => {
  fc.assert(
    fc.property(objects, (object) => {
      const event = parse(JSON.stringify(object))
      assert.ok(!event.parse_error?.startsWith('parser failed'), event.parse_error)
      for (const value of Object.values(event.fields).flat()) assert.ok(value === null || typeof value !== 'object')
      assert.ok(Number.isFinite(event.time))
    }),
    { numRuns: 4000 },
  )
})
