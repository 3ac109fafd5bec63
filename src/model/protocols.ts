// What usually speaks on a port, and on which port a protocol usually speaks.
import type { Port } from './types.ts'

/** A protocol, and whether it is encrypted by itself. */
export interface Protocol {
  readonly protocol: string
  readonly encrypted: boolean
}

// port | protocol | encrypted
const table = `
21    ftp
22    ssh        yes
23    telnet
25    smtp
53    dns
80    http
88    kerberos   yes
104   dicom
110   pop3
123   ntp
143   imap
161   snmp
389   ldap
443   https      yes
445   smb
465   smtps      yes
514   syslog
587   smtp
631   ipp
636   ldaps      yes
853   dns-tls    yes
993   imaps      yes
995   pop3s      yes
1433  mssql
1521  oracle
1812  radius
1883  mqtt
2049  nfs
2575  hl7
3000  http
3306  mysql
3389  rdp        yes
5000  http
5060  sip
5061  sips       yes
5432  postgres
5672  amqp
5985  winrm
5986  winrm      yes
5671  amqps      yes
6379  redis
6443  https      yes
6514  syslog-tls yes
7600  http
8000  http
8080  http
8443  https      yes
8883  mqtts      yes
9000  http
9090  http
9092  kafka
9100  http
9200  http
11211 memcached
27017 mongodb
51820 wireguard  yes
`
const byPort = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [port = '', protocol = '', encrypted] = line.split(/\s+/)
      return [Number(port), { protocol, encrypted: encrypted === 'yes' }] as const
    }),
)

/** The protocol that IANA or custom gives the port, else the transport alone. */
export const protocolOf = (port: number, transport: string): Protocol =>
  byPort.get(port) ?? { protocol: transport, encrypted: false }

const byName = new Map(
  [...byPort].toReversed().map(([port, { protocol, encrypted }]) => [protocol, { protocol, port, encrypted }]),
)

/** The port that a protocol of this name usually speaks on. */
export const portOf = (protocol: string): Port | undefined => byName.get(protocol.toLowerCase())
