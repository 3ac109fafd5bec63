// Whatever arrives, parsing gives an event, and twice the length costs about twice the time.
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import test from 'node:test'
import * as fc from 'fast-check'
import type { ParsedEvent } from '../types.ts'
import { parseRecord } from './parse-record.ts'
import { parsers } from './table.ts'

const parse = (text: string, parser?: string): ParsedEvent =>
  parseRecord({ source: 'test', received: 1_772_460_062_000, text, ...(parser === undefined ? {} : { parser }) })

/** An event can be stored: its numbers are finite, its fields flat. */
function sound(event: ParsedEvent): void {
  assert.ok(Number.isFinite(event.time))
  assert.ok(event.message.length <= 1000)
  for (const [name, value] of Object.entries(event.fields))
    for (const one of Array.isArray(value) ? value : [value])
      assert.ok(one === null || ['string', 'number', 'boolean'].includes(typeof one), name)
  JSON.stringify(event)
}

const words = fc.constantFrom(
  '<38>1 ', '<4>', 'Mar  2 14:01:02 ', '2026-03-02T14:01:02Z ', 'host ', 'sshd[1]: ', 'sudo: ', 'kernel: ', 'postgres[1]: ', 'CRON[2]: ', 'nginx: ',
  'Failed password for ', 'invalid user ', 'ada ', 'from ', '192.0.2.1 ', 'port 22 ', 'TTY=x ; ', 'PWD=/ ; ', 'USER=root ; ', 'COMMAND=', 'IN=eth0 ', 'SRC=1.2.3.4 ',
  'user=a,db=b,app=c,client=d LOG:  ', 'statement: ', '[02/Mar/2026:14:01:02 +0000] ', '"GET / HTTP/1.1" ', '200 ', '"', '\\', '[', ']', '{', '}', ':', '=', '- ', '\n', '\0',
  'DHCPACK on ', 'query[A] ', 'unbound[1:0] info: ', 'client 1.2.3.4#5 ', 'NOQUEUE: reject: ', 'Login: user=<a>, ', 'rip=1.2.3.4, ', 'LOG:  ', '8 Query\t', '|open|ok|',
  'Ban ', 'level=info msg=', 'type=PATH msg=audit(1.000:1): ', '\u001d', 'H=(x) [1.2.3.4] ', 'T="', '2026-03-02 14:01:02,123 ', '10,03/02/26,14:01:02,', 'Auth: [', 'wireguard: wg0: ',
  'type=EXECVE msg=audit(1.000:1): ', 'a0=', '61', '<Event>', '</Event>', '<Data Name="x">', '&#99;', '%ASA-6-1: ', '(to root) ',
) // prettier-ignore

test('arbitrary text, and text made of the words of logs, gives a sound event', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sound(parse(text))),
    { numRuns: 500 },
  )
  const lines = fc.array(words, { maxLength: 25 }).map((list) => list.join(''))
  fc.assert(
    fc.property(lines, (text) => sound(parse(text))),
    { numRuns: 1500 },
  )
})

const keys = fc.constantFrom(
  'Event', 'System', 'EventData', 'UserData', 'EventID', 'Channel', 'Computer', '#text', '#attributes', 'Data', 'winlog', 'event_data', 'SourceName', 'Hashes', 'eventVersion',
  't', '$date', 's', 'c', 'msg', 'attr', 'columns', 'snapshot', 'hostIdentifier', 'name', 'output_fields', 'rule', 'priority', 'log', 'stream', 'Type', 'Action', 'Actor', 'ID', 'SYSCALL',
  'EXECVE', 'ARGV', 'error_severity', 'session_id', 'Authentication', 'version', 'audit_record', 'eventSource', 'eventName', 'requestParameters', 'event_type', 'timestamp', 'src_ip', 'dns', 'MESSAGE', '__REALTIME_TIMESTAMP', 'castellan', 'time', 'host', '__proto__', 'constructor', 'toString',
) // prettier-ignore
const values = fc.oneof(
  fc.constantFrom('Security', 'host-change', 'alert', 4688, 1, 'Microsoft-Windows-Sysmon/Operational', '-', null),
  fc.jsonValue(),
)
const objects = fc.letrec((tie) => ({
  object: fc.dictionary(
    keys,
    fc.oneof({ maxDepth: 3 }, values, tie('object'), fc.array(tie('object'), { maxLength: 3 })),
    { noNullPrototype: true, maxKeys: 8 },
  ),
})).object

