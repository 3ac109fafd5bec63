// The table of parsers. Order is the order of asking; the last of each kind takes what is left.
import { auditd } from './audit.ts'
import { cisco } from './cisco.ts'
import { cloudtrail } from './cloudtrail.ts'
import { hostChange } from './host-change.ts'
import { journald } from './journald.ts'
import { json } from './json.ts'
import { netflow } from './netflow.ts'
import type { JsonParser, Parser, TextParser } from './parser.ts'
import { plain } from './plain.ts'
import { serviceLog } from './service-log.ts'
import { sourceWatch } from './source-watch.ts'
import { suricata } from './suricata.ts'
import { syslog } from './syslog/syslog.ts'
import { web } from './web.ts'
import { windows } from './windows/windows.ts'
import { windowsXml } from './windows/xml.ts'

export const jsonParsers: readonly JsonParser[] = [
  hostChange,
  sourceWatch,
  netflow,
  windows,
  journald,
  cloudtrail,
  suricata,
  json,
]
export const textParsers: readonly TextParser[] = [windowsXml, auditd, cisco, serviceLog, syslog, web, plain]
export const parsers: readonly Parser[] = [...jsonParsers, ...textParsers]
