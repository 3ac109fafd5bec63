// The questions that values become: text, expression, range, number, time, presence, other field.
import { no, ok, type Result } from '#kernel'
import type { Fields, FieldValue, Scalar } from '#telemetry'
import { cidrOf } from './address.ts'
import { fold } from './fold.ts'
import { numberOf, type Relation, relations, type TimePart, timeOf, timeParts } from './numbers.ts'
import { regexOf } from './regex.ts'
import type { EventTest, ValueTest } from './rule.ts'
import { any, joined, type Literal, literalsOf, matcherOf, type Pattern, patternText } from './values.ts'

/** Where a value must stand in the field: not anchored at either side is `contains`. */
export interface Anchors {
  readonly start: boolean
  readonly end: boolean
}

/** A scalar as the text that rules compare; null has none. */
export const scalarText = (value: Scalar): string | undefined =>
  typeof value === 'string' ? value : value === null ? undefined : String(value)

export const isList = (value: FieldValue | undefined): value is readonly Scalar[] => Array.isArray(value)

/** A field of an event; inherited names such as `constructor` are no fields. */
export const fieldOf = (fields: Fields, name: string): FieldValue | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

/** Every text of a field: one, or one for each member of a list. */
export const textsOf = (value: FieldValue | undefined): string[] => {
  if (value === undefined) return []
  const all = isList(value) ? value : [value]
  return all.flatMap((each) => scalarText(each) ?? [])
}

export const textTest = (pattern: Pattern, anchors: Anchors, cased: boolean): ValueTest =>
  wholeTextTest(
    joined([...(anchors.start ? [] : [any]), ...pattern, ...(anchors.end ? [] : [any])]),
    cased,
    patternText(pattern),
  )

/** The test of a whole value against a pattern, shown as it was asked. */
export function wholeTextTest(whole: Pattern, cased: boolean, shown: string): ValueTest {
  const parts = whole.map((part) => (typeof part === 'string' ? `"${cased ? part : fold(part)}` : part.w))
  let fits: ((text: string) => boolean) | undefined
  return {
    of: 'value',
    shown,
    key: `${cased ? 'cased' : 'text'} ${parts.join('\0')}`,
    asks: { is: 'text', pattern: whole, cased },
    literals: literalsOf(whole, cased),
    // Made when first needed: most tests are settled by their literals.
    holds: (text) => (fits ??= matcherOf(whole, cased))(text),
  }
}

export function regexTest(source: string, flags: string, anchors: Anchors): Result<ValueTest, string> {
  const bound = anchors.start || anchors.end
  const written = bound
    ? `${anchors.start ? String.raw`\A` : ''}(?:${source})${anchors.end ? String.raw`\z` : ''}`
    : source
  const regex = regexOf(written, flags)
  if (!regex.ok) return regex
  const { test, literals } = regex.value
  return ok({ ...regexAsks(written, flags, source), literals, holds: test })
}

const regexAsks = (source: string, flags: string, shown: string) =>
  ({ of: 'value', shown, key: `re ${flags} ${source}`, asks: { is: 'regex', source, flags } }) as const

/** The test of an expression that was read before: compiled when it is first asked. */
export function lazyRegexTest(
  asks: { readonly source: string; readonly flags: string },
  shown: string,
  literals: readonly Literal[] | undefined,
): ValueTest {
  let test: ((text: string) => boolean) | undefined
  const compiled = () => {
    const regex = regexOf(asks.source, asks.flags)
    return regex.ok ? regex.value.test : () => false
  }
  return { ...regexAsks(asks.source, asks.flags, shown), literals, holds: (text) => (test ??= compiled())(text) }
}

export function cidrTest(text: string): Result<ValueTest & { loose: boolean }, string> {
  const range = cidrOf(text)
  if (!range) return no(`${text} is no range of addresses`)
  const asks = { is: 'cidr', range: text } as const
  return ok({ of: 'value', shown: text, key: `cidr ${text}`, asks, holds: range.has, loose: range.loose })
}

export function compareTest(relation: Relation | undefined, text: string, part?: TimePart): Result<ValueTest, string> {
  const wanted = numberOf(text)
  if (wanted === undefined) return no(`${text} is no number`)
  const holdsFor = relation ? relations[relation] : (a: number | bigint, b: number | bigint) => a === b
  const read = part ? (value: string) => partOf(value, part) : numberOf
  return ok({
    of: 'value',
    shown: text,
    key: `number ${relation ?? 'eq'} ${part ?? ''} ${wanted}`,
    asks: { is: 'number', relation, value: wanted, ofTime: part !== undefined },

    holds: (value) => {
      const number = read(value)
      return number !== undefined && holdsFor(number, wanted)
    },
  })
}

const partOf = (value: string, part: TimePart): number | undefined => {
  const at = timeOf(value)
  return at && timeParts[part](at)
}

/** Absent and null are both null; the empty text is not. */
export const nullTest = (field: string): EventTest => ({
  of: 'event',
  shown: 'null',
  key: 'null',
  asks: { is: 'null' },
  holds: (fields) => {
    const value = fieldOf(fields, field)
    return value === undefined || value === null || (isList(value) && (value.length === 0 || value.includes(null)))
  },
})

/** Presence only: a field that is there with null or an empty text exists. */
export const existsTest = (field: string, wanted: boolean): EventTest => ({
  of: 'event',
  shown: String(wanted),
  key: `exists ${wanted}`,
  asks: { is: 'exists', wanted },
  holds: (fields) => (fieldOf(fields, field) !== undefined) === wanted,
})

/** Two fields of one event, compared without case; false when either is absent. */
export function fieldTest(field: string, other: string, anchors: Anchors, cased: boolean): EventTest {
  const same = cased ? (text: string) => text : fold
  const holdsFor = (a: string, b: string): boolean => {
    if (anchors.start && anchors.end) return a === b
    if (anchors.start) return a.startsWith(b)
    return anchors.end ? a.endsWith(b) : a.includes(b)
  }
  return {
    of: 'event',
    shown: other,
    key: `field ${anchors.start} ${anchors.end} ${cased} ${other}`,
    asks: { is: 'field', other, start: anchors.start, end: anchors.end, cased },
    holds: (fields) => {
      const others = textsOf(fieldOf(fields, other)).map(same)
      return textsOf(fieldOf(fields, field)).some((text) => others.some((wanted) => holdsFor(same(text), wanted)))
    },
  }
}
