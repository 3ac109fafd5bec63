// What JSON records are made of, what happens to records that nobody knows, and that every parser says what it is.
import assert from 'node:assert/strict'
import test from 'node:test'
import { parserDocs, windowsEvent } from '../parsing.ts'
import { at, goldens, parse, received } from './goldens.test.ts'

goldens('cloud, sensor, journal, host, other JSON', [
  [
    JSON.stringify({
      eventVersion: '1.11',
      eventTime: '2026-03-02T14:01:02Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      sourceIPAddress: '10.40.2.11',
      userAgent: 'aws-cli/2',
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/app/i-0a51c02e9d7f4b110' },
      requestParameters: { bucketName: 'b', key: 'k' },
      resources: [{ ARN: 'x' }, { ARN: 'y', type: 't' }],
    }),
    {
      time: at,
      logsource: 'aws/cloudtrail/',
      user: 'app',
      src_ip: '10.40.2.11',
      'fields.requestParameters.bucketName': 'b',
      'fields.resources.ARN': ['x', 'y'],
      file: 's3://b/k',
      class_uid: 6003,
    },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02T14:01:02.500000+0000',
      event_type: 'alert',
      src_ip: '192.0.2.1',
      src_port: 5,
      dest_ip: '10.0.0.1',
      dest_port: 80,
      host: 'ids01',
      alert: { signature: 'X SCAN Y', severity: 1 },
    }),
    {
      time: at + 500,
      logsource: 'suricata//',
      severity_id: 4,
      'fields.alert.signature': 'X SCAN Y',
      dst_ip: '10.0.0.1',
      'fields.dst_ip': '10.0.0.1',
      message: 'signature matched: X SCAN Y from 192.0.2.1 to 10.0.0.1:80',
    },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02T14:01:02Z',
      event_type: 'dns',
      src_ip: '10.0.0.1',
      dns: { type: 'answer', rrname: 'a.example', rrtype: 'A', answers: [{ rdata: '192.0.2.1' }] },
    }),
    { logsource: 'suricata//dns', 'fields.query': 'a.example', 'fields.answer': ['192.0.2.1'] },
  ],
  [
    JSON.stringify({
      __REALTIME_TIMESTAMP: '1772460062000000',
      _HOSTNAME: 'app01',
      SYSLOG_IDENTIFIER: 'sudo',
      _PID: '12',
      PRIORITY: '5',
      _EXE: '/usr/bin/sudo',
      MESSAGE: ' ada : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls',
    }),
    {
      time: at,
      parser: 'journald',
      logsource: 'linux/sudo/',
      user: 'ada',
      command_line: '/bin/ls',
      process: '/usr/bin/sudo',
      'fields._EXE': '/usr/bin/sudo',
    },
  ],
  [
    JSON.stringify({ __REALTIME_TIMESTAMP: '1772460062000000', _HOSTNAME: 'app01', MESSAGE: [104, 105, 255] }),
    { 'fields.message': 'hi\ufffd' },
  ],
  [
    JSON.stringify({
      castellan: 'host-change',
      kind: 'port-opened',
      time: at,
      host: 'me',
      text: 'tcp/8080 opened',
      port: 8080,
      process: 'node',
    }),
    {
      time: at,
      host: 'me',
      dst_port: 8080,
      process: 'node',
      activity: 'port opened',
      message: 'port opened: tcp/8080 opened',
    },
  ],
  [
    JSON.stringify({
      eventType: 'user.session.start',
      published: '2026-03-02T14:01:02Z',
      actor: { id: '1', alternateId: 'Ada@corp.example' },
      client: { ipAddress: '192.0.2.1' },
    }),
    { logsource: 'okta/okta/', user: 'ada', src_ip: '192.0.2.1', time: at },
  ],
  [
    JSON.stringify({
      time: 1_772_460_062,
      level: 'warn',
      msg: 'disk full',
      host: 'h',
      deep: { er: { x: [1, { y: 2 }] } },
    }),
    { parser: 'json', time: at, host: 'h', 'fields.deep.er.x': [1], 'fields.deep.er.x.y': [2] },
  ],
])

test('what nobody knows is kept as text, and what should have been JSON says so', () => {
  assert.deepEqual(parse('just words').fields, { message: 'just words' })
  assert.equal(parse('just words').parse_error, undefined)
  assert.match(parse('{"half": ').parse_error ?? '', /JSON/)
  assert.match(parse('words', 'windows').parse_error ?? '', /windows/)
  assert.equal(parse('{"a":1}', 'syslog').parser, 'plain')
  assert.equal(parse('{"a":1}', 'no-such-parser').parser, 'json')
  assert.match(windowsEvent({ a: 1 }, received).parse_error ?? '', /not a Windows event/)
})

test('every parser says what it does and what it recognises', () => {
  assert.ok(parserDocs.length >= 11)
  for (const { name, does, recognises } of parserDocs) assert.ok(name && does && recognises)
  assert.equal(new Set(parserDocs.map(({ name }) => name)).size, parserDocs.length)
})
