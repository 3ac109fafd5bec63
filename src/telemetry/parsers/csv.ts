// Comma-separated lines whose first line names the columns: for sources that ask for it by `parser: csv`.
import { setField } from './flatten.ts'
import { cellsOf } from './delimited.ts'
import { commonEvent } from './logfmt.ts'
import type { OpenFields, TextParser } from './parser.ts'

const name = 'csv'
const declared = /^#Columns:[ \t]*(.{1,16384})\n/
const delimiters = [',', ';', '\t', '|']

/** The delimiter that stands most often in the names. */
const delimiterOf = (head: string): string =>
  delimiters.reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best), ',')

export const csv: TextParser = {
  name,
  reads: 'text',
  does: 'reads comma-separated lines with `#Columns: name,name,…` in front, as `headed` puts it there; numbers stay text, names are kept',
  recognises: '`#Columns:` in front',
  recognise: (text) => text.startsWith('#Columns:'),
  parse(text, received) {
    const head = declared.exec(text)
    if (!head) return undefined
    const delimiter = delimiterOf(head[1] ?? '')
    const order = cellsOf(head[1] ?? '', delimiter)
    const fields: OpenFields = {}
    for (const [at, cell] of cellsOf(text.slice(head[0].length), delimiter).entries())
      if (cell !== '') setField(fields, order[at]?.trim() ?? `column_${at + 1}`, cell)
    return commonEvent(name, fields, received)
  },
}
