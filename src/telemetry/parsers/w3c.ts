// W3C extended log lines: IIS and its relatives, with the declared order in front or in one of the orders IIS writes by itself.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { columnsOf, type ColumnNames, names } from './columns-of.ts'
import { setField } from './flatten.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { isoTime } from './times.ts'
import {
  hostIn,
  hostName,
  methodActivity,
  requestOcsf,
  statusOutcome,
  statusSeverity,
  webSource,
} from './web/request.ts'

const name = 'w3c'

/** The orders that IIS 6 to 10 and Azure's web apps write unless told otherwise; the longest first. */
const orders: readonly (readonly string[])[] = [
  'date time s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
  'date time s-sitename cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status time-taken',
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
  'date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status',
  'date time s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
  'date time c-ip cs-username s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)',
].map(names)

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.%]{2,64})$/
const shapes: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d$/,
  's-sitename': /^(?:W3SVC\d*|[A-Za-z][\w-]{0,127}|-)$/,
  's-ip': address,
  'c-ip': address,
  's-port': /^(?:\d{1,5}|-)$/,
  'cs-method': /^(?:[A-Z_]{2,32}|-)$/,
  'cs-uri-stem': /^(?:\/|-|\*|[a-z]{2,8}:)/,
  'sc-status': /^\d{1,3}$/,
  'sc-substatus': /^\d{1,4}$/,
  'time-taken': /^\d{1,10}$/,
}
const fits = (order: readonly string[], cells: readonly string[]): boolean =>
  order.length === cells.length && order.every((column, at) => shapes[column]?.test(cells[at] ?? '') ?? true)

/** Sigma's names for headers written in brackets. */
const renamed: Readonly<Record<string, string>> = {
  'cs(user-agent)': 'cs-user-agent',
  'cs(referer)': 'cs-referer',
  'cs(cookie)': 'cs-cookie',
  'cs(host)': 'cs-host',
  'cs(x-forwarded-for)': 'x-forwarded-for',
  'x-forwarded-for': 'x-forwarded-for',
}
const numbers = /^(?:sc-(?:status|substatus|win32-status|bytes)|cs-bytes|s-port|c-port|time-taken)$/
/** IIS writes a plus for a blank in these. */
const plussed = /^(?:cs-user-agent|cs-referer|cs-cookie)$/

/** Cells of a line; quoted ones may hold blanks, as some proxies write them. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(line.includes('\t') ? '\t' : ' ', 256)
  const cells: string[] = []
  const cell = /"((?:[^"]|"")*)"(?:[ \t]|$)|([^ \t]*)(?:[ \t]|$)/y
  while (cell.lastIndex < line.length && cells.length < 256) {
    const found = cell.exec(line)
    if (!found || found[0] === '') break
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
  }
  return cells
}

function fieldsOf(order: readonly string[], cells: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  for (const [at, cell] of cells.entries()) {
    if (cell === '-' || cell === '') continue
    const said = order[at] ?? `column_${at + 1}`
    const column = renamed[said.toLowerCase()] ?? said
    const text = plussed.test(column) ? cell.replaceAll('+', ' ') : cell
    setField(fields, column, numbers.test(column) && /^\d{1,15}$/.test(cell) ? Number(cell) : text)
  }
  return fields
}

/** Path and query together, as Sigma's web server rules look for them. */
function addUri(fields: OpenFields): string | undefined {
  const { 'cs-uri-stem': stem, 'cs-uri-query': query } = fields
  if (typeof stem !== 'string') return undefined
  const target = typeof query === 'string' ? `${stem}?${query}` : stem
  fields['cs-uri-query'] = target
  return target
}

const columns: ColumnNames = {
  host: ['s-computername'],
  user: names('cs-username cs-auth-user'),
  src_ip: names('c-ip src_ip'),
  src_port: names('c-port src-port'),
  dst_ip: names('s-ip r-ip dst-ip'),
  dst_port: names('s-port r-port dst-port'),
  url: names('cs-uri c-uri path'),
  process: ['s-process'],
}
/** The Windows firewall writes the same format with names of its own. */
const packets: Readonly<Record<string, string>> = { ALLOW: 'connection permitted', DROP: 'connection dropped' }
const windowsFirewall: ColumnNames = {
  src_ip: ['src-ip'],
  src_port: ['src-port'],
  dst_ip: ['dst-ip'],
  dst_port: ['dst-port'],
}

const timeOf = ({ date, time }: OpenFields): number | undefined =>
  typeof date === 'string' && typeof time === 'string' ? isoTime(`${date} ${time}`) : undefined

function firewallEvent(fields: OpenFields, received: number): ParsedEvent {
  const action = String(fields['action'])
  return makeEvent(name, received, columnsOf(fields, windowsFirewall), {
    time: timeOf(fields),
    logsource: { product: 'windows', service: 'firewall', categories: ['firewall'] },
    class_uid: ocsfClass.networkActivity,
    activity_id: action === 'ALLOW' ? 1 : action === 'DROP' ? 5 : 6,
    activity: packets[action] ?? 'packet logged',
    outcome: action === 'ALLOW' ? 'success' : action === 'DROP' ? 'failure' : undefined,
    detail: String(fields['protocol'] ?? ''),
    fields,
  })
}

function w3cEvent(order: readonly string[], cells: readonly string[], received: number): ParsedEvent {
  const fields = fieldsOf(order, cells)
  if (order.includes('src-ip') && order.includes('action')) return firewallEvent(fields, received)
  const target = addUri(fields)
  const who = columnsOf(fields, columns)
  const status = typeof fields['sc-status'] === 'number' ? fields['sc-status'] : undefined
  const method = typeof fields['cs-method'] === 'string' ? fields['cs-method'] : undefined
  const url = target ?? who.url
  return makeEvent(
    name,
    received,
    { ...who, url, domain: hostName(fields['cs-host']) ?? hostIn(url) },
    {
      time: timeOf(fields),
      logsource: typeof fields['c-uri'] === 'string' ? { categories: ['proxy'] } : webSource('iis'),
      class_uid: ocsfClass.httpActivity,
      activity_id: methodActivity(method),
      activity: 'web request',
      severity_id: statusSeverity(status),
      outcome: statusOutcome(status),
      detail: `${method ?? ''} ${url ?? ''} ${status ?? ''}`.trim(),
      fields,
    },
  )
}

const declared = /^#Fields:[ \t]*(.{1,16384})\n/i

function parse(text: string, received: number): ParsedEvent | undefined {
  const head = declared.exec(text)
  if (head) return w3cEvent(names(head[1] ?? ''), cellsOf(text.slice(head[0].length)), received)
  const cells = cellsOf(text)
  const order = orders.find((one) => fits(one, cells))
  return order && w3cEvent(order, cells, received)
}

export const w3c: TextParser = {
  name,
  reads: 'text',
  does: 'reads W3C extended logs by their `#Fields:` line, and lines of IIS 6 to 10 and Azure web apps without one in the orders they write unless told otherwise; the log of the Windows firewall',
  recognises: '`#Fields:` in front, or `2026-03-02 14:01:02` and then the columns of one of those orders',
  recognise: (text) =>
    (text[4] === '-' || text.startsWith('#')) && /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d |#Fields:)/i.test(text),
  parse,
  ocsf: requestOcsf,
}
