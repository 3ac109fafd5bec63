// Records → flows: every format read, and whether a flow is encrypted.
import assert from 'node:assert/strict'
import test from 'node:test'
import { sealedBy } from './sealed.ts'
import { flowIn, suricata, kernel, zeek, vpc, windows, sysmon, connection, platform } from './made.test.ts'

const webToDb = 'asset:web -> asset:db tcp/5432'
const laptopToWeb = 'asset:laptops -> asset:web tcp/443'
const records: readonly (readonly [what: string, record: string, flow: string | undefined])[] = [
  [
    'a Suricata flow',
    suricata('flow', { app_proto: 'tls', flow: { pkts_toclient: 3, bytes_toserver: 5, bytes_toclient: 7 } }),
    `${webToDb} sealed 12 B`,
  ],
  ['one in plain text', suricata('flow', { app_proto: 'pgsql', flow: { pkts_toclient: 3 } }), `${webToDb} plain`],
  ['one never answered', suricata('flow', { app_proto: 'failed', flow: { pkts_toclient: 0 } }), `${webToDb} attempt`],
  [
    'one seen half-way',
    suricata('flow', { flow: { pkts_toclient: 3 } }, ['10.9.0.1', 5432, '10.1.2.1', 40_000]),
    webToDb,
  ],
  ['a TLS handshake', suricata('tls', { tls: { sni: 'x' } }), `${webToDb} sealed`],
  ['a drop', suricata('drop', {}), `${webToDb} attempt`],
  ['an alert is none', suricata('alert', { alert: { signature: 'x' } }), undefined],
  ['Zeek', zeek({}), `${webToDb} 30 B`],
  ['Zeek with TLS', zeek({ service: 'postgresql,ssl' }), `${webToDb} sealed 30 B`],
  ['Zeek, refused', zeek({ conn_state: 'REJ', orig_bytes: 0, resp_bytes: 0 }), `${webToDb} attempt`],
  ['Zeek, an echo', zeek({ proto: 'icmp' }), undefined],
  ['a cloud flow is turned by its ports', vpc({}), `${webToDb} 60 B`],
  ['one by its flags', vpc({ srcport: 40_000, dstport: 40_001, tcp_flags: 18 }), 'asset:web -> asset:db tcp/0 60 B'],
  ['one refused', vpc({ action: 'REJECT' }), `${webToDb} attempt 60 B`],
  [
    'one as text',
    '2 123456789010 eni-1 10.1.2.1 10.9.0.1 40000 5432 6 20 4249 1772622000 1772622060 ACCEPT OK',
    `${webToDb} 4249 B`,
  ],
  ['one without data', '2 123456789010 eni-1 - - - - - - - 1772622000 1772622060 - NODATA', undefined],
  [
    'netfilter, accepted',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.2.1 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    webToDb,
  ],
  [
    'netfilter, the answer',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.9.0.1 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=5432 DPT=40000 ACK SYN URGP=0'),
    webToDb,
  ],
  [
    'netfilter, dropped',
    kernel('FW-DROP IN=a OUT= SRC=10.1.2.1 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    `${webToDb} attempt`,
  ],
  [
    'knocking from outside is one',
    kernel('FW-DROP IN=a OUT= SRC=192.0.2.9 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=40000 DPT=23 SYN URGP=0'),
    'outside -> asset:web tcp/0 attempt',
  ],
  [
    'between strangers',
    kernel('OK-ACCEPT IN=a OUT=b SRC=192.0.2.9 DST=198.51.100.7 LEN=60 PROTO=TCP SPT=40000 DPT=25 SYN URGP=0'),
    undefined,
  ],
  [
    'from a partner',
    kernel('OK-ACCEPT IN=a OUT=b SRC=198.51.100.7 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=40000 DPT=25 SYN URGP=0'),
    'zone:partners -> asset:web tcp/25',
  ],
  [
    'a stranger called keeps its address',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.9.0.1 DST=192.0.2.9 LEN=60 PROTO=TCP SPT=40000 DPT=443 SYN URGP=0'),
    'asset:db -> address:192.0.2.9 tcp/443',
  ],
  [
    'unless people look at pages',
    windows(3, { ...connection, Initiated: 'true', DestinationIp: '192.0.2.9' }, sysmon),
    'asset:laptops -> outside tcp/443',
  ],
  [
    'an unknown machine inside',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.77.7 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    'address:10.1.77.7 -> asset:db tcp/5432',
  ],
  [
    'multicast is none',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.2.1 DST=224.0.0.251 LEN=60 PROTO=UDP SPT=5353 DPT=5353 LEN=40'),
    undefined,
  ],
  ['Sysmon', windows(3, { ...connection, Initiated: 'true' }, sysmon), laptopToWeb],
  [
    'Sysmon, called',
    windows(
      3,
      { ...connection, Initiated: 'false', SourceIp: '10.1.2.1', DestinationIp: '10.1.8.9', DestinationPort: 3389 },
      sysmon,
    ),
    'asset:web -> asset:laptops tcp/3389',
  ],
  ['Windows, out', windows(5156, { ...platform, Direction: '%%14593' }), laptopToWeb],
  [
    'Windows, in, its own address first',
    windows(5156, {
      ...platform,
      Direction: '%%14592',
      SourceAddress: '10.1.8.9',
      SourcePort: '445',
      DestAddress: '10.1.2.1',
      DestPort: '50000',
    }),
    'asset:web -> asset:laptops tcp/445',
  ],
  ['Windows, blocked', windows(5157, { ...platform, Direction: '%%14593' }), `${laptopToWeb} attempt`],
  ['Windows, listening', windows(5158, { Protocol: '6', SourceAddress: '10.1.8.9', SourcePort: '50000' }), undefined],
  [
    'conntrack -E',
    '    [NEW] tcp      6 120 SYN_SENT src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 [UNREPLIED] src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000',
    webToDb,
  ],
  [
    'conntrack -L',
    'ipv4     2 tcp      6 431999 ESTABLISHED src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 packets=5 bytes=600 src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000 packets=4 bytes=900 [ASSURED] mark=0 use=1',
    `${webToDb} 1500 B`,
  ],
  [
    'conntrack by syslog',
    '<6>Mar  4 11:00:00 gw conntrack[9]: [NEW] udp 17 30 src=10.1.8.9 dst=10.9.0.1 sport=40000 dport=53 [UNREPLIED] src=10.9.0.1 dst=10.1.8.9 sport=53 dport=40000',
    'asset:laptops -> asset:db udp/53',
  ],
  [
    'conntrack, ended',
    '[DESTROY] tcp      6 src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000',
    undefined,
  ],
  [
    'a login by SSH',
    '<38>Mar  4 11:00:00 db01 sshd[7]: Accepted publickey for ada from 10.1.2.1 port 40000 ssh2: ED25519 SHA256:x',
    'asset:web -> asset:db tcp/22 sealed',
  ],
  [
    'one refused tells of no flow',
    '<38>Mar  4 11:00:00 db01 sshd[7]: Failed password for ada from 10.1.2.1 port 40000 ssh2',
    undefined,
  ],
  ['plain words', 'nothing to see here', undefined],
]
for (const [what, record, expected] of records) void test(`read: ${what}`, () => assert.equal(flowIn(record), expected))

void test('the application protocol tells whether a flow is encrypted', () => {
  assert.deepEqual(['tls', 'http', 'smb', 'ssl,http', 'http,dns', 'odd,stranger', ''].map(sealedBy), [
    true,
    false,
    undefined,
    true,
    false,
    undefined,
    undefined,
  ])
})
