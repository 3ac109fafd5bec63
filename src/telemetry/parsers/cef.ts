// ArcSight's Common Event Format: a header between bars, then `key=value` pairs whose values may hold blanks.
import { ocsfClass, type OcsfSeverity } from '#standards'
import type { LogSource, ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { deviceEvent, type DeviceKind, finding, logon, severityWord } from './device.ts'
import { deviceTime } from './device-times.ts'
import { setField } from './flatten.ts'
import type { OcsfMapping, OpenFields, TextParser } from './parser.ts'

const name = 'cef'
const head = /^(?:CEF: ?)?[01]\|/
const longest = 65_536

/** The seven parts of the header and where the extension begins; bars and backslashes in them are escaped. */
function headerOf(text: string): { readonly parts: readonly string[]; readonly end: number } | undefined {
  const parts: string[] = []
  let part = ''
  const start = text.indexOf('|') + 1
  for (let at = start; at < text.length && at < 8192; at++) {
    const char = text[at] ?? ''
    if (char === '\\' && (text[at + 1] === '|' || text[at + 1] === '\\')) part += text[++at] ?? ''
    else if (char !== '|') part += char
    else {
      parts.push(part)
      part = ''
      if (parts.length === 6) return { parts, end: at + 1 }
    }
  }
  return parts.length >= 4 ? { parts: [...parts, part], end: text.length } : undefined
}

const keyAt = /(?:^|[ \t\r\n])([A-Za-z0-9_.,@[\]-]{1,128})=/g
const escapes = /\\([\\=|nrt])/g
const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
const plain = (text: string): string =>
  text.includes('\\') ? text.replace(escapes, (_, char: string) => letters[char] ?? char) : text

/** Pairs of the extension: a value ends where the next key begins. */
export function extensionOf(text: string, fields: OpenFields): void {
  let key: string | undefined
  let from = 0
  for (const found of text.matchAll(keyAt)) {
    if (key !== undefined) setField(fields, key, plain(text.slice(from, found.index).trim()))
    key = found[1]
    from = found.index + found[0].length
  }
  if (key !== undefined) setField(fields, key, plain(text.slice(from).trim()))
}

const labels =
  /^(c[sn]|cfp|c6a|flexString|flexNumber|flexDate|deviceCustomDate|deviceCustomNumber|deviceCustomString|deviceCustomFloatingPoint|deviceCustomIPv6Address)(\d)Label$/
/** `cs1Label=Rule cs1=7` says that the field `Rule` is 7. */
export function addLabelled(fields: OpenFields): void {
  for (const [key, label] of Object.entries(fields)) {
    const found = labels.exec(key)
    const value = found ? fields[key.slice(0, -5)] : undefined
    if (typeof label === 'string' && label !== '' && value !== undefined && value !== '' && fields[label] === undefined)
      setField(fields, label, value)
  }
}

export const cefColumns: ColumnNames = {
  host: names('dvchost deviceHostName dvc deviceAddress UNIFIhost'),
  user: names('suser sourceUserName suid usrName duser destinationUserName UNIFIadmin'),
  target_user: names('duser destinationUserName'),
  src_ip: names('src sourceAddress c6a2 sourceTranslatedAddress'),
  src_port: names('spt sourcePort'),
  src_host: names('shost sourceHostName'),
  dst_ip: names('dst destinationAddress c6a3'),
  dst_port: names('dpt destinationPort'),
  dst_host: names('dhost destinationHostName'),
  domain: names('destinationDnsDomain dhost'),
  url: names('request requestUrl url'),
  process: names('sproc dproc sourceProcessName destinationProcessName deviceProcessName'),
  file: names('filePath fname fileName oldFilePath'),
  command_line: names('cmdline commandLine'),
}

/** Log sources by the vendor's name, as Sigma or its users name them. */
const vendors: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/^fortinet/i, 'fortigate', ['firewall']],
  [/^palo alto/i, 'paloalto', ['firewall']],
  [/^check ?point/i, 'checkpoint', ['firewall']],
  [/^cisco/i, 'cisco', ['firewall']],
  [/^sonicwall/i, 'sonicwall', ['firewall']],
  [/^watchguard/i, 'watchguard', ['firewall']],
  [/^(?:ubiquiti|unifi)/i, 'ubiquiti', []],
  [/^(?:imperva|incapsula|f5|barracuda)/i, '', ['webserver']],
  [/^(?:zscaler|blue ?coat|forcepoint|mcafee web)/i, '', ['proxy']],
]
const wordOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')

