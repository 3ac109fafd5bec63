// Groups of events as the store tells them apart: by the values of fields, without the case of letters.
import { isColumn } from '../columns.ts'
import type { Put } from './sql.ts'

/** A field that stands for a group; `column` is taken where an event has no such field. */
export interface GroupField {
  readonly field: string
  readonly column?: string | undefined
}

/** Characters that tell groups apart. */
const longest = 300
/** What stands for values with letters beyond ASCII. */
export const mixed = '\u00e4'

/** The values of a group as the store tells them apart. */
export const groupTexts = (group: readonly string[]): string[] =>
  group.map((value) => {
    const text = value.replaceAll('\u212a', 'k').replaceAll('\u017f', 's').slice(0, longest)
    // oxlint-disable-next-line no-control-regex
    return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : mixed
  })

/** The values of an event's group as a list of texts. Letters beyond ASCII are not told apart; two of them are `k` and `s` without their case. */
export function groupSql(group: readonly GroupField[], put: Put): string {
  if (group.length === 0) return 'emptyArrayString()'
  const keys = group.map((one) => {
    const whole = `replaceAll(replaceAll(${textSql(one, put)}, ${put('String', '\u212a')}, 'k'), ${put('String', '\u017f')}, 's')`
    const text = `substringUTF8(${whole}, 1, ${longest})`
    return `if(isValidASCII(${text}), lower(${text}), ${put('String', mixed)})`
  })
  return `[${keys.join(', ')}]`
}

/** A number that stands for such a list: 52 bits, which every number of JSON can hold. */
export const groupKeySql = (group: string): string => `bitShiftRight(cityHash64(${group}), 12)`

/** A field's text, or that of the column; empty where there is neither. */
export function textSql({ field, column }: GroupField, put: Put): string {
  const own = `toString(fields[${put('String', field)}])`
  if (column === undefined || !isColumn(column)) return own
  const isPort = column === 'dst_port' || column === 'src_port'
  const standIn = isPort ? `if(${column} = 0, '', toString(${column}))` : `toString(${column})`
  return `if(${own} != '', ${own}, ${standIn})`
}
