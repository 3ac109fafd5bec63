// QRadar's Log Event Extended Format, 1.0 and 2.0: a header between bars, then pairs between tabs or a delimiter of its own.
import type { ParsedEvent } from '../types.ts'
import { cefSeverity, kindFrom, vendorSource } from './cef.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { deviceEvent } from './device.ts'
import { deviceTime } from './device-times.ts'
import { setField } from './flatten.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { firstOf } from './values.ts'

const name = 'leef'
const head = /^LEEF: ?([12])\.?\d?\|([^|]{0,256})\|([^|]{0,256})\|([^|]{0,128})\|([^|]{0,512})\|/
const named = /^(?:(0?x[0-9A-Fa-f]{1,4}|[^|=\s\w]{1})?\|)/

const columns: ColumnNames = {
  host: names('identHostName devname deviceName'),
  user: names('usrName accountName identUserName suser'),
  src_ip: names('src identSrc'),
  src_port: ['srcPort'],
  src_host: names('srcHost identHostName'),
  dst_ip: ['dst'],
  dst_port: ['dstPort'],
  dst_host: names('dstHost'),
  domain: names('domain'),
  url: names('url request resource'),
  file: names('fileName filePath'),
  process: names('processName'),
}

/** The delimiter: a character, or its code as `x09` or `0x09`. */
function delimiterOf(text: string | undefined, rest: string): string {
  if (text === undefined || text === '')
    return rest.includes('\t') ? '\t' : rest.includes('^') && !rest.includes(' ') ? '^' : '\t'
  return /^0?x/.test(text) ? String.fromCharCode(Number.parseInt(text.replace(/^0?x/, ''), 16)) : text
}

const eventKey = /(?:^|[ \t])([A-Za-z]\w{0,63})=/g
/** Some senders part the pairs with blanks whatever the standard says. */
function loose(text: string, fields: OpenFields): void {
  let key: string | undefined
  let from = 0
  for (const found of text.matchAll(eventKey)) {
    if (key !== undefined) setField(fields, key, text.slice(from, found.index).trim())
    key = found[1]
    from = found.index + found[0].length
  }
  if (key !== undefined) setField(fields, key, text.slice(from).trim())
}

function pairs(text: string, delimiter: string, fields: OpenFields): void {
  if (!text.includes(delimiter)) return loose(text, fields)
  for (const part of text.split(delimiter, 512)) {
    const at = part.indexOf('=')
    if (at > 0) setField(fields, part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
}

function fieldsOf(found: RegExpExecArray, text: string): OpenFields {
  const [all, format, deviceVendor = '', deviceProduct = '', deviceVersion = '', deviceEventClassId = ''] = found
  const rest = text.slice(all.length, all.length + 65_536)
  const own = format === '2' ? named.exec(rest) : null
  const body = own ? rest.slice(own[0].length) : rest
  const fields: OpenFields = {}
  pairs(body, delimiterOf(own?.[1], body), fields)
  return Object.assign(fields, { deviceVendor, deviceProduct, deviceVersion, deviceEventClassId })
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) return undefined
  const fields = fieldsOf(found, text)
  const id = found[5] ?? ''
  return deviceEvent({
    parser: name,
    received,
    time: deviceTime(fields['devTime'], received),
    logsource: vendorSource(found[2] ?? '', found[3] ?? ''),
    fields,
    columns,
    kind: { ...kindFrom(`${id} ${String(fields['cat'] ?? '')}`, fields), activity: id === '' ? 'device message' : id },
    severity_id: cefSeverity(String(fields['sev'] ?? '')),
    action: firstOf(fields, ['action', 'policy_action', 'outcome']),
    detail: firstOf(fields, ['msg']),
  })
}

export const leef: TextParser = {
  name,
  reads: 'text',
  does: 'reads the Log Event Extended Format 1.0 and 2.0, with tabs, a delimiter of its own, or blanks',
  recognises: '`LEEF:2.0|vendor|product|version|event id|^|key=value^…`, alone or by syslog',
  recognise: (text) => text.startsWith('LEEF:'),
  parse,
  ocsf: () => ({
    'metadata.product.vendor_name': 'deviceVendor',
    'metadata.product.name': 'deviceProduct',
    'metadata.product.version': 'deviceVersion',
    'metadata.event_code': 'deviceEventClassId',
    'connection_info.protocol_name': 'proto',
    'traffic.bytes_in': 'srcBytes',
    'traffic.bytes_out': 'dstBytes',
    'src_endpoint.mac': 'srcMAC',
    'dst_endpoint.mac': 'dstMAC',
  }),
}
