// What the golden tests of parsers share: an invented record in, what must be found in it. A test file without tests of its own.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { ParsedEvent } from '../types.ts'
import { checkOcsf, normalise } from '../normalise/index.ts'
import { parserClasses } from '../normalise/parser-classes.ts'
import { parseRecord } from '../parsing.ts'

export const received = Date.UTC(2026, 2, 3, 9)
export const parse = (text: string, parser?: string): ParsedEvent =>
  parseRecord({ source: 'test', received, text, ...(parser === undefined ? {} : { parser }) })

type Wanted = Readonly<Record<string, unknown>>
/** Columns by name, fields as `fields.x`, the log source as `product/service/categories`. */
function seen(event: ParsedEvent, name: string): unknown {
  const { product = '', service = '', categories } = event.logsource
  if (name === 'logsource') return `${product}/${service}/${categories.join('+')}`
  const column = new Map<string, unknown>(Object.entries(event))
  return name.startsWith('fields.') ? event.fields[name.slice(7)] : column.get(name)
}
function check(text: string, wanted: Wanted, parser?: string): void {
  const event = parse(text, parser)
  assert.equal(event.parse_error, undefined, text)
  for (const [name, value] of Object.entries(wanted)) assert.deepEqual(seen(event, name), value, `${name} of ${text}`)
  assert.deepEqual(checkOcsf(normalise(event)), [], `OCSF of ${text}`)
  const classes = parserClasses.get(event.parser) ?? []
  assert.ok(
    classes.includes(event.class_uid),
    `class ${event.class_uid} of ${event.parser} is not in parser-classes.ts`,
  )
}
export const goldens = (title: string, lines: readonly (readonly [text: string, wanted: Wanted])[]): void =>
  void test(title, () => {
    for (const [text, wanted] of lines) check(text, wanted)
  })

/** 2026-03-02T14:01:02Z, the time of most records. */
export const at = Date.UTC(2026, 2, 2, 14, 1, 2)
