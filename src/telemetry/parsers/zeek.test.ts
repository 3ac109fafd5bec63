// Zeek's logs: with their header, without it, as JSON; and headers carried to the records they are for.
import assert from 'node:assert/strict'
import test from 'node:test'
import { eventTexts } from '../splitting.ts'
import { headed } from './headed.ts'
import { at, goldens, parse } from './goldens.test.ts'

const conn = ['1772460062.000000', 'CAbcdefghij1', '10.0.0.1', '5', '203.0.113.5', '443', 'tcp', 'ssl', '1.5', '10', '20', 'SF', 'T', 'F', '0', 'ShAD', '3', '100', '2', '80', '-'].join('\t') // prettier-ignore
const dns = ['1772460062.000000', 'CAbcdefghij1', '10.0.0.1', '5', '10.0.0.2', '53', 'udp', '77', '-', 'a.example', '1', 'C_INTERNET', '1', 'A', '3', 'NXDOMAIN', 'F', 'F', 'T', 'F', '0', '192.0.2.1,192.0.2.2', '60.0,61.0', 'F'].join('\t') // prettier-ignore

goldens('Zeek without a header', [
  [conn, { time: at, parser: 'zeek', logsource: 'zeek/conn/', src_ip: '10.0.0.1', dst_port: 443, outcome: 'success', 'fields.orig_bytes': 10, 'fields.local_orig': true, 'fields.tunnel_parents': undefined }],
  [dns, { logsource: 'zeek/dns/dns', domain: 'a.example', outcome: 'failure', 'fields.answers': ['192.0.2.1', '192.0.2.2'] }],
  [`worker-1\t${conn}`, { logsource: 'zeek/conn/', 'fields._node_name': 'worker-1' }],
  [`${conn}\t6\tmore`, { logsource: 'zeek/conn/', 'fields.ip_proto': 6, 'fields.column_23': 'more' }],
  ['1772460062.000000\tCAbcdefghij1\t10.0.0.1\t5\t10.0.0.2\t80\tnew\tlog', { logsource: 'zeek/unknown/', src_ip: '10.0.0.1', 'fields.column_7': 'new' }],
  ['1772460062.000000\tCAbcdefghij1\t10.0.0.1\t5\t10.0.0.2\t80\ttcp\t-\t0.06', { src_ip: '10.0.0.1', parser: 'zeek' }],
]) // prettier-ignore

goldens('Zeek as JSON', [
  ['{"ts":1772460062.0,"uid":"C1","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","trans_depth":1,"method":"GET","host":"a.example","uri":"/x","status_code":404}', { logsource: 'zeek/http/', domain: 'a.example', url: '/x', outcome: 'failure', activity_id: 3, class_uid: 4002 }],
  ['{"ts":1772460062.0,"fuid":"F1","tx_hosts":["203.0.113.5"],"rx_hosts":["10.0.0.1"],"source":"HTTP","analyzers":["PE"],"filename":"x.exe","seen_bytes":1}', { logsource: 'zeek/files/', file: 'x.exe', src_ip: '203.0.113.5', dst_ip: '10.0.0.1' }],
  ['{"_path":"kerberos","ts":"2026-03-02T14:01:02Z","uid":"C1","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","client":"Ada/CORP","success":false}', { time: at, user: 'ada', outcome: 'failure', class_uid: 3002 }],
  ['{"_path":"smb_files","ts":1772460062.0,"uid":"C1","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","action":"SMB::FILE_OPEN","path":"\\\\\\\\s\\\\C$","name":"x.dll"}', { file: 'x.dll', class_uid: 4006 }],
]) // prettier-ignore

const file = [
  '#separator \\x09', '#set_separator\t,', '#empty_field\t(empty)', '#unset_field\t-', '#path\thttp', '#open\t2026-03-02-14-00-00',
  '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\turi\tmine\ttags', '#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tcount\tset[enum]',
  '1772460062.000000\tC1\t10.0.0.1\t5\t10.0.0.2\t80\t/a\\x20b\t7\t(empty)', '1772460062.000000\tC1\t10.0.0.1\t5\t10.0.0.2', '#close\t2026-03-02-15-00-00',
].join('\n') // prettier-ignore

test('a file with a header gives records that carry it; unknown and missing columns are read', () => {
  const pieces = [...eventTexts(file, { file: 'http.log', recordChars: 1e6 })].map(String)
  assert.equal(pieces.length, 2)
  const [whole, short] = pieces.map((text) => parse(text))
  assert.equal(whole?.time, at)
  assert.equal(whole?.logsource.service, 'http')
  assert.deepEqual([whole?.url, whole?.fields['mine'], whole?.fields['tags']], ['/a b', 7, []])
  assert.equal(short?.dst_ip, '10.0.0.2')
  assert.ok(pieces[0]?.endsWith(file.split('\n')[8] ?? 'x'), 'the line itself stands at the end, whole')
})

test('a restart goes on with the header in force; other lines pass untouched', () => {
  const first = headed()
  for (const line of file.split('\n').slice(0, 8)) assert.equal(first.push(line), undefined)
  const second = headed({ known: first.header })
  const line = file.split('\n')[8] ?? ''
  assert.equal(second.push(line), first.push(line))
  const other = headed()
  assert.equal(other.push('# a comment'), '# a comment')
  assert.equal(other.push('plain'), 'plain')
  assert.equal(other.push('#Fields: date time c-ip'), undefined)
  assert.equal(other.push('2026-03-02 14:01:02 192.0.2.7'), '#Fields: date time c-ip\n2026-03-02 14:01:02 192.0.2.7')
  const table = headed({ csv: true })
  assert.equal(table.push('a,b'), undefined)
  assert.equal(table.push('1,2'), '#Columns: a,b\n1,2')
})