test('arbitrary JSON, and JSON with the names parsers look for, gives a sound event', () => {
  fc.assert(
    fc.property(fc.json(), (text) => sound(parse(text))),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(objects, (object) => sound(parse(JSON.stringify(object)))),
    { numRuns: 1000 },
  )
})

test('no parser throws when it is asked for by name', () => {
  const name = fc.constantFrom(...parsers.map((parser) => parser.name))
  fc.assert(
    fc.property(
      name,
      fc.oneof(
        fc.string(),
        fc.json(),
        objects.map((o) => JSON.stringify(o)),
      ),
      (parser, text) => sound(parse(text, parser)),
    ),
  )
})

/** Beginnings that lead deep into a pattern, and what is repeated after them to make it try again and again. */
const hostile: readonly (readonly [begin: string, repeated: string])[] = [
  ['', 'a'], ['', ' '], ['', '['], ['', '"'], ['', '\\"'], ['', '<'], ['<38>1 2026-03-02T14:01:02Z h p 1 - ', '[a b="c"]'],
  ['<38>1 2026-03-02T14:01:02Z h sshd 1 - - Failed password for ', ' from 1 port '],
  ['<38>1 2026-03-02T14:01:02Z h sshd 1 - - Connection closed by invalid user ', '1 '],
  ['<38>1 2026-03-02T14:01:02Z h sudo 1 - - a : TTY=x ; PWD=', ' ; USER=a ;'],
  ['<38>1 2026-03-02T14:01:02Z h sudo 1 - - ', ' '],
  ['<38>1 2026-03-02T14:01:02Z h postgres 1 - - user=a,db=b,app=', ' '],
  ['<38>1 2026-03-02T14:01:02Z h postgres 1 - - user=a,db=b,app=', ',client='],
  ['<38>1 2026-03-02T14:01:02Z h postfix/smtp 1 - - ABCDEF: to=<x>, relay=', 'a'],
  ['<38>1 2026-03-02T14:01:02Z h postfix/smtpd 1 - - NOQUEUE: reject: RCPT from ', 'a[b]: 554 '],
  ['<38>1 2026-03-02T14:01:02Z h dovecot 1 - - imap-login: Disconnected ', 'user=<a> '],
  ['<38>1 2026-03-02T14:01:02Z h dovecot 1 - - auth: ', '(a,b): '],
  ['<38>1 2026-03-02T14:01:02Z h login 1 - - FAILED LOGIN (1) on ', ' FOR '],
  ['<38>1 2026-03-02T14:01:02Z h clamd 1 - - ', ': a '],
  ['<38>1 2026-03-02T14:01:02Z h named 1 - - client ', '1#1 (a): view '],
  ['<38>1 2026-03-02T14:01:02Z h audit 1 - - ', 'type'],
  ['<4>Mar  2 14:01:02 h kernel: IN=', 'SRC=a '],
  ['1.2.3.4 - - [02/Mar/2026:14:01:02 +0000] "', '\\"'],
  ['1.2.3.4 - - [02/Mar/2026:14:01:02 +0000] "GET / HTTP/1.1" 200 5 "', 'a'],
  ['[Mon Mar 02 14:01:02 2026] [error] ', '[client x] '],
  ['type=SYSCALL msg=audit(1.000:1): ', 'a="b" '], ['type=USER msg=audit(1.000:1): ', "msg='"], ['type=USER msg=audit(1.000:1): ', '=='],
  ['type=EXECVE msg=audit(1.000:1): a0=', '61'],
  ['<Event>', '<a>'], ['<Event>', '<a b="c"'], ['<Event><!--', '-'], ['<Event a="', ' b="'], ['<Event>', '&#'],
  ['type=SYSCALL msg=audit(1.000:1): a=1\n', 'type=PATH msg=audit(1.000:1): name="x"\n'],
  ['type=EXECVE msg=audit(1.000:1): ', 'a="b"'], ['type=EXECVE msg=audit(1.000:1): ', 'a1[0]="b" '],
  ['<38>1 2026-03-02T14:01:02Z h sshd 1 - - Disconnecting invalid user ', '1 port 1: '],
  ['<38>1 2026-03-02T14:01:02Z h sshd 1 - - User a from ', 'b not allowed because '],
  ['<38>1 2026-03-02T14:01:02Z h kernel 1 - - [1.0] audit: type=1400 audit(1:1): apparmor="DENIED" operation="x"', ' profile="x"'],
  ['<38>1 2026-03-02T14:01:02Z h kernel 1 - - wireguard: wg0: Invalid ', ', from '],
  ['<38>1 2026-03-02T14:01:02Z h exim 1 - - 1w7Abc-0001Ab-2C <= a@b ', 'H=(a) T="'],
  ['<38>1 2026-03-02T14:01:02Z h exim 1 - - H=(x) [192.0.2.9]', ' X=a F=<a>'],
  ['<38>1 2026-03-02T14:01:02Z h sendmail 1 - - 4228aBcD000123: from=<a>, size=1, class=0', ', a=b, relay=x'],
  ['<38>1 2026-03-02T14:01:02Z h dovecot 1 - - imap-login: Disconnected: ', 'a: user=<b>, rip='],
  ['<38>1 2026-03-02T14:01:02Z h smbd_audit 1 - - ', 'a|b|open|ok|'], ['Auth: [', 'x] user ['], ['Auth: [SMB2,x] user [a]\\[b] at [', ' at ['],
  ['<38>1 2026-03-02T14:01:02Z h kea-dhcp4 1 - - DHCP4_LEASE_ALLOC [hwtype=1 00:11:22:33:44:55], ', 'lease 10.0.0.5 '],
  ['<38>1 2026-03-02T14:01:02Z h openvpn 1 - - ', '1.2.3.4:1 '], ['2026-03-02 14:01:02 1.2.3.4:1 ', 'TLS Error: '],
  ['<38>1 2026-03-02T14:01:02Z h mysqld 1 - - 8 Query ', "Access denied for user 'a'@'"], ['# Time: 2026-03-02T14:01:02Z\n# User@Host: a\n', '# Query_time: 1\n'],
  ['20260302 14:01:02,', 'a,'], ['20260302 14:01:02,a,b,c,1,2,QUERY,d,', "'x',"], ['2026-03-02 14:01:02 UTC,', '"",'], ['2026-03-02 14:01:02 UTC,"', '""'],
  ['2026-03-02 14:01:02 UTC [1] ', 'user=a,'], ['<38>1 2026-03-02T14:01:02Z h postgres 1 - - ', 'a@b '],
  ['10,03/02/26,14:01:02,Assign,10.0.0.5,', ','], ['14:01:02.123456789: Warning x (', 'a=b '], ['time="2026-03-02T14:01:02Z" level=info msg=', 'a="b\\" '],
  ['2026-03-02 14:01:02,1 INFO [org.keycloak.events] (t) type=LOGIN, ', 'a=b, '], ['2026-03-02 14:01:02 ', '[a] '], ['2026-03-02 14:01:02 ', 'from ip='],
  ['2026-03-02 14:01:02 a: ', 'user=a from 1.2.3.4:1 '], ['2026-03-02 14:01:02 ', 'a='], ['Mon Mar  2 14:01:02 2026 1 h 1 ', '/x a _ i r '],
  ['<38>1 2026-03-02T14:01:02Z h clamd 1 - - ', '/x: a FOUND'], ['<38>1 2026-03-02T14:01:02Z h sudo 1 - - a : ', 'TTY=x ; PWD=x ; '],
  ['%ASA-6-1: ', 'for a:1/1 to '], ['{"a":', '['], ['{"a":', '{"a":'], ['{"a":"', '\\u0000'],
] // prettier-ignore

test('hostile texts of 1 MB are read: with their square this would not end', (t) => {
  let worst = 0
  for (const [begin, repeated] of hostile) {
    const time = (length: number): number => {
      const text = begin + repeated.repeat(Math.ceil(length / repeated.length))
      const start = performance.now()
      sound(parse(text))
      return performance.now() - start
    }
    time(10_000)
    worst = Math.max(worst, time(1_000_000))
  }
  t.diagnostic(`slowest of ${hostile.length} hostile texts of 1 MB: ${worst.toFixed(0)} ms`)
})

test('deep and wide JSON does not become larger than it was by much', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  sound(parse(deep))
  const longName = `{"${'n'.repeat(100_000)}":{"a":{"b":[${'1,'.repeat(1000)}1]}}}`
  const event = parse(longName)
  assert.ok(JSON.stringify(event.fields).length < 3 * longName.length)
})
