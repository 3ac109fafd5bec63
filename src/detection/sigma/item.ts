// One line of a selection: field, modifiers and values → what is asked.
import { type Issue, no, ok, type Place, type Result } from '#kernel'
import { didYouMean } from '#platform'
import { type Draft, type Lists, modifiers, type Reading, type Written } from './modifiers.ts'
import type { Expression, Item, Test, Trouble } from './rule.ts'
import { cidrTest, compareTest, existsTest, fieldTest, nullTest, regexTest, textTest } from './tests.ts'
import { joined, patternOf } from './values.ts'

/** A value of the rule and where it stands. */
export interface Given {
  readonly value: Written
  /** A number as the file has it where that differs: `0x10`, `01`, an integer beyond 2^53. */
  readonly spelled?: string | undefined
  /** Counted only when something is to be said about it. */
  readonly at: () => Place
}

/** What reading goes on with, and where to say what is wrong. */
export interface Scope {
  readonly lists: Lists
  readonly issues: Issue[]
  /** Keeps the first trouble: the rule will not run because of it. */
  trouble(trouble: Trouble, issue?: Omit<Issue, 'severity'>): void
}

interface Line {
  readonly selection: string
  readonly field: string
  readonly modifiers: readonly string[]
}

/** `Image|endswith` and its values. An item that cannot be read holds for nothing, and the scope has the trouble. */
export function itemOf(line: Line, given: readonly Given[], scope: Scope): Expression {
  const readings = given.map((one) => read(line, one, scope))
  const missing = readings.flatMap((reading) => reading?.missing ?? [])
  if (missing.length > 0) {
    const names = [...new Set(missing)].map((name) => `%${name}%`).join(', ')
    scope.trouble({ state: 'needs-list', why: `needs a list for ${names}` })
  }
  const groups = readings.map((reading, index) => testsOf(line, given[index], reading, scope))
  const { selection, field, modifiers } = line
  const item = (tests: readonly Test[]): Item => ({ op: 'item', selection, field, modifiers, tests })
  const [first] = readings
  const whole: Expression = first?.all === true ? { op: 'and', of: groups.map(item) } : item(groups.flat())
  return first?.not === true ? { op: 'not', of: whole } : whole
}

const unread: Omit<Reading, 'drafts'> = {
  as: 'text',
  anchors: { start: true, end: true },
  cased: false,
  all: false,
  not: false,
  flags: '',
  missing: [],
}

/** The value as all modifiers of the line leave it; nothing when one of them cannot take it. */
function read(line: Line, { value, spelled, at }: Given, scope: Scope): Reading | undefined {
  const texts = typeof value === 'string' ? [patternOf(value)] : value === null ? [] : [[String(value)]]
  if (spelled !== undefined) texts.push([spelled])
  let reading: Reading = {
    ...unread,
    // A keyword stands anywhere in the text.
    anchors: line.field === '' ? { start: false, end: false } : unread.anchors,
    drafts: texts.map((pattern): Draft => ({ pattern: joined(pattern), written: value })),
  }
  for (const name of line.modifiers) {
    const modifier = Object.hasOwn(modifiers, name) ? modifiers[name] : undefined
    const next = modifier ? modifier.apply(reading, scope.lists) : `there is no modifier ${name}`
    if (typeof next === 'string') {
      const help = modifier ? `${name}: ${modifier.does}` : didYouMean(name, Object.keys(modifiers))
      return refuse(scope, {
        code: modifier ? 'sigma-modifier' : 'sigma-modifier-unknown',
        at: at(),
        text: `${name}: ${next}`,
        help,
      })
    }
    reading = next
  }
  return reading
}

function refuse(scope: Scope, issue: Omit<Issue, 'severity'>): undefined {
  scope.trouble({ state: 'invalid', why: issue.text }, issue)
}

/** Numbers whose digits say more than a JavaScript number keeps. */
const decimal = /^[+-]?[\d.]+$/

/** The tests that one value becomes. */
function testsOf(line: Line, given: Given | undefined, reading: Reading | undefined, scope: Scope): Test[] {
  if (!given || !reading) return []
  const { value, at } = given
  const asWritten =
    given.spelled !== undefined && reading.as !== 'text' && decimal.test(given.spelled) ? given.spelled : value
  const tests = reading.drafts.length === 0 && value !== null ? ok([]) : readings[reading.as](line, reading, asWritten)
  if (tests.ok) {
    if (tests.value.some((test) => 'loose' in test && test.loose === true)) {
      const text = `${String(value)} has bits to the right of its prefix; they are ignored`
      scope.issues.push({
        code: 'sigma-cidr-bits',
        severity: 'warning',
        at: at(),
        text,
        help: 'write the first address of the range',
      })
    }
    return tests.value
  }
  const { code, text, help, state = 'invalid' } = tests.fail
  scope.trouble({ state, why: text }, { code, at: at(), text, help })
  return []
}

interface Refusal {
  readonly code: string
  readonly text: string
  readonly help: string
  readonly state?: Trouble['state']
}
type Read = (line: Line, reading: Reading, value: Written) => Result<Test[], Refusal>

/** How each way of reading makes its tests. */
const readings: Readonly<Record<Reading['as'], Read>> = {
  text(line, { drafts, anchors, cased }, value) {
    if (value !== null) return ok(drafts.map(({ pattern }) => textTest(pattern, anchors, cased)))
    if (line.modifiers.some((name) => name !== 'neq' && name !== 'any' && name !== 'exact'))
      return refused('null', 'null goes with no modifier but neq', 'make `field: null` an item of its own')
    return line.field === '' ? refused('null', 'a keyword cannot be null', 'name a field') : ok([nullTest(line.field)])
  },
  regex(_, { flags, anchors }, value) {
    if (typeof value !== 'string' && typeof value !== 'number')
      return refused('regex', 're takes a text', 'write an expression')
    const bound = anchors.start === anchors.end ? { start: false, end: false } : anchors
    const test = regexTest(String(value), [...new Set(flags)].sort().join(''), bound)
    const help = 'write it without look-around and references back, or with other modifiers'
    return test.ok ? ok([test.value]) : refused('regex', test.fail, help, 'unsupported')
  },
  cidr(_, _reading, value) {
    const test = cidrTest(String(value))
    return test.ok ? ok([test.value]) : refused('cidr', test.fail, 'write 10.0.0.0/8 or 2001:db8::/32')
  },
  number(_, { relation, part }, value) {
    const test = compareTest(relation, String(value), part)
    return test.ok ? ok([test.value]) : refused('number', test.fail, 'write a decimal number')
  },
  exists(line, _reading, value) {
    const wanted = value === true || value === 'true' || value === 'yes'
    if (!wanted && value !== false && value !== 'false' && value !== 'no')
      return refused('exists', 'exists takes true or false', 'write true or false')
    return ok([existsTest(line.field, wanted)])
  },
  field(line, { anchors, cased }, value) {
    if (typeof value !== 'string') return refused('fieldref', 'fieldref takes the name of a field', 'write its name')
    return ok([fieldTest(line.field, value, anchors, cased)])
  },
}

const refused = (code: string, text: string, help: string, state?: Trouble['state']): Result<never, Refusal> =>
  no({ code: `sigma-${code}`, text, help, ...(state ? { state } : {}) })
