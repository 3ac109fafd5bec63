// Services that Sigma knows by name or category: FTP, virus scanner, name servers.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Program } from '../line.ts'

const { authentication, dnsActivity, detectionFinding } = ocsfClass

export const vsftpd: Program = {
  names: ['vsftpd'],
  logsource: linux('vsftpd'),
  phrases: [
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

const dns = { product: 'linux', service: 'syslog', categories: ['dns'] }

export const nameServers: Program = {
  names: ['named', 'dnsmasq', 'unbound'],
  logsource: dns,
  phrases: [
    {
      match:
        /^(?:queries: (?:info: )?)?client (?:@0x[0-9a-f]+ )?(?<src_ip>[^#\s]+)#(?<src_port>\d+)(?: \([^)]*\))?: (?:view [^:]*: )?query: (?<query>\S+) IN (?<record_type>\S+)/,
      activity: 'name looked up',
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
