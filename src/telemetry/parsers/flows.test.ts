// Flows whose columns are named by a line before them: AWS's in any order, SiLK's as rwcut prints them.
import assert from 'node:assert/strict'
import test from 'node:test'
import { normalise } from '../normalise/index.ts'
import { at, goldens, parse } from './goldens.test.ts'
import { headed } from './headed.ts'

const awsHeader = 'account_id,action,bytes,dstaddr,dstport,end,flow_direction,interface_id,pkt_dstaddr,protocol,srcaddr,srcport,start,traffic_path,type,vpc_id' // prettier-ignore
const ingress = `210987654321,REJECT,40,192.0.2.9,3389,${at / 1000 + 60},ingress,eni-0a1b2c3d,192.0.2.9,6,198.51.100.7,51515,${at / 1000},-,IPv4,vpc-0f00`
const egress = `210987654321,ACCEPT,9000,192.0.2.1,443,${at / 1000 + 60},egress,eni-0a1b2c3d,203.0.113.5,6,192.0.2.9,40404,${at / 1000},8,IPv4,vpc-0f00`
const silkHeader = 'sIP|dIP|sPort|dPort|pro|packets|bytes|flags|sTime|duration|eTime|sensor|type|'
const silkLine =
  ' 192.0.2.20| 198.51.100.21|63975|443|6|8|344|FS PA|2026/03/02T14:01:02.000|0.250|2026/03/02T14:01:02.250|S1|outweb|'

goldens('flows under their header', [
  [
    `${awsHeader}\n${ingress}`,
    { time: at, src_ip: '198.51.100.7', dst_ip: '192.0.2.9', dst_port: 3389, activity: 'connection blocked' },
  ],
  [
    `${silkHeader}\n${silkLine}`,
    {
      time: at,
      src_ip: '192.0.2.20',
      dst_ip: '198.51.100.21',
      dst_port: 443,
      activity: 'network flow',
      parser: 'silk',
    },
  ],
])

test('A file of flows: its first line goes in front of every other', () => {
  for (const [header, line] of [
    [awsHeader, ingress],
    [silkHeader, silkLine],
  ] as const) {
    const file = headed()
    assert.equal(file.push(header), undefined)
    assert.equal(file.push(line), `${header}\n${line}`)
    assert.equal(headed({ known: file.header }).push(line), `${header}\n${line}`)
  }
  assert.equal(headed().push('an address, and words after it'), 'an address, and words after it')
})

test('The interface belongs to the receiving end of what comes in, the sending end of what goes out; what translates stands between', () => {
  const received = normalise(parse(`${awsHeader}\n${ingress}`))
  assert.deepEqual(received['dst_endpoint'], { ip: '192.0.2.9', interface_uid: 'eni-0a1b2c3d', vpc_uid: 'vpc-0f00', port: 3389 }) // prettier-ignore
  assert.equal(received['action_id'], 2)
  const sent = normalise(parse(`${awsHeader}\n${egress}`))
  assert.deepEqual(sent['dst_endpoint'], { ip: '203.0.113.5', intermediate_ips: ['192.0.2.1'], port: 443 })
  const info = new Map(Object.entries(sent['connection_info'] ?? {}))
  assert.equal(info.get('boundary'), 'Internet Gateway')
  assert.equal(info.get('direction_id'), 2)
})

test('A flow of SiLK: its flags as bits, its times and length in milliseconds, its direction by its type', () => {
  const event = normalise(parse(`${silkHeader}\n${silkLine}`))
  assert.deepEqual([event['duration'], event['start_time'], event['end_time']], [250, at, at + 250])
  const info = new Map(Object.entries(event['connection_info'] ?? {}))
  assert.deepEqual([info.get('tcp_flags'), info.get('direction')], [27, 'Outbound'])
})