export function vendorSource(vendor: string, product: string): LogSource {
  const known = vendors.find(([match]) => match.test(vendor))
  const own = known?.[1] ?? ''
  const service = wordOf(product)
  return {
    product: own === '' ? wordOf(vendor) : own,
    ...(service === '' ? {} : { service }),
    categories: [...(known?.[2] ?? [])],
  }
}

export function cefSeverity(text: string): OcsfSeverity {
  const level = /^\d{1,2}$/.test(text) ? Number(text) : undefined
  if (level === undefined) return severityWord(text) ?? 1
  return level >= 9 ? 5 : level >= 7 ? 4 : level >= 4 ? 3 : level >= 1 ? 2 : 1
}

/** What the record is about, told by words of its name and category. */
export function kindFrom(said: string, fields: OpenFields): DeviceKind {
  if (/log(?:ged)?[ -]?(?:in|on)|authenticat|sign[ -]?in|accessed/i.test(said)) return logon(said || 'logon')
  if (/log(?:ged)?[ -]?(?:out|off)/i.test(said)) return logon(said, 2)
  if (/threat|malware|virus|intrusion|attack|exploit|spyware|phish|ransom|vulnerab|botnet|signature|trojan/i.test(said))
    return finding(said)
  const wired =
    (fields['src'] ?? fields['sourceAddress']) !== undefined &&
    (fields['dst'] ?? fields['destinationAddress']) !== undefined
  if (fields['request'] !== undefined && wired)
    return { activity: said || 'web request', class_uid: ocsfClass.httpActivity }
  return { activity: said || 'device message', class_uid: wired ? ocsfClass.networkActivity : ocsfClass.base }
}

const timeFields = names('rt start deviceReceiptTime end startTime endTime UNIFIutcTime art')
function timeOf(fields: OpenFields, received: number): number | undefined {
  for (const field of timeFields) {
    const time = deviceTime(fields[field], received)
    if (time !== undefined) return time
  }
  return undefined
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const header = headerOf(text)
  if (!header) return undefined
  const [vendor = '', product = '', version = '', id = '', title = '', severity = ''] = header.parts
  const fields: OpenFields = {}
  extensionOf(text.slice(header.end, header.end + longest), fields)
  addLabelled(fields)
  Object.assign(fields, {
    CEFVersion: text.slice(0, text.indexOf('|')).replace(/^CEF: ?/, ''),
    deviceVendor: vendor,
    deviceProduct: product,
    deviceVersion: version,
    deviceEventClassId: id,
    name: title,
    severity,
  })
  const act = fields['act'] ?? fields['deviceAction'] ?? fields['outcome']
  const said = `${title} ${String(fields['cat'] ?? '')}`.trim()
  return deviceEvent({
    parser: name,
    received,
    time: timeOf(fields, received),
    logsource: vendorSource(vendor, product),
    fields,
    columns: cefColumns,
    kind: { ...kindFrom(said, fields), activity: title === '' ? 'device message' : title },
    severity_id: cefSeverity(severity.trim()),
    action: typeof act === 'string' ? act : undefined,
    outcome: /\bblocked\b/i.test(title) ? 'failure' : undefined,
    detail: typeof fields['msg'] === 'string' ? fields['msg'] : undefined,
  })
}

export const cefOcsf: OcsfMapping = {
  'metadata.product.vendor_name': 'deviceVendor',
  'metadata.product.name': 'deviceProduct',
  'metadata.product.version': 'deviceVersion',
  'metadata.event_code': 'deviceEventClassId',
  'finding_info.title': 'name',
  'finding_info.uid': 'deviceEventClassId',
  'connection_info.protocol_name': ['proto', 'transportProtocol'],
  'traffic.bytes_out': ['out', 'bytesOut', 'srcBytes'],
  'traffic.bytes_in': ['in', 'bytesIn', 'dstBytes'],
  'http_request.http_method': 'requestMethod',
  'http_request.user_agent': 'requestClientApplication',
  'firewall_rule.name': ['Rule', 'rule', 'policy'],
  'src_endpoint.mac': ['smac', 'srcMAC'],
  'dst_endpoint.mac': ['dmac', 'dstMAC'],
}

export const cef: TextParser = {
  name,
  reads: 'text',
  does: 'reads the Common Event Format: header, pairs with escapes, custom fields also under their labels',
  recognises: '`CEF:0|vendor|product|version|id|name|severity|key=value …`, alone or by syslog',
  recognise: (text) => head.test(text),
  parse,
  ocsf: () => cefOcsf,
}
