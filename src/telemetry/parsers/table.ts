// The table of parsers. Order is the order of asking; the last of each kind takes what is left.
import { appLog } from './app/app-log.ts'
import { auditd } from './audit/audit.ts'
import { cef } from './cef.ts'
import { checkpoint } from './checkpoint.ts'
import { cisco } from './cisco/cisco.ts'
import { csv } from './csv.ts'
import { filterlog } from './filterlog.ts'
import { fortigate } from './fortigate.ts'
import { haproxy } from './haproxy.ts'
import { laurel } from './audit/laurel.ts'
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
import { netflow } from './netflow.ts'
import { junos } from './junos.ts'
import { leef } from './leef.ts'
import { logfmt } from './logfmt.ts'
import { meraki } from './meraki.ts'
import { mikrotik } from './mikrotik.ts'
import { nginxError } from './nginx-error.ts'
import { paloAlto } from './palo-alto.ts'
import type { JsonParser, Parser, TextParser } from './parser.ts'
import { plain } from './plain.ts'
import { sensorAlert } from './sensor-alert.ts'
import { serviceLog } from './service-log.ts'
import { sourceWatch } from './source-watch.ts'
import { silk } from './silk.ts'
import { snort } from './snort.ts'
import { sonicwall } from './sonicwall.ts'
import { sophos } from './sophos.ts'
import { squid } from './squid.ts'
import { suricata } from './suricata.ts'
import { syslog } from './syslog/syslog.ts'
import { w3c } from './w3c.ts'
import { watchguard } from './watchguard.ts'
import { web } from './web/access.ts'
import { apacheError } from './web/apache-error.ts'
import { webJson } from './web/json-access.ts'
import { windows } from './windows/windows.ts'
import { snare, windowsText } from './windows/rendered.ts'
import { windowsXml } from './windows/xml.ts'
import { zeekJson } from './zeek/json.ts'
import { zeekTsv } from './zeek/tsv.ts'

export const jsonParsers: readonly JsonParser[] = [
  hostChange, sourceWatch, netflow, windows, journald, suricata, snort, zeekJson,
  laurel, dockerLog, dockerEvent, osquery, falco, mongodb, postgresJson, mysqlAudit, sambaJson, webJson,
  ...cloudJsonParsers,
  json,
] // prettier-ignore
export const textParsers: readonly TextParser[] = [
  windowsXml, windowsText, snare, auditd, cisco, junos, meraki, cef, leef, fortigate, paloAlto, sonicwall, sophos, checkpoint,
  ...cloudTextParsers,
  postgresCsv, dhcpWindows, silk,
  zeekTsv, w3c, csv, apacheError, nginxError, squid, haproxy, filterlog, sensorAlert, mikrotik,
  serviceLog, syslog, watchguard, web, appLog, logfmt,
  plain,
] // prettier-ignore
export const parsers: readonly Parser[] = [...jsonParsers, ...textParsers]
