// Feeds of lines: plain lists, hosts files, and CSV with or without a header.
import { indicatorTypes, type IndicatorType, indicatorValue } from './indicator.ts'
import { confidenceOf, type FeedContext, feedTime, labelOf, type Read, usualConfidence } from './reading.ts'

/** Reads a feed line by line. */
export interface LineReader {
  /** What a line gives; nothing for comments and headers. */
  line(text: string, number: number): readonly Read[]
}

const nothing: readonly Read[] = []
const isComment = (text: string): boolean => /^\s*(?:#|;|\/\/|$)/.test(text)
const hostsLine = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(\S{1,253})/
const restOfLine = /\s+[#;].*$|\s+-\s.*$/

/** Which names of columns mean what. */
const columnNames = {
  value:
    'indicator ioc ioc_value value observable dst_ip dstip ip ip_address ipaddress src_ip domain hostname host fqdn url uri md5 md5_hash sha1 sha1_hash sha256 sha256_hash hash email address cidr network netblock',
  type: 'type ioc_type indicator_type observable_type kind',
  label:
    'malware malware_printable signature threat threat_name family name description title comment tags category event_info',
  confidence: 'confidence confidence_level score severity',
  seen: 'last_seen last_seen_utc last_online date_last_seen lastseen',
  first: 'first_seen first_seen_utc firstseen dateadded date_added date created timestamp',
  until: 'valid_until expires expiration expiry valid_to',
  toIds: 'to_ids',
} as const
type Column = keyof typeof columnNames
const columnOf = new Map(
  Object.entries(columnNames).flatMap(([column, names]) => names.split(' ').map((name) => [name, column] as const)),
)
const isColumn = (text: string | undefined): text is Column => text !== undefined && Object.hasOwn(columnNames, text)

/** Types as feeds and MISP name them. */
export function typeNamed(text: string): IndicatorType | undefined {
  const name = text.trim().toLowerCase()
  const known = indicatorTypes.find((type) => type === name)
  if (known) return known
  if (/hash|md5|sha\d|ja3|fingerprint/.test(name)) return 'hash'
  if (/^ip|ipv4|ipv6|ip[-_]|cidr|c2/.test(name)) return 'address'
  if (/url|uri|link/.test(name)) return 'url'
  if (/mail/.test(name)) return 'email'
  return /domain|host|fqdn|dns/.test(name) ? 'domain' : undefined
}

/** A header stands among the first lines, perhaps behind comments. */
const headerWithin = 100
const separators = [',', ';', '\t', '|'] as const
/** A line of CSV (RFC 4180) cut into its cells; a quote that is not closed ends with the line. */
export function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = []
  let at = 0
  while (at <= line.length) {
    while (line[at] === ' ') at += 1
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at)
      cells.push(line.slice(at, end < 0 ? undefined : end).trim())
      at = end < 0 ? line.length + 1 : end + 1
      continue
    }
    let text = ''
    for (at += 1; at < line.length; at += 1) {
      if (line[at] !== '"') text += line[at]
      else if (line[at + 1] === '"') text += line[at++]
      else break
    }
    cells.push(text)
    const end = line.indexOf(separator, at)
    at = end < 0 ? line.length + 1 : end + 1
  }
  return cells
}

interface Header {
  readonly separator: string
  readonly columns: readonly (Column | undefined)[]
}
/** A header has a column that holds values, and cells that are all names. */
function headerOf(line: string): Header | undefined {
  for (const separator of separators) {
    const names = cellsOf(line.replace(/^[#\s]+/, ''), separator).map((cell) =>
      cell.toLowerCase().replace(/[\s-]+/g, '_'),
    )
    const columns = names.map((name) => columnOf.get(name)).map((name) => (isColumn(name) ? name : undefined))
    if (
      columns.includes('value') &&
      names.every((name) => /^[a-z0-9_./()]{0,40}$/.test(name) && !/^[\d.]+$/.test(name))
    )
      return { separator, columns }
  }
  return undefined
}

const named =
  (cells: readonly string[], { columns }: Header) =>
  (column: Column): string | undefined => {
    const at = columns.indexOf(column)
    return at < 0 ? undefined : cells[at]
  }

/** A reader of lists and CSV. The header of a CSV may stand behind a `#`, as some feeds write it. */
export function lineReader(context: FeedContext): LineReader {
  let header: Header | undefined
  const plain = (text: string, number: number): Read => {
    const value = hostsLine.exec(text)?.[1] ?? text.replace(restOfLine, '')
    return made({ value, type: undefined, label: '', confidence: usualConfidence, until: undefined }, number, context)
  }
  const row = (text: string, number: number, head: Header): readonly Read[] => {
    const cells = cellsOf(text, head.separator)
    const cell = named(cells, head)
    if (/^(?:0|false|no)$/i.test(cell('toIds') ?? '')) return nothing
    const seen = feedTime(cell('seen')) ?? feedTime(cell('first'))
    const until = feedTime(cell('until')) ?? (seen === undefined ? undefined : seen + context.lasts)
    const about = { label: labelOf(cell('label')), confidence: confidenceOf(cell('confidence')), until }
    const type = typeNamed(cell('type') ?? '')
    const values = cells.filter((value, at) => head.columns[at] === 'value' && value !== '')
    return values.map((value) => made({ value, type, ...about }, number, context))
  }
  return {
    line(text, number) {
      const found = header === undefined && number <= headerWithin ? headerOf(text) : undefined
      if (found) {
        header = found
        return nothing
      }
      if (isComment(text)) return nothing
      if (header) return row(text, number, header)
      const separator = separators.find((one) => text.includes(one))
      return separator === undefined ? [plain(text, number)] : headless(text, number, separator, context)
    },
  }
}

/** CSV without a header: the first cell that is an indicator counts. */
function headless(text: string, number: number, separator: string, context: FeedContext): readonly Read[] {
  const about = { type: undefined, label: '', confidence: usualConfidence, until: undefined }
  for (const value of cellsOf(text, separator)) {
    const read = made({ value, ...about }, number, context)
    if ('type' in read) return [read]
  }
  return [{ line: number, text: 'no cell of this line is an address, a name, a URL or a hash' }]
}

interface Said {
  readonly value: string
  readonly type: IndicatorType | undefined
  readonly label: string
  readonly confidence: number
  readonly until: number | undefined
}
function made(
  { value, type, label, confidence, until }: Said,
  line: number,
  { feed, fileTime, lasts }: FeedContext,
): Read {
  // `198.51.100.7:443` of a list of servers is an address with its port.
  const text = value.trim().replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/, '$1')
  const found = (type && indicatorValue(text, type)) ?? indicatorValue(text)
  if (!found) return { line, text: `${value.slice(0, 60)} is no address, name, URL or hash` }
  return { ...found, feed, label, confidence, until: until ?? fileTime + lasts }
}
