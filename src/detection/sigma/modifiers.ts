// The modifiers of Sigma 2.1, one line each: how each changes the reading of an item's values. They apply in the order written.
import { base64, base64Offsets, utf16, utf16be, utf16le, utf8, withDashes } from './encode.ts'
import type { Relation, TimePart } from './numbers.ts'
import type { Anchors } from './tests.ts'
import { joined, type Pattern, patternOf } from './values.ts'

export type Written = string | number | boolean | null
/** One value on its way through the modifiers. */
export interface Draft {
  readonly pattern: Pattern
  /** As the rule has it, for modifiers that read no wildcards. */
  readonly written: Written
  /** Encoded already: its characters stand for bytes. */
  readonly bytes?: boolean
}

/** How an item's values are read: what the modifiers so far have made of them. */
export interface Reading {
  readonly as: 'text' | 'regex' | 'cidr' | 'number' | 'exists' | 'field'
  readonly drafts: readonly Draft[]
  readonly anchors: Anchors
  readonly cased: boolean
  readonly all: boolean
  readonly not: boolean
  readonly flags: string
  readonly relation?: Relation
  readonly part?: TimePart
  /** Names of placeholders without a list. */
  readonly missing: readonly string[]
}
export type Lists = Readonly<Record<string, readonly string[]>>

interface Modifier {
  readonly does: string
  /** Answers a sentence when it cannot be used here. */
  readonly apply: (reading: Reading, lists: Lists) => Reading | string
}

const change =
  (changes: Partial<Reading>) =>
  (reading: Reading): Reading => ({ ...reading, ...changes })
const nowhere: Anchors = { start: false, end: false }
const whole: Anchors = { start: true, end: true }

const reads =
  (as: Reading['as'], more: Partial<Reading> = {}) =>
  (reading: Reading): Reading | string =>
    reading.as === 'text' || (reading.as === 'number' && as === 'number')
      ? { ...reading, as, ...more }
      : 'the values are read in another way already'
const flag = (letter: string) => (reading: Reading) =>
  reading.as === 'regex' ? { ...reading, flags: reading.flags + letter } : 'it stands behind `re` only'

/** Makes each draft into others; refuses wildcards where bytes are needed. */
const turn = (make: (draft: Draft) => readonly Draft[]) => (reading: Reading) =>
  reading.as === 'text' ? { ...reading, drafts: reading.drafts.flatMap(make) } : 'it takes texts only'

const encoded =
  (write: (text: string) => readonly string[], takes: 'text' | 'bytes', more: Partial<Reading> = {}) =>
  (reading: Reading): Reading | string => {
    if (reading.as !== 'text') return 'it takes texts only'
    const drafts: Draft[] = []
    for (const draft of reading.drafts) {
      const [text = '', ...others] = draft.pattern
      if (typeof text !== 'string' || others.length > 0)
        return 'an encoded value cannot have wildcards; escape them: \\*'
      const input = takes === 'bytes' && !draft.bytes ? utf8(text) : text
      const outputs = write(input).map((output): Draft => ({ ...draft, bytes: true, pattern: joined([output]) }))
      if (outputs.length === 0) return 'the value is too short: nothing in it is certain once encoded'
      drafts.push(...outputs)
    }
    return { ...reading, ...more, drafts }
  }

const placeholder = /(\\%)|%([^%\s\\]+)%/

function expand(reading: Reading, lists: Lists): Reading {
  const missing: string[] = []
  const valuesOf = (name: string): readonly string[] => {
    const found = Object.hasOwn(lists, name) ? lists[name] : undefined
    if (found === undefined) missing.push(name)
    return found ?? []
  }
  const drafts = reading.drafts.flatMap((draft) => {
    const variants = draft.pattern.reduce<Pattern[]>(
      (all, part) => {
        const choices = typeof part === 'string' ? expanded(part, valuesOf) : [[part]]
        return all.flatMap((before) => choices.map((choice) => [...before, ...choice]))
      },
      [[]],
    )
    return variants.map((pattern) => ({ ...draft, pattern: joined(pattern) }))
  })
  return { ...reading, drafts, missing: [...reading.missing, ...missing] }
}

