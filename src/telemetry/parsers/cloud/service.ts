// What the parsers of cloud services share: a service says which of its fields fill the columns and what an event means.
import type { LogSource, ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import {
  type Entities,
  type Facts,
  type JsonObject,
  type JsonParser,
  makeEvent,
  type OcsfMapping,
  type OpenFields,
} from '../parser.ts'
import { anyTime } from '../times.ts'
import { accountOf, addressOf, hostOf, pidOf, portOf, processUid, textOf } from '../values.ts'

/** For each column the fields that may hold it, parted by spaces, the better first. */
export interface ColumnNames {
  readonly time: string
  readonly host?: string
  readonly user?: string
  readonly target_user?: string
  readonly src_ip?: string
  readonly src_port?: string
  readonly src_host?: string
  readonly dst_ip?: string
  readonly dst_port?: string
  readonly dst_host?: string
  readonly domain?: string
  readonly url?: string
  readonly process?: string
  readonly pid?: string
  readonly parent_process?: string
  readonly command_line?: string
  readonly file?: string
}

/** What an event means: class, activity, outcome. */
export type Meaning = Pick<
  Facts,
  'activity' | 'class_uid' | 'activity_id' | 'outcome' | 'severity_id' | 'detail' | 'said'
>

export interface Service {
  readonly name: string
  readonly does: string
  readonly recognises: string
  readonly columns: ColumnNames
  readonly logsource: LogSource | ((fields: OpenFields) => LogSource)
  readonly ocsf: OcsfMapping
  recognise(object: JsonObject): boolean
  /** Adds names that rules use and this record writes otherwise; what the record has is never changed. */
  add?(fields: OpenFields, object: JsonObject): void
  /** Columns that need more than a choice of fields. */
  who?(fields: OpenFields): Partial<Entities>
  meaning(fields: OpenFields): Meaning
}

const maxList = 64

/** Text of a scalar, or of the first member of a list that says something. */
export function wordOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return textOf(value)
  for (const one of value.slice(0, maxList)) {
    const text = textOf(one)
    if (text !== undefined) return text
  }
  return undefined
}

/** The first of several fields that says something; of a list its first member. */
export function pick(fields: OpenFields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = wordOf(fields[name])
    if (text !== undefined) return text
  }
  return undefined
}

const withPort = /^\[?([0-9a-f:.]{2,45}?)\]?:(\d{1,5})$/i

/** The address of `192.0.2.1`, `192.0.2.1:443`, `[2001:db8::1]:443`. */
export function looseAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const first = text.includes(',') ? text.slice(0, text.indexOf(',')).trim() : text
  const [, before] =
    first.length < 64 && (first.startsWith('[') || first.includes('.')) ? (withPort.exec(first) ?? []) : []
  return addressOf(before) ?? addressOf(first)
}
const portAfter = (text: string | undefined): number | undefined =>
  text === undefined || text.length > 64 || !(text.startsWith('[') || text.includes('.'))
    ? undefined
    : portOf(withPort.exec(text)?.[2])

type Split = Partial<Record<keyof ColumnNames, readonly string[]>>
const none: readonly string[] = []

const isNameOfColumn = (name: string, names: ColumnNames): name is keyof ColumnNames => Object.hasOwn(names, name)

/** The names of each column, split once. */
function splitNames(names: ColumnNames): Split {
  const split: Split = {}
  for (const name of Object.keys(names))
    if (isNameOfColumn(name, names)) split[name] = (names[name] ?? '').split(/\s+/).filter(Boolean)
  return split
}

function whoOf(fields: OpenFields, names: Split): Entities {
  const one = (column: keyof ColumnNames): string | undefined => pick(fields, names[column] ?? none)
  const [host, from] = [hostOf(one('host')), one('src_ip')]
  const src_ip = looseAddress(from)
  return {
    host,
    user: accountOf(one('user')),
    target_user: accountOf(one('target_user')),
    src_ip,
    src_port: portOf(one('src_port')) ?? portAfter(from),
    src_host: hostOf(one('src_host')),
    dst_ip: looseAddress(one('dst_ip')),
    dst_port: portOf(one('dst_port')),
    dst_host: hostOf(one('dst_host')),
    domain: hostOf(one('domain'))?.toLowerCase(),
    url: one('url'),
    process: one('process'),
    process_uid: processUid(host, pidOf(one('pid'))),
    parent_process: one('parent_process'),
    command_line: one('command_line'),
    file: one('file'),
  }
}

/** The first of several fields that holds a time, in milliseconds. */
export function timeOf(fields: OpenFields, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = fields[name]
    const time = anyTime(Array.isArray(value) ? value[0] : value)
    if (time !== undefined) return time
  }
  return undefined
}

/** The event of a service's record whose fields are flat already. */
export function serviceEvent(service: Service, names: Split, fields: OpenFields, received: number): ParsedEvent {
  const who = whoOf(fields, names)
  const more = service.who?.(fields)
  const { logsource } = service
  return makeEvent(service.name, received, more ? { ...who, ...more } : who, {
    ...service.meaning(fields),
    time: timeOf(fields, names.time ?? none),
    logsource: typeof logsource === 'function' ? logsource(fields) : logsource,
    fields,
  })
}

/** The parser of a service. */
export function cloudParser(service: Service): JsonParser {
  const names = splitNames(service.columns)
  return {
    name: service.name,
    reads: 'json',
    does: service.does,
    recognises: service.recognises,
    ocsf: () => service.ocsf,
    recognise: (object) => service.recognise(object),
    parse(object, received) {
      const fields = flatten(object)
      service.add?.(fields, object)
      return serviceEvent(service, names, fields, received)
    },
  }
}

/** Copies a field to the name rules have for it, where that is free. */
export function alias(fields: OpenFields, names: readonly (readonly [from: string, to: string])[]): void {
  for (const [from, to] of names) {
    const value = fields[from]
    if (value !== undefined && fields[to] === undefined) fields[to] = value
  }
}

/** Whether all of these are there. */
export const has = (object: JsonObject, ...names: readonly string[]): boolean =>
  names.every((name) => object[name] !== undefined)
