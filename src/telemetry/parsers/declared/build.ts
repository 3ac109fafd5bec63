// A declared parser made from its file: a parser like any other.
import { ocsfClass, type OcsfClass, type OcsfSeverity } from '#standards'
import type { FieldValue, LogSource, ParsedEvent, Scalar } from '../../types.ts'
import { columnsOf } from '../columns-of.ts'
import { cellsOf } from '../delimited.ts'
import { deviceTime } from '../device-times.ts'
import { flatten, setField } from '../flatten.ts'
import { pairsOf } from '../pairs.ts'
import { type JsonObject, makeEvent, type OpenFields, type Parser } from '../parser.ts'
import { syslog } from '../syslog/syslog.ts'
import { commonLogTime } from '../times.ts'
import { firstOf, textOf } from '../values.ts'
import type { Pattern } from './pattern.ts'
import { type DeclaredFile, severityNames } from './schema.ts'

const lookAt = 4096
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

const isSeverity = (value: number): value is OcsfSeverity => value >= 0 && value <= 6
const isClass = (word: string): word is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, word)
const classOf = (word: string | undefined): OcsfClass =>
  word !== undefined && isClass(word) ? ocsfClass[word] : ocsfClass.base

/** How the fields of a text are read; nothing when it is not of this kind. */
function readerOf({ read }: DeclaredFile, patterns: readonly Pattern[]): (text: string) => OpenFields | undefined {
  const { pairs, cells } = read
  if (pairs) {
    const style = {
      assign: pairs.assign,
      open: pairs.open,
      ...(pairs.separator === undefined ? {} : { separator: pairs.separator }),
    }
    return (text) => {
      const fields = pairsOf(text, style)
      return Object.keys(fields).length > 0 ? fields : undefined
    }
  }
  if (cells)
    return (text) => {
      const fields: OpenFields = {}
      for (const [at, cell] of cellsOf(text, cells.delimiter).entries()) {
        const name = cells.names[at] ?? `column_${at + 1}`
        if (cell !== '' && name !== '-') setField(fields, name, cell.trim())
      }
      return fields
    }
  return (text) => {
    for (const pattern of patterns) {
      const fields = pattern.match(text)
      if (fields) return fields
    }
    return undefined
  }
}

function typed(value: FieldValue, type: string): FieldValue {
  if (typeof value !== 'string') return value
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  if (type === 'truth')
    return /^(?:true|yes|1|on)$/i.test(value) ? true : /^(?:false|no|0|off)$/i.test(value) ? false : value
  return type === 'list' ? value.split(',').map((one) => one.trim()) : value
}

function shape(fields: OpenFields, { types, values }: DeclaredFile): void {
  for (const [name, type] of Object.entries(types)) {
    const value = fields[name]
    if (value !== undefined) setField(fields, name, typed(value, type))
  }
  for (const [name, table] of Object.entries(values)) {
    const value = fields[name]
    const kept =
      value === undefined || Array.isArray(value) ? undefined : new Map(Object.entries(table)).get(String(value))
    if (kept !== undefined) setField(fields, name, kept)
  }
}

