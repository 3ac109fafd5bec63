// The table of parsers. Order is the order of asking; the last of each kind takes what is left.
import { auditd } from './audit.ts'
import { cisco } from './cisco.ts'
import { cloudJsonParsers, cloudTextParsers } from './cloud/table.ts'
import { hostChange } from './host-change.ts'
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
  ...cloudJsonParsers,
  json,
] // prettier-ignore
export const textParsers: readonly TextParser[] = [
  windowsXml, windowsText, snare, auditd, cisco,
  ...cloudTextParsers,
  serviceLog, syslog, web,
  plain,
] // prettier-ignore
export const parsers: readonly Parser[] = [...jsonParsers, ...textParsers]