function expanded(text: string, valuesOf: (name: string) => readonly string[]): Pattern[] {
  const found = placeholder.exec(text)
  if (!found) return [[text]]
  const before = text.slice(0, found.index)
  const after = expanded(text.slice(found.index + found[0].length), valuesOf)
  const middle = found[2] === undefined ? [['%']] : valuesOf(found[2]).map(patternOf)
  return middle.flatMap((values) => after.map((rest) => [before, ...values, ...rest]))
}

const time = (part: TimePart, does: string): Modifier => ({ does, apply: reads('number', { part }) })
const compare = (relation: Relation, does: string): Modifier => ({ does, apply: reads('number', { relation }) })
const wide = (write: (text: string) => string, does: string): Modifier => ({
  does,
  apply: encoded((text) => [write(text)], 'text', { cased: true }),
})

export const modifiers: Readonly<Record<string, Modifier>> = {
  contains: { does: 'anywhere in the field', apply: change({ anchors: nowhere }) },
  startswith: { does: 'at the beginning of the field', apply: change({ anchors: { start: true, end: false } }) },
  endswith: { does: 'at the end of the field', apply: change({ anchors: { start: false, end: true } }) },
  exact: { does: 'the whole field, as without a modifier', apply: change({ anchors: whole }) },
  all: { does: 'every value must be found, not just one', apply: change({ all: true }) },
  any: { does: 'one value is enough, as without a modifier', apply: change({ all: false }) },
  cased: { does: 'upper and lower case differ', apply: change({ cased: true }) },
  neq: { does: 'none of the values', apply: change({ not: true }) },
  re: { does: 'a regular expression of RE2, found anywhere', apply: reads('regex') },
  i: { does: 'behind re: without difference of case', apply: flag('i') },
  m: { does: 'behind re: ^ and $ at every line', apply: flag('m') },
  s: { does: 'behind re: the dot takes line ends too', apply: flag('s') },
  cidr: { does: 'an address in a range, IPv4 or IPv6', apply: reads('cidr') },
  base64: {
    does: 'encoded in Base64',
    apply: encoded((bytes) => [base64(bytes)], 'bytes', { cased: true }),
  },
  base64offset: {
    does: 'encoded somewhere in a Base64 text, at any of the three offsets',
    apply: encoded(base64Offsets, 'bytes', { cased: true, anchors: nowhere }),
  },
  wide: wide(utf16le, 'as UTF-16, little endian'),
  utf16le: wide(utf16le, 'as UTF-16, little endian'),
  utf16be: wide(utf16be, 'as UTF-16, big endian'),
  utf16: wide(utf16, 'as UTF-16 with a byte order mark'),
  windash: {
    does: 'dashes that begin an option stand for - / – — ―',
    apply: turn((draft) => [{ ...draft, pattern: withDashes(draft.pattern) }]),
  },
  lt: compare('lt', 'a number less than'),
  lte: compare('lte', 'a number at most'),
  gt: compare('gt', 'a number greater than'),
  gte: compare('gte', 'a number at least'),
  minute: time('minute', 'minute of a time, 0 to 59, UTC'),
  hour: time('hour', 'hour of a time, 0 to 23, UTC'),
  day: time('day', 'day of the month of a time, 1 to 31, UTC'),
  week: time('week', 'ISO 8601 week of a time, 1 to 53, UTC'),
  month: time('month', 'month of a time, 1 to 12, UTC'),
  year: time('year', 'year of a time, UTC'),
  exists: { does: 'whether the field is there at all', apply: reads('exists') },
  fieldref: { does: 'the value is the name of another field to compare with', apply: reads('field') },
  expand: { does: '%name% stands for the values of a list', apply: expand },
}
