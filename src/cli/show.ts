// An operation's answer as text: a table for lists, `name: value` lines for the rest.
import { isoTime, type Place, placeText, type RoomOperation } from '#kernel'
import { printable, tableText } from './table.ts'

type Plain = Readonly<Record<string, unknown>>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPlace = (value: unknown): value is Place =>
  isPlain(value) &&
  typeof value['file'] === 'string' &&
  Object.keys(value).every((key) => ['file', 'line', 'column'].includes(key))

/** Fields that hold milliseconds since 1970. */
const timeField =
  /^(at|time|raised|opened|first|last|until|since|created|expires|lastSeen|lastUsed|checkedAt|received|started|finished|nextRun)$/

/** Fields that hold a length of time in milliseconds. */
const lengthField = /^lag(?:Middle|Most)$/
const lengths = [
  [172_800_000, 86_400_000, 'days'],
  [7_200_000, 3_600_000, 'h'],
  [120_000, 60_000, 'min'],
  [1_000, 1_000, 's'],
] as const

function lengthText(value: number): string {
  const [, unit, name] = lengths.find(([from]) => Math.abs(value) >= from) ?? [0, 1, 'ms']
  return `${Math.round(value / unit)} ${name}`
}

/** A time, a length of time, a whole number as it is, any other with three digits that count. */
function numberText(name: string, value: number): string {
  if (lengthField.test(name)) return lengthText(value)
  if (timeField.test(name) && value > 1e11) return isoTime(value).replace('T', ' ').slice(0, 19)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)))
}

/** One value in a cell. */
export function cellText(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  if (typeof value === 'number') return numberText(name, value)
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map((item) => cellText('', item)).join(', ')
  if (isPlace(value)) return placeText(value)
  if (isPlain(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${cellText(key, inner)}`)
      .join(', ')
  return printable(typeof value === 'string' ? value : JSON.stringify(value))
}

/** An answer that is a text, such as a drawing, goes out as it is. */
const onlyText = (output: unknown): string | undefined => {
  if (!isPlain(output) || !Object.keys(output).every((key) => ['text', 'format', 'file'].includes(key)))
    return undefined
  return typeof output['text'] === 'string' ? output['text'].trimEnd() : undefined
}

const listIn = (output: unknown): unknown[] | undefined => {
  if (Array.isArray(output)) return output
  const items = isPlain(output) ? output['items'] : undefined
  return Array.isArray(items) ? items : undefined
}

/** A value below a path such as `rule.level`. */
const valueAt = (row: Plain, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isPlain(inner) ? inner[name] : undefined), row)

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

function rowsText(items: readonly unknown[], columns: readonly string[] | undefined, width: number): string {
  const rows = items.filter(isPlain)
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 8)
  return tableText(
    names.map(lastName),
    rows.map((row) => names.map((name) => cellText(lastName(name), valueAt(row, name)))),
    width,
  )
}

/** A text of several lines, such as a rule, line by line. */
const linesText = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${printable(line)}`.trimEnd())
    .join('\n')

function objectText(output: Plain, columns: readonly string[] | undefined, width: number): string {
  const lines = Object.entries(output).map(([name, value]) => {
    if (Array.isArray(value) && value.some(isPlain)) return `\n${name}\n${rowsText(value, columns, width)}`
    if (isPlain(value))
      return `\n${name}\n${Object.entries(value)
        .map(([key, inner]) => `  ${key}: ${cellText(key, inner)}`)
        .join('\n')}`
    if (typeof value === 'string' && value.trimEnd().includes('\n')) return `\n${name}\n${linesText(value)}`
    return `${name}: ${cellText(name, value)}`
  })
  return lines.join('\n')
}

/** Text for people, at most `width` characters a line in tables. */
export function answerText(operation: Pick<RoomOperation<never>, 'columns'>, output: unknown, width: number): string {
  const text = onlyText(output)
  if (text !== undefined) return text
  const items = listIn(output)
  if (items === undefined) return isPlain(output) ? objectText(output, operation.columns, width) : cellText('', output)
  if (items.length === 0) return 'nothing to show'
  const total = isPlain(output) && typeof output['total'] === 'number' ? output['total'] : items.length
  const more = total > items.length ? `\n${items.length} of ${total}` : ''
  return rowsText(items, operation.columns, width) + more
}
