// Services that Sigma knows by name or category: FTP, virus scanner, name servers.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Program } from '../line.ts'

const { authentication, dnsActivity, detectionFinding } = ocsfClass

export const vsftpd: Program = {
  names: ['vsftpd'],
  logsource: linux('vsftpd'),
  phrases: [
    {
      match:
        /^(?:\[pid \d+\] )?(?:\[(?<user>[^\]]+)\] )?(?<what>CONNECT|FTP response|OK DOWNLOAD|OK UPLOAD|FAIL DOWNLOAD|FAIL UPLOAD): Client "(?<src_ip>[^"]+)"(?:, "(?<file>[^"]{0,1024})")?/,
      activity: 'FTP session',
      class_uid: ocsfClass.networkActivity,
    },
    {
      match: /^(?:\[pid \d+\] )?(?:\[(?<user>[^\]]+)\] )?OK LOGIN: Client "(?<src_ip>[^"]+)"/,
      activity: 'login accepted',
      class_uid: authentication,
    },
    {
      match: /^(?:\[pid \d+\] )?(?:\[(?<user>[^\]]+)\] )?FAIL LOGIN: Client "(?<src_ip>[^"]+)"/,
      activity: 'login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
  ],
}

export const clamav: Program = {
  names: ['clamd', 'clamav', 'clamscan', 'freshclam', 'clamav-milter'],
  logsource: linux('clamav'),
  phrases: [
    {
      match: /^(?<file>.*): (?<Signature>\S+) FOUND$/,
      activity: 'malware found',
      class_uid: detectionFinding,
      severity_id: ocsfSeverity.high,
    },
  ],
}

export const mysql: Program = {
  names: ['mysqld', 'mysql', 'mariadbd', 'mariadb'],
  logsource: { product: 'mysql', categories: ['database'] },
  phrases: [
    {
      match: /^(?:\[\w+\] )?(?:\[[\w-]+\] )*Access denied for user '(?<user>[^']{0,255})'@'(?<src_ip>[^']{1,255})'/,
      activity: 'database login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
  ],
}

const dns = { product: 'linux', service: 'syslog', categories: ['dns'] }
/** Category, level and client, as BIND puts them in front. */
const client =
  '^(?:[\\w-]{1,32}: ){0,3}client (?:@0x[0-9a-f]+ )?(?<src_ip>[^#\\s]+)#(?<src_port>\\d+)(?: \\([^)]*\\))?: (?:view [^:]{1,64}: )?'

export const nameServers: Program = {
  names: ['named', 'dnsmasq', 'unbound'],
  logsource: dns,
  phrases: [
    {
      match: new RegExp(`${client}query: (?<query>\\S+) IN (?<record_type>\\S+)`),
      activity: 'name looked up',
      class_uid: dnsActivity,
    },
    {
      match: new RegExp(
        `${client}(?:query(?: \\(cache\\))?|zone transfer) '(?<query>[^'/]{1,255})/(?<record_type>\\w{1,16})/IN' (?<action>denied)`,
      ),
      activity: 'name lookup refused',
      class_uid: dnsActivity,
    },
    {
      match: new RegExp(`${client}bad zone transfer request: '(?<query>[^'/]{1,255})`),
      activity: 'zone transfer refused',
      class_uid: dnsActivity,
    },
    {
      match: /^query\[(?<record_type>\w+)\] (?<query>\S+) from (?<src_ip>\S+)/,
      activity: 'name looked up',
      class_uid: dnsActivity,
    },
    {
      match: /^(?:\[\d+:\d+\] )?info: (?<src_ip>[0-9a-f.:]+) (?<query>\S+) (?<record_type>[A-Z]+) IN/,
      activity: 'name looked up',
      class_uid: dnsActivity,
    },
    { match: /^reply (?<query>\S+) is (?<answer>\S+)/, activity: 'name answered', class_uid: dnsActivity },
  ],
}
