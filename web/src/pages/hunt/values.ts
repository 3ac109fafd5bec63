// Values of events by name: columns, fields under their source's name, and what is known beyond the record.
import type { EventView } from '../../client/nouns.ts'

/** Columns that say something about the event, in the order in which they are read. */
export const columnNames = [
  'host',
  'user',
  'target_user',
  'asset',
  'activity',
  'outcome',
  'process',
  'command_line',
  'parent_process',
  'file',
  'domain',
  'url',
  'src_ip',
  'src_port',
  'src_host',
  'dst_ip',
  'dst_port',
  'dst_host',
  'source',
  'parser',
  'product',
  'service',
  'process_uid',
  'parent_process_uid',
] as const satisfies readonly (keyof EventView)[]
const others = ['class_uid', 'activity_id', 'severity_id', 'message', 'raw', 'parse_error', 'id'] as const
const all: readonly (keyof EventView)[] = [...columnNames, ...others]
const isColumn = (name: string): name is (typeof columnNames)[number] | (typeof others)[number] =>
  all.some((one) => one === name)

const ownPrefix = 'fields.'
const own = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/** The value of an event under a name as searches have it; empty when it has none. Numbers that are not known are 0 and empty. */
export function valueOf(event: EventView, name: string): string {
  if (name === 'categories') return event.categories.join(', ')
  if (isColumn(name)) {
    const value = event[name]
    return value === 0 ? '' : String(value)
  }
  if (name.startsWith(ownPrefix)) return own(event.fields, name.slice(ownPrefix.length)) ?? ''
  return own(event.fields, name) ?? own(event.enriched, name) ?? ''
}

/** Names that mean something else in a search; those of what is known beyond the record begin so. */
const taken = new Set([
  'time',
  'received',
  'seq',
  'categories',
  'ip',
  'port',
  'category',
  'severity',
  'class',
  'any',
  'exists',
])
const beyond = /^(?:asset|src|dst|intel|identity|geo)\./

/** The name by which a source's own field is searched. */
export const ownName = (name: string): string =>
  isColumn(name) || taken.has(name) || beyond.test(name) ? `${ownPrefix}${name}` : name

export interface Value {
  /** As a search has it. */
  readonly name: string
  /** As the source has it. */
  readonly title: string
  readonly value: string
}
export interface Group {
  readonly title: string
  readonly hint: string
  readonly values: readonly Value[]
}

/** An event's values in groups; those without any are left out. */
export function groupsOf(event: EventView): Group[] {
  const sorted = (values: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(values).sort(([a], [b]) => a.localeCompare(b))
  const groups: Group[] = [
    {
      title: 'Columns',
      hint: 'what events of every source have under the same names',
      values: columnNames
        .map((name) => ({ name, title: name, value: valueOf(event, name) }))
        .filter(({ value }) => value !== ''),
    },
    {
      title: 'Known beyond the record',
      hint: 'what the model, threat intelligence and other tables know of it',
      values: sorted(event.enriched).map(([title, value]) => ({ name: title, title, value })),
    },
    {
      title: 'Fields of the source',
      hint: 'everything else, under the names that the source gives and Sigma rules use',
      values: sorted(event.fields).map(([title, value]) => ({ name: ownName(title), title, value })),
    },
  ]
  return groups.filter(({ values }) => values.length > 0)
}

export const standardColumns = ['time', 'source', 'host', 'user', 'activity', 'message'] as const

/** Columns of an address: `cols=time,host,Image`; the standard ones when it names none. */
export const columnsOfText = (text: string | undefined): readonly string[] => {
  const names = (text ?? '').split(',').filter(Boolean).slice(0, 30)
  return names.length === 0 ? standardColumns : [...new Set(names)]
}
/** For the address; the standard ones leave it clean. */
export const textOfColumns = (names: readonly string[]): string => {
  const text = names.join(',')
  return text === standardColumns.join(',') ? '' : text
}
