// Zeek's tab-separated logs: a line with its header in front, as `headed` makes it, or alone, told apart by its columns.
import type { FieldValue, ParsedEvent, Scalar } from '../../types.ts'
import { setField } from '../flatten.ts'
import type { OpenFields, TextParser } from '../parser.ts'
import { addressOf } from '../values.ts'
import { zeekEvent, zeekOcsf } from './event.ts'
import { layoutOf } from './layouts.ts'

const numeric = /^-?\d{1,15}(?:\.\d{1,9})?(?:e[+-]?\d{1,3})?$/i
const numberTypes = /^(?:count|int|double|interval|port|time|int64|uint64)$/
const listTypes = /^(?:set|vector|list|table)\[([\w ]{1,32})/

/** Fields that are numbers or truths where a line comes without types. */
const numberFields =
  /^(?:ts|rtt|duration|(?:orig|resp|missed|seen|total|missing|overflow)_(?:bytes|pkts|ip_bytes)|id\.(?:orig|resp)_p|trans_(?:id|depth)|status_code|info_code|(?:request|response)_body_len|qclass|qtype|rcode|Z|size|depth|lease_time|auth_attempts|reply_code|file_size|ip_proto|certificate\.(?:version|key_length|not_valid_before|not_valid_after)|cert_count|desktop_(?:width|height)|host_p|p|n|version\.(?:major|minor\d?)|times\.\w{1,12}|suppress_for)$/
const truthFields =
  /^(?:local_(?:orig|resp)|is_orig|timedout|AA|TC|RD|RA|rejected|resumed|established|success|auth_success|notice|tls|is_webmail|forwardable|renewable|cert_permanent|basic_constraints\.ca|host_cert|client_cert|sni_matches_cert|extracted_cutoff)$/
const listFields =
  /^(?:tunnel_parents|answers|TTLs|tags|proxied|(?:orig|resp)_(?:fuids|filenames|mime_types)|tx_hosts|rx_hosts|conn_uids|analyzers|uids|msg_types|rcptto|to|cc|path|fuids|actions|email_dest|san\.\w{1,5}|(?:client_)?cert_chain_fu?[ip][ds]s?|client_channels)$/
const guessed = (field: string): string =>
  numberFields.test(field)
    ? 'double'
    : truthFields.test(field)
      ? 'bool'
      : listFields.test(field)
        ? 'set[string]'
        : 'string'

const escapes = /\\x([0-9a-fA-F]{2})/g
const plain = (text: string): string =>
  text.includes('\\x')
    ? Buffer.from(
        Buffer.from(text, 'utf8')
          .toString('latin1')
          .replace(escapes, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      ).toString('utf8')
    : text

function scalar(text: string, type: string): Scalar {
  if (type === 'bool') return text === 'T' ? true : text === 'F' ? false : text
  if (numberTypes.test(type) && numeric.test(text)) return Number(text)
  return text === '(empty)' ? '' : plain(text)
}

/** What a header says, besides the names. */
export interface ZeekHeader {
  readonly path: string | undefined
  readonly fields: readonly string[]
  readonly types: readonly string[]
  readonly separator: string
  readonly listSeparator: string
  readonly unset: string
  readonly empty: string
}

function valueOf(text: string, type: string, header: ZeekHeader): FieldValue {
  const list = listTypes.exec(type)
  if (!list) return scalar(text, type)
  if (text === header.empty) return []
  return text.split(header.listSeparator).map((item) => scalar(item, list[1] ?? 'string'))
}

/** The fields of a line; unset ones are left out, columns beyond the header keep their number. */
function fieldsOf(cells: readonly string[], header: ZeekHeader): OpenFields {
  const fields: OpenFields = {}
  for (const [at, text] of cells.entries()) {
    if (text === header.unset || text === '') continue
    const name = header.fields[at] ?? `column_${at + 1}`
    setField(fields, name, valueOf(text, header.types[at] ?? guessed(name), header))
  }
  return fields
}

const byHex = (text: string): string => (/^\\x[0-9a-f]{2}$/i.test(text) ? plain(text) : text)
const after = (line: string, separator: string): string[] => line.split(separator).slice(1)

/** Reads the header lines in front of a record. */
export function zeekHeader(lines: readonly string[]): ZeekHeader | undefined {
  const said = (word: string): string | undefined => lines.find((line) => line.startsWith(`#${word}`))
  const separator = byHex(said('separator')?.slice('#separator '.length) ?? '\t')
  const named = said('fields')
  if (named === undefined || separator === '') return undefined
  const one = (word: string): string | undefined => {
    const line = said(word)
    return line === undefined ? undefined : after(line, separator)[0]
  }
  return {
    path: one('path'),
    fields: after(named, separator),
    types: after(said('types') ?? '', separator),
    separator,
    listSeparator: one('set_separator') ?? ',',
    unset: one('unset_field') ?? '-',
    empty: one('empty_field') ?? '(empty)',
  }
}

const bare = { separator: '\t', listSeparator: ',', unset: '-', empty: '(empty)', types: [] } as const
/** A header line that has come as a record of its own. */
const headerLine = /^#(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)[\t ]/

function headerEvent(text: string, received: number): ParsedEvent {
  const word = /^#(\w+)/.exec(text)?.[1] ?? 'header'
  const event = zeekEvent('header', { [word]: text.slice(word.length + 2, 4096) }, received)
  return {
    ...event,
    class_uid: 0,
    activity: 'log header',
    message: `log header: ${text.slice(0, 200).replaceAll('\t', ' ')}`,
  }
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const end = text.lastIndexOf('\n')
  const line = text.slice(end + 1)
  if (end >= 0) {
    const header = zeekHeader(text.slice(0, end).split('\n', 16))
    if (!header) return undefined
    const cells = line.split(header.separator, 400)
    return zeekEvent(header.path ?? layoutOf(cells)?.path ?? 'unknown', fieldsOf(cells, header), received)
  }
  if (headerLine.test(line)) return headerEvent(line, received)
  const all = line.split('\t', 400)
  // Clusters may be set to write the node that saw it in front.
  const node = /^\d/.test(all[0] ?? '') ? [] : ['_node_name']
  const cells = all.slice(node.length)
  const layout = layoutOf(cells)
  if (!layout) return unknownLine(all, node, received)
  const { path, fields } = layout
  return zeekEvent(path, fieldsOf(all, { ...bare, path, fields: [...node, ...fields] }), received)
}

const connection = ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p']
/** A log that is not known, but begins with a connection as nearly all of them do. */
function unknownLine(all: readonly string[], node: readonly string[], received: number): ParsedEvent | undefined {
  const cells = all.slice(node.length)
  if (!/^[CH-]/.test(cells[1] ?? '') || addressOf(cells[2]) === undefined || addressOf(cells[4]) === undefined)
    return undefined
  return zeekEvent('unknown', fieldsOf(all, { ...bare, path: undefined, fields: [...node, ...connection] }), received)
}

export const zeekTsv: TextParser = {
  name: 'zeek-tsv',
  reads: 'text',
  does: "reads Zeek's tab-separated logs by their header; lines without one by the number and shape of their columns",
  recognises: '`#fields` and `#path` in front, or a line of tabs that begins with a time in seconds and a connection',
  recognise: (text) =>
    text.startsWith('#')
      ? headerLine.test(text)
      : text.includes('\t') && /^(?:[\w.-]{1,64}\t)?\d{9,10}\.\d{1,9}\t/.test(text),
  parse,
  ocsf: zeekOcsf,
}