function timeOf(fields: OpenFields, { time }: DeclaredFile, received: number): number | undefined {
  for (const field of listOf(time?.field)) {
    const value = fields[field]
    const zoned =
      typeof value === 'string' && time?.zone !== undefined && /\d\d:\d\d$|\.\d+$/.test(value)
        ? `${value}${time.zone}`
        : value
    const found = deviceTime(zoned, received) ?? (typeof value === 'string' ? commonLogTime(value) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

const meets = (have: FieldValue | undefined, want: Scalar | readonly Scalar[]): boolean => {
  const wanted = (Array.isArray(want) ? want : [want]).map(String)
  return (Array.isArray(have) ? have : [have]).some((one) => one !== undefined && wanted.includes(String(one)))
}

type About = Omit<DeclaredFile['rules'][number], 'when'>
function aboutOf(fields: OpenFields, { event, rules }: DeclaredFile): About {
  const rule = rules.find(({ when }) => Object.entries(when).every(([name, want]) => meets(fields[name], want)))
  const { when: _, ...differs } = rule ?? { when: {} }
  return { ...event, ...differs }
}

function sourceOf({ logsource: { product, service, category } }: DeclaredFile): LogSource {
  return {
    ...(product === undefined ? {} : { product }),
    ...(service === undefined ? {} : { service }),
    categories: category === undefined ? [] : [category],
  }
}

/** The event of fields. */
function eventOf(file: DeclaredFile, fields: OpenFields, received: number, said: string | undefined): ParsedEvent {
  shape(fields, file)
  const about = aboutOf(fields, file)
  const columns = Object.fromEntries(Object.entries(file.columns).map(([name, list]) => [name, listOf(list)]))
  const severity = about.severity === undefined ? 1 : severityNames.indexOf(about.severity)
  return makeEvent(file.name, received, columnsOf(fields, columns), {
    time: timeOf(fields, file, received),
    logsource: sourceOf(file),
    class_uid: classOf(about.class),
    activity_id: about.activity_id,
    activity: about.activity ?? file.name,
    severity_id: isSeverity(severity) ? severity : 1,
    outcome: about.outcome,
    detail: said ?? firstOf(fields, ['message', 'msg']),
    fields,
  })
}

const begins = (text: string, { recognise }: DeclaredFile): boolean => {
  const starts = listOf(recognise.starts)
  const head = text.slice(0, lookAt)
  return (
    (starts.length === 0 || starts.some((one) => text.startsWith(one))) &&
    listOf(recognise.contains).every((one) => head.includes(one))
  )
}

/** Reads the text inside a syslog envelope; host, process and time of the envelope stand where the text has none. */
function insideSyslog(file: DeclaredFile, read: (text: string) => OpenFields | undefined) {
  const programs = new Set(listOf(file.recognise.program).map((one) => one.toLowerCase()))
  const isOurs = (outer: ParsedEvent): boolean =>
    programs.size === 0 || programs.has(String(outer.fields['program'] ?? '').toLowerCase())
  return (text: string, received: number): ParsedEvent | undefined => {
    const outer = syslog.recognise(text) ? syslog.parse(text, received) : undefined
    const said = outer && isOurs(outer) ? textOf(outer.fields['message']) : undefined
    const fields = said !== undefined && begins(said, file) ? read(said) : undefined
    return outer && fields && within(outer, eventOf(file, fields, received, undefined))
  }
}

const within = (outer: ParsedEvent, event: ParsedEvent): ParsedEvent => ({
  ...event,
  time: event.timeGuessed ? outer.time : event.time,
  timeGuessed: (event.timeGuessed && outer.timeGuessed) ?? false,
  host: event.host ?? outer.host,
  process: event.process ?? outer.process,
  process_uid: event.process_uid ?? outer.process_uid,
})

const hasAll = (fields: OpenFields, { recognise }: DeclaredFile): boolean =>
  listOf(recognise.has).every((name) => fields[name] !== undefined) &&
  Object.entries(recognise.equals ?? {}).every(([name, want]) => meets(fields[name], want))

const described = (file: DeclaredFile): string => {
  const { program, starts, contains, has, equals } = file.recognise
  const said: readonly (readonly [string, readonly string[]])[] = [
    ['program', listOf(program)],
    ['begins with', listOf(starts)],
    ['contains', listOf(contains)],
    ['has', listOf(has)],
    ['has the values of', Object.keys(equals ?? {})],
  ]
  return said
    .filter(([, list]) => list.length > 0)
    .map(([word, list]) => `${word} ${list.map((one) => `\`${one}\``).join(', ')}`)
    .join('; ')
}

/** The parser of a file whose patterns have been read. */
export function declaredParser(file: DeclaredFile, patterns: readonly Pattern[]): Parser {
  const about = { name: file.name, does: file.does, recognises: described(file), ocsf: () => file.ocsf }
  if (file.read.json)
    return {
      ...about,
      reads: 'json',
      recognise: (object: JsonObject) => hasAll(flatten(object), file),
      parse: (object: JsonObject, received: number) => eventOf(file, flatten(object), received, undefined),
    }
  const read = readerOf(file, patterns)
  const inside = insideSyslog(file, read)
  return {
    ...about,
    reads: 'text',
    recognise: (text: string) => (file.syslog ? syslog.recognise(text) : begins(text, file)),
    parse: (text: string, received: number) => {
      if (file.syslog) return inside(text, received)
      const fields = read(text)
      return fields && eventOf(file, fields, received, undefined)
    },
  }
}
