// The table of parsers. Order is the order of asking; the last of each kind takes what is left.
import { appLog } from './app/app-log.ts'
import { auditd } from './audit/audit.ts'
import { laurel } from './audit/laurel.ts'
import { cisco } from './cisco.ts'
import { cloudJsonParsers, cloudTextParsers } from './cloud/table.ts'
import { mongodb } from './databases/mongodb.ts'
import { mysqlAudit } from './databases/mysql-audit.ts'
import { postgresCsv } from './databases/postgres-csv.ts'
import { postgresJson } from './databases/postgres-json.ts'
import { hostChange } from './host-change.ts'
import { dhcpWindows } from './host/dhcp-windows.ts'
import { dockerEvent, dockerLog } from './host/docker.ts'
import { falco } from './host/falco.ts'
import { osquery } from './host/osquery.ts'
import { sambaJson } from './host/samba-json.ts'
import { journald } from './journald.ts'
import { json } from './json.ts'
import type { JsonParser, Parser, TextParser } from './parser.ts'
import { plain } from './plain.ts'
import { serviceLog } from './service-log.ts'
import { suricata } from './suricata.ts'
import { syslog } from './syslog/syslog.ts'
import { web } from './web.ts'
import { windows } from './windows/windows.ts'
import { snare, windowsText } from './windows/rendered.ts'
import { windowsXml } from './windows/xml.ts'

export const jsonParsers: readonly JsonParser[] = [
  hostChange, windows, journald, suricata,
  laurel, dockerLog, dockerEvent, osquery, falco, mongodb, postgresJson, mysqlAudit, sambaJson,
  ...cloudJsonParsers,
  json,
] // prettier-ignore
export const textParsers: readonly TextParser[] = [
  windowsXml, windowsText, snare, auditd, cisco,
  ...cloudTextParsers,
  postgresCsv, dhcpWindows, serviceLog, syslog, web, appLog,
  plain,
] // prettier-ignore
export const parsers: readonly Parser[] = [...jsonParsers, ...textParsers]
