// What usually speaks on a port, and what kinds of program keep data.

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
110   pop3
123   ntp
143   imap
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
1883  mqtt
2049  nfs
3000  http
3306  mysql
3389  rdp        yes
5000  http
5432  postgres
5672  amqp
5985  winrm
5986  winrm      yes
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

const keepers =
  /^(postgres|postgresql|mysql|mysqld|mariadb|mariadbd|mongo|mongod|mongodb|redis|valkey|elasticsearch|opensearch|clickhouse|cassandra|couchdb|influxdb|neo4j|minio|mssql|sqlservr|oracle|cockroach|etcd|rabbitmq|kafka|ldap|slapd|openldap|nfs|smbd|samba|vault)(?![a-z])/

/** Whether a program of this name usually keeps data. */
export const keepsData = (name: string): boolean => keepers.test(name.toLowerCase())
