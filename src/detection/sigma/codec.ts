// What was read of a rule file as plain JSON and back, so that reading YAML and Sigma can be skipped when nothing has changed.
import type { Issue } from '#kernel'
import { levels } from '#standards'
import type { ParsedFile, ParsedRule } from './parse.ts'
import type { Expression, Item, RuleHead, Test, Trouble, ValueTest } from './rule.ts'
import { lazyRegexTest, cidrTest, compareTest, existsTest, fieldTest, nullTest, wholeTextTest } from './tests.ts'
import { any, dash, one, type Literal, type Pattern, patternText } from './values.ts'

/** A file that cannot be written down, or what is no such file, is told by this. */
const cannot = Symbol('cannot')
type Json = string | number | boolean | null | readonly Json[]

/** The file as JSON; undefined when something in it is better read anew: correlations, filters, parts of times, numbers beyond 2^53. */
export function encodeFile({ documents, issues }: ParsedFile): unknown {
  const encoded: unknown[] = []
  for (const document of documents) {
    if (document.kind !== 'rule') return undefined
    const when = encodeWhen(document.when)
    if (when === cannot) return undefined
    encoded.push([document.head, when, document.trouble])
  }
  return [encoded, issues]
}

type Encoded = Json | typeof cannot

function encodeWhen(when: Expression): Encoded {
  if (when.op === 'item') return encodeItem(when)
  if (when.op === 'not') {
    const of = encodeWhen(when.of)
    return of === cannot ? cannot : ['n', of]
  }
  const of = when.of.map(encodeWhen)
  return of.every((part): part is Json => part !== cannot) ? [when.op === 'and' ? 'a' : 'o', ...of] : cannot
}

function encodeItem({ selection, field, modifiers, tests }: Item): Encoded {
  const encoded = tests.map(encodeTest)
  return encoded.every((test): test is Json => test !== cannot) ? ['i', selection, field, modifiers, encoded] : cannot
}

const signs = new Map([any, one, dash].map((wild, index) => [wild, index]))
const wilds = [any, one, dash]
const encodePattern = (pattern: Pattern): Json =>
  pattern.map((part) => (typeof part === 'string' ? part : (signs.get(part) ?? 0)))

function encodeTest({ asks, shown, ...test }: Test): Encoded {
  switch (asks.is) {
    case 'text': {
      const usual = shown === usualText(asks.pattern)
      return ['t', encodePattern(asks.pattern), asks.cased, ...(usual ? [] : [shown])]
    }
    case 'regex': {
      const literals = test.of === 'value' ? test.literals : undefined
      return ['r', asks.source, asks.flags, shown, literals ? literals.map(({ text }) => text) : null]
    }
    case 'cidr':
      return ['c', asks.range]
    case 'number':
      return typeof asks.value === 'bigint' || asks.ofTime || shown !== String(asks.value)
        ? cannot
        : ['#', asks.relation ?? null, shown]
    case 'null':
      return ['0']
    case 'exists':
      return ['e', asks.wanted]
    case 'field':
      return ['f', asks.other, asks.start, asks.end, asks.cased]
  }
}

/** How a text is shown when it was written without wildcards at its ends. */
const usualText = (whole: Pattern): string =>
  patternText(whole.slice(whole[0] === any ? 1 : 0, whole.length > 1 && whole.at(-1) === any ? -1 : undefined))

/** The file that was written down, its trees made when they are asked for; undefined when the value is none. Never throws. */
export function decodeFile(value: unknown): ParsedFile | undefined {
  try {
    const [documents, issues] = list(value)
    return { documents: list(documents).map(decodeRule), issues: list(issues).filter(isIssue) }
  } catch {
    return undefined
  }
}

class NoSuchFile extends Error {}
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new NoSuchFile()
  return value
}
const string = (value: unknown): string => {
  if (typeof value !== 'string') throw new NoSuchFile()
  return value
}
const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' && value !== null && 'code' in value && 'at' in value
const isHead = (value: unknown): value is RuleHead =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'level' in value &&
  levels.some((level) => level === value.level)
const isTrouble = (value: unknown): value is Trouble => typeof value === 'object' && value !== null && 'state' in value

function decodeRule(encoded: unknown): ParsedRule {
  const [head, when, trouble] = list(encoded)
  if (!isHead(head)) throw new NoSuchFile()
  let tree: Expression | undefined
  return {
    kind: 'rule',
    head: { ...head, name: head.name },
    get when() {
      return (tree ??= decodeWhen(when))
    },
    trouble: isTrouble(trouble) ? trouble : undefined,
  }
}

function decodeWhen(encoded: unknown): Expression {
  const [op, ...rest] = list(encoded)
  if (op === 'i') return decodeItem(rest)
  if (op === 'n') return { op: 'not', of: decodeWhen(rest[0]) }
  if (op !== 'a' && op !== 'o') throw new NoSuchFile()
  return { op: op === 'a' ? 'and' : 'or', of: rest.map(decodeWhen) }
}

function decodeItem([selection, named, modifiers, tests]: readonly unknown[]): Item {
  const field = string(named)
  return {
    op: 'item',
    selection: string(selection),
    field,
    modifiers: list(modifiers).map(string),
    tests: list(tests).map((test) => decodeTest(list(test), field)),
  }
}

function decodePattern(encoded: unknown): Pattern {
  return list(encoded).map((part) => {
    if (typeof part === 'string') return part
    const wild = typeof part === 'number' ? wilds[part] : undefined
    if (!wild) throw new NoSuchFile()
    return wild
  })
}

const sureOf = (test: { readonly ok: boolean; readonly value?: ValueTest }): ValueTest => {
  if (!test.value) throw new NoSuchFile()
  return test.value
}
const relation = (value: unknown) => {
  const known = (['lt', 'lte', 'gt', 'gte'] as const).find((one) => one === value)
  if (known === undefined && value !== null) throw new NoSuchFile()
  return known
}

function decodeTest([kind, ...rest]: readonly unknown[], field: string): Test {
  const [a, b, c, d] = rest
  switch (kind) {
    case 't': {
      const pattern = decodePattern(a)
      return wholeTextTest(pattern, b === true, c === undefined ? usualText(pattern) : string(c))
    }
    case 'r':
      return lazyRegexTest(
        { source: string(a), flags: string(b) },
        string(c),
        d === null ? undefined : list(d).map(literal),
      )
    case 'c':
      return sureOf(cidrTest(string(a)))
    case '#':
      return sureOf(compareTest(relation(a), string(b)))
    case '0':
      return nullTest(field)
    case 'e':
      return existsTest(field, a === true)
    case 'f':
      return fieldTest(field, string(a), { start: b === true, end: c === true }, d === true)
    default:
      throw new NoSuchFile()
  }
}

const literal = (text: unknown): Literal => ({ text: string(text), start: false, end: false, sure: false })
