// Lines made to hurt the parsers of networks and the web: ten times the length costs about ten times the time, for every parser, asked by name too.
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import test from 'node:test'
import { parse } from './goldens.test.ts'
import { parsers } from './table.ts'

/** Beginnings that lead deep into a pattern, and what is repeated behind them. */
const hostile: readonly (readonly [begin: string, repeated: string])[] = [
  ['<166>Mar 02 2026 14:01:02 fw1 : %ASA-6-302013: Built outbound TCP connection 7 for ', '(a) '],
  ['%ASA-6-302013: Built inbound TCP connection 7 for outside:1.2.3.4/5 ', 'to to '],
  ['%ASA-6-106100: access-list a permitted tcp ', 'a/b(1) -> '], ['%ASA-6-113019: Group = ', 'a, IP = '], ['%FTD-1-430003: ', 'A: b, '],
  ['%ASA-6-305011: from ', 'from a '], ['<189>', '1: '], ['%SEC-6-X: list ', 'a permitted '],
  ['CEF:0|a|b|c|d|e|f|', 'a=b '], ['CEF:0|a|b|c|d|e|f|', ' a'], ['CEF:0|', '\\|'], ['CEF:0|a|b|c|d|e|f|a=', '\\='],
  ['LEEF:2.0|a|b|c|d|^|', 'a=b^'], ['LEEF:1.0|a|b|c|d|', 'a=b\t'], ['LEEF:1.0|a|b|c|d|', ' a'],
  ['date=2026-03-02 type=', 'a="b" '], ['date=2026-03-02 type="', '\\"'], ['date=2026-03-02 type=', '= '], ['time=1 a=1 b=2 ', 'c '],
  ['1,2026/03/02 14:01:02,1,TRAFFIC,', 'a,'], ['1,2026/03/02 14:01:02,1,THREAT,', '"a"",'], ['1,2026/03/02 14:01:02,1,CONFIG,', '"'],
  ['<14>1 2026-03-02T14:01:02Z h RT_FLOW - RT_FLOW_SESSION_CREATE [junos@1 ', 'a="b" '],
  ['<14>1 2026-03-02T14:01:02Z h RT_FLOW - RT_FLOW_SESSION_CREATE [junos@1 a="', ']x'], ['RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed ', 'a: '],
  ['id=firewall sn=1 ', 'src=1:2:3 '], ['device="SFW" log_type="', 'a b '], ['[action:"', 'a"; b:"'], ['<134>1 2026-03-02T14:01:02Z g CheckPoint 9 - [action:"', '\\"; '],
  ['1 1772460062.1 MX84 urls ', 'request: '], ['1 1772460062.1 MX84 events ', 'a='], ['Mar  2 14:01:02 h firewall,info ', 'a input: in:'],
  ['Mar  2 14:01:02 h firewall,info a: ', 'proto TCP, 1.2.3.4:5->'], ['msg_id="3000-0148" Deny ', '1.2.3.4 '], ['firewall,info', ',info'],
  ['1,,,1,em0,match,block,in,4,', ','], ['rule 1/0(match): block in on em0: 1.2.3.4 > ', '1.2.3.4: '],
  ['03/02/2026-14:01:02.000000  [**] [1:2:3] ', 'a [**] '], ['03/02/2026-14:01:02.000000  [**] [1:2:3] a [**] {TCP} ', '1.2.3.4 -> '],
  ['1.2.3.4 - - [02/Mar/2026:14:01:02 +0000] "GET / HTTP/1.1" 200 5 ', '"a" '], ['1.2.3.4 - - [', '['], ['', '1.2.3.4, '], ['1.2.3.4 - - [02/Mar/2026:14:01:02 +0000] ', '\\"'],
  ['[Mon Mar 02 14:01:02 2026] [a:error] [pid 1] [client 1.2.3.4] ModSecurity: ', '[id "'], ['[Mon Mar 02 14:01:02 2026] [a:error] ', '[a] '],
  ['[Mon Mar 02 14:01:02 2026] [a:error] ModSecurity: [msg "', '\\'], ['2026/03/02 14:01:02 [error] 1#1: ', ', client: '], ['2026/03/02 14:01:02 [error] 1#1: ', '"/'],
  ['1772460062.123 1 1.2.3.4 TCP_MISS/200 1 GET ', 'a'], ['1772460062.123 ', ' '], ['1.2.3.4:5 [02/Mar/2026:14:01:02.1] f b/s 1/2 ', '{'],
  ['1.2.3.4:5 [02/Mar/2026:14:01:02.1] f b/s 1/2 200 1 - - -- 1/1 0/0 ', '{a} '], ['2026-03-02 14:01:02 ', 'a '], ['2026-03-02 14:01:02 ', '"" '], ['#Fields: date time a\n', '"'],
  ['1772460062.000000\tC1\t', '1.2.3.4\t'], ['1772460062.000000\t', '\t'], ['#fields\ta\tb\n', '\\x'], ['#path\ta\n#fields\ta\n', ','], ['#Columns: a,b\n', '"",'],
] // prettier-ignore

const made = ([begin, repeated]: readonly [string, string], length: number): string =>
  begin + repeated.repeat(Math.ceil(length / repeated.length))

test('hostile lines of 1 MB are read by recognition', (t) => {
  let worst = ['', 0] as readonly [string, number]
  for (const one of hostile) {
    const text = made(one, 1_000_000)
    const began = performance.now()
    assert.ok(Number.isFinite(parse(text).time))
    const took = performance.now() - began
    if (took > worst[1]) worst = [one.join('…'), took]
  }
  t.diagnostic(`slowest of ${hostile.length}: ${worst[1].toFixed(0)} ms for ${worst[0]}`)
  assert.ok(worst[1] < 5000, worst[0])
})

test('every parser reads every hostile line of 50 kB that is named to it', (t) => {
  let worst = ['', 0] as readonly [string, number]
  for (const one of hostile) {
    const text = made(one, 50_000)
    for (const { name } of parsers) {
      const began = performance.now()
      const event = parse(text, name)
      const took = performance.now() - began
      assert.ok(!event.parse_error?.startsWith('parser failed'), `${name}: ${event.parse_error} of ${one.join('…')}`)
      if (took > worst[1]) worst = [`${name}: ${one.join('…')}`, took]
    }
  }
  t.diagnostic(`slowest: ${worst[1].toFixed(0)} ms for ${worst[0]}`)
  assert.ok(worst[1] < 1000, worst[0])
})
