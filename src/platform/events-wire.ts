// What both forms of the event engine share: settings, limits, values, errors.
import { totalmem } from 'node:os'
import { Fault } from '#kernel'
import type { FileFormat, QueryLimits, SaveTo } from './stores.ts'
import { systemErrorText } from './system-error.ts'

/** One form of the engine: in this process, or over HTTP. */
export interface EventWire {
  select(sql: string, params: Params, limits: FullLimits): Promise<string>
  save(sql: string, params: Params, asked: { readonly to: SaveTo; readonly limits: FullLimits }): Promise<void>
  insert(table: string, rows: Buffer, token: string): Promise<void>
  command(sql: string, params: Params): Promise<void>
  /** Answers even when searches are busy. */
  version(): Promise<string>
  /** Bytes of the tables on disk. */
  bytes(): Promise<number>
  /** Where it is, for people; no password in it. */
  readonly where: string
  close(): Promise<void>
}
export const bytesOfTables =
  'select sum(bytes_on_disk) as bytes from system.parts where active and database = currentDatabase()'
export type Params = Readonly<Record<string, unknown>>
/** What the engine calls the formats of files. */
export const formatNames: Readonly<Record<FileFormat, string>> = {
  csv: 'CSVWithNames',
  ndjson: 'JSONEachRow',
  parquet: 'Parquet',
}
export interface FullLimits extends Required<Omit<QueryLimits, 'signal'>> {
  readonly signal: AbortSignal | undefined
}
export type Settings = Readonly<Record<string, string | number>>

const mebibyte = 1_048_576
const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most)

/** Memory for one search when nobody says otherwise: an eighth of the machine, 256 MiB to 2 GiB. */
export const queryBytes = between(256 * mebibyte, Math.floor(totalmem() / 8), 2_048 * mebibyte)
/** Memory for the engine inside this process: a quarter of the machine, 768 MiB to 4 GiB. */
export const engineBytes = between(768 * mebibyte, Math.floor(totalmem() / 4), 4_096 * mebibyte)

/** Settings that make both forms answer alike. */
export const commonSettings: Settings = {
  async_insert: 0,
  date_time_input_format: 'best_effort',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  input_format_skip_unknown_fields: 0,
}

/** Settings that keep one search within its limits. Group-by and sort go to disk at half the memory. */
export const limitSettings = ({ milliseconds, rows, bytes }: FullLimits): Settings => ({
  max_execution_time: milliseconds / 1_000,
  timeout_overflow_mode: 'throw',
  max_result_rows: rows,
  max_result_bytes: 256 * mebibyte,
  result_overflow_mode: 'throw',
  max_memory_usage: bytes,
  max_bytes_before_external_group_by: Math.floor(bytes / 2),
  max_bytes_before_external_sort: Math.floor(bytes / 2),
})

/** Only plain names reach the text of a statement. */
export function tableName(table: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,100}$/.test(table)) throw new Fault('BUG', `not a table's name: ${table}`)
  return table
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
// oxlint-disable-next-line no-control-regex
const special = /[\\'\0\b\f\n\r\t]/g
const escaped = (text: string): string => text.replace(special, (letter) => escapes[letter] ?? letter)

/** A text as a literal of the engine's SQL. */
export const literal = (text: string): string => `'${escaped(text)}'`

/** A value as the engine reads parameters: the escaped text form, lists as `['a','b']`. Throws Fault BUG for what has none. */
export function parameterText(value: unknown): string {
  if (typeof value === 'string') return escaped(value)
  if (value === null || value === undefined) return '\\N'
  return nested(value)
}

function nested(value: unknown): string {
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return plainNumber(value)
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return `[${value.map(nested).join(',')}]`
  throw new Fault('BUG', `a value of type ${typeof value} cannot be a parameter`)
}

/** Without an exponent, which integer types do not read. */
const plainNumber = (value: number | bigint): string =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value)

/** Rows of an answer in JSONEachRow form. */
export const rowsOf = <Row>(text: string): Row[] =>
  text === '' ? [] : (JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Row[])

const tooLarge: Readonly<Record<string, string>> = {
  '158': 'the question reads too many rows',
  '159': 'the search takes too long',
  '160': 'the search would take too long',
  '241': 'the search needs too much memory',
  '307': 'the question reads too much',
  '396': 'the answer has too many rows',
}
const down = new Set(['76', '102', '198', '209', '210', '226', '236', '243', '252', '516'])

/** An engine's error as a Fault: limits are TOO_LARGE, bad patterns of a person INPUT_INVALID, a sick engine STORE_DOWN, our statements BUG. */
export function engineFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const text = systemErrorText(thrown)
  const code = engineCode(thrown, text)
  const cause = { cause: thrown }
  const limit = tooLarge[code]
  if (limit !== undefined) return new Fault('TOO_LARGE', `${limit}; ask for less time or fewer rows`, cause)
  const short = text.split('\n')[0]?.slice(0, 500) ?? ''
  if (code === '394') return new Fault('CANCELLED', 'the search', cause)
  if (code === '427') return new Fault('INPUT_INVALID', `the pattern is not a regular expression: ${short}`, cause)
  if (code === '' || down.has(code)) return new Fault('STORE_DOWN', `event engine: ${short}`, cause)
  return new Fault('BUG', `event engine: ${short}`, cause)
}

/** The engine's number of the error: in the text (`Code: 60.`), or as clickhouse's client gives it. */
function engineCode(thrown: unknown, text: string): string {
  const said = /Code: (\d+)/.exec(text)?.[1]
  if (said !== undefined) return said
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return /^\d+$/.test(code) ? code : ''
}
