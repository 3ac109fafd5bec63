// Checks of what a condition comes to: can it ever hold, does it always, what of it is never needed.
import { Questions, witnessOf } from '../index/questions.ts'
import { namesFitting } from '../sigma/condition.ts'
import type { Expression, Item, ValueTest } from '../sigma/rule.ts'
import type { Check, Linted, Remark } from './types.ts'

const keysOf = (item: Item): Set<string> => new Set(item.tests.map((test) => test.key))

/** Values of a line that are whole texts without wildcards; nothing when some are not. */
function wholeTexts(item: Item): string[] | undefined {
  const texts = item.tests.map(({ asks }) => {
    if (asks.is !== 'text' || asks.pattern.length > 1) return undefined
    const [only = ''] = asks.pattern
    return typeof only === 'string' ? only : undefined
  })
  return texts.every((text) => text !== undefined) && item.field !== '' ? texts : undefined
}
const isValueTest = (test: Item['tests'][number]): test is ValueTest => test.of === 'value'
const someHold = (item: Item, text: string): boolean => item.tests.some((test) => isValueTest(test) && test.holds(text))

/** Whether one line holding means that another holds. */
function implies(one: Item, other: Item): boolean {
  if (one.field !== other.field || one.tests.length === 0) return false
  const keys = keysOf(other)
  if (one.tests.every((test) => keys.has(test.key))) return true
  return wholeTexts(one)?.every((text) => someHold(other, text)) ?? false
}

/** Texts that end (or begin) every value for which a line holds; nothing when that cannot be told. */
function edges(item: Item, at: 'start' | 'end'): string[] | undefined {
  const texts = item.tests.map((test) => {
    const literals = isValueTest(test) && test.asks.is === 'text' && !test.asks.cased ? test.literals : undefined
    return literals?.every((one) => one[at]) ? literals.map(({ text }) => text) : undefined
  })
  return texts.every((some) => some !== undefined) && item.field !== '' ? texts.flat() : undefined
}
const fit = (a: string, b: string, at: 'start' | 'end'): boolean =>
  at === 'end' ? a.endsWith(b) || b.endsWith(a) : a.startsWith(b) || b.startsWith(a)
/** Whether no value can end (or begin) as both lines want it. */
const apart = (one: Item, other: Item, at: 'start' | 'end'): boolean => {
  const [mine, theirs] = [edges(one, at), edges(other, at)]
  return mine !== undefined && theirs !== undefined && mine.every((a) => theirs.every((b) => !fit(a, b, at)))
}

/** Whether two lines about one field exclude each other, as long as the field has one value. */
function excludes(one: Item, other: Item): boolean {
  if (one.field !== other.field || one.tests.length === 0 || other.tests.length === 0) return false
  if (apart(one, other, 'end') || apart(one, other, 'start')) return true
  const texts = wholeTexts(one)
  if (!texts || !other.tests.every(isValueTest)) return false
  return texts.every((text) => !someHold(other, text))
}

/** Lines that hold whenever the whole does. */
const certain = (when: Expression): Item[] =>
  when.op === 'item' ? [when] : when.op === 'and' ? when.of.flatMap(certain) : []

const implied = (when: Expression, held: readonly Item[]): boolean => {
  if (when.op === 'item') return held.some((one) => implies(one, when))
  if (when.op === 'not') return dead(when.of, held)
  return when.op === 'and' ? when.of.every((part) => implied(part, held)) : when.of.some((part) => implied(part, held))
}

/** Whether a tree can never hold when these lines do. */
export function dead(when: Expression, held: readonly Item[] = []): boolean {
  switch (when.op) {
    case 'item':
      return when.tests.length === 0 || held.some((one) => excludes(one, when) || excludes(when, one))
    case 'not':
      return implied(when.of, held)
    case 'or':
      return when.of.every((part) => dead(part, held))
    case 'and': {
      const all = [...held, ...when.of.flatMap(certain)]
      return when.of.some((part) => dead(part, all))
    }
  }
}

/** Whether a tree holds for every event. */
export function always(when: Expression): boolean {
  if (when.op === 'item') return false
  if (when.op === 'not') return dead(when.of)
  if (when.op === 'and') return when.of.every(always)
  const negated = when.of.flatMap((part) => (part.op === 'not' ? [part.of] : []))
  return (
    when.of.some(always) ||
    negated.some((one) => when.of.some((part) => part.op === 'item' && one.op === 'item' && implies(one, part)))
  )
}

const atCondition = (text: string, help: string): Remark => ({ path: ['detection', 'condition'], text, help })
const whole = (linted: Linted): Expression | undefined =>
  linted.trouble && linted.trouble.state !== 'disabled' ? undefined : linted.detection?.when
const ifHolds =
  (test: (when: Expression) => boolean, remark: Remark) =>
  (linted: Linted): Remark[] => {
    const when = linted.kind === 'rule' ? whole(linted) : undefined
    return when && test(when) ? [remark] : []
  }

/** The dead alternatives below a tree that can hold. */
function deadParts(when: Expression, held: readonly Item[] = []): Expression[] {
  if (when.op === 'and') {
    const all = [...held, ...when.of.flatMap(certain)]
    return when.of.flatMap((part) => deadParts(part, all))
  }
  if (when.op !== 'or') return []
  return when.of.flatMap((part) => (dead(part, held) ? [part] : deadParts(part, held)))
}
const selectionOf = (when: Expression): string =>
  when.op === 'item'
    ? when.selection
    : when.op === 'not'
      ? selectionOf(when.of)
      : (when.of.map(selectionOf).find((name) => name !== '') ?? '')

function deadBranches(linted: Linted): Remark[] {
  const when = whole(linted)
  if (!when || linted.kind !== 'rule' || dead(when)) return []
  const names = [...new Set(deadParts(when).map(selectionOf))]
  return names.map((name) => ({
    path: ['detection', name],
    of: 'key',
    text: `a part of ${name || 'the condition'} can never hold together with the rest`,
    help: 'the values of one field exclude each other there',
  }))
}

/** Tried on every event of its log source, for nothing that must be there can be looked up. */
export const isOpen = (when: Expression): boolean => witnessOf(new Questions().ask(when)) === undefined

/** Holds for an event without any field, so only for what it leaves out it does not fire. */
function onlyNot(when: Expression): boolean {
  switch (when.op) {
    case 'item':
      return when.tests.some((test) => test.of === 'event' && test.holds({}))
    case 'not':
      return !onlyNot(when.of)
    case 'and':
      return when.of.every(onlyNot)
    case 'or':
      return when.of.some(onlyNot)
  }
}

const conditionsOf = ({ value, kind }: Linted): string[] => {
  const part: unknown = value[kind === 'filter' ? 'filter' : 'detection']
  const written: unknown = typeof part === 'object' && part !== null && 'condition' in part ? part.condition : undefined
  return (Array.isArray(written) ? [...written] : [written]).filter((one): one is string => typeof one === 'string')
}

function patterns(linted: Linted): Remark[] {
  const names = linted.detection?.selections.keys()
  const all = names ? [...names] : []
  return conditionsOf(linted).flatMap((text) =>
    [...text.matchAll(/\b(1|any|all) of (them)\b/gi)].flatMap(([written]) => {
      const fitting = namesFitting('*', all)
      return fitting.length === 1
        ? [
            {
              path: [linted.kind === 'filter' ? 'filter' : 'detection', 'condition'],
              text: `\`${written}\` stands for ${String(fitting[0])} alone`,
              help: 'name it, unless more are to come',
            },
          ]
        : []
    }),
  )
}

const operators = (linted: Linted): Remark[] =>
  conditionsOf(linted).flatMap((text) => {
    const word = /\b(AND|OR|NOT|OF|THEM|ALL)\b/.exec(text)?.[1]
    const isName = word !== undefined && linted.detection?.selections.has(word) === true
    return word === undefined || isName
      ? []
      : [atCondition(`${word} is written in capitals`, `write ${word.toLowerCase()}, as Sigma 2 does`)]
  })

function sameSelections(linted: Linted): Remark[] {
  const seen = new Map<string, string>()
  return [...(linted.detection?.selections ?? [])].flatMap(([name, selection]) => {
    const key = JSON.stringify(selection, (part, value: unknown) => (part === 'selection' ? undefined : value))
    const before = seen.get(key)
    seen.set(key, before ?? name)
    return before === undefined
      ? []
      : [
          {
            path: ['detection', name],
            of: 'key' as const,
            text: `${name} asks the same as ${before}`,
            help: 'take one away',
          },
        ]
  })
}

/** From the gravest on. */
export const logicChecks: readonly Check[] = [
  {
    code: 'never',
    severity: 'warning',
    does: 'a condition that no event can satisfy',
    find: ifHolds(
      dead,
      atCondition(
        'no event can satisfy this condition',
        'its lines exclude each other, unless the field is a list; look at fields that are asked for twice, and at what is left out',
      ),
    ),
  },
  {
    code: 'always',
    severity: 'warning',
    does: 'a condition that every event satisfies',
    find: ifHolds(
      always,
      atCondition('every event of the log source satisfies this condition', 'say what is looked for'),
    ),
  },
  {
    code: 'only-not',
    severity: 'warning',
    does: 'a rule that only says what it does not want',
    find: ifHolds(
      (when) => !always(when) && onlyNot(when),
      atCondition(
        'the rule fires for every event of its log source but those it leaves out',
        'add a selection of what is looked for',
      ),
    ),
  },
  {
    code: 'dead-part',
    severity: 'warning',
    does: 'an alternative that can never hold beside the rest',
    find: deadBranches,
  },
  {
    code: 'open',
    severity: 'hint',
    does: 'a rule that must be tried on every event of its log source',
    find: ifHolds(
      (when) => isOpen(when) && !onlyNot(when),
      atCondition(
        'nothing that must be there can be looked up: the rule is tried on every event of its log source',
        'add a line with a plain text of three characters or more',
      ),
    ),
  },
  { code: 'pattern-one', severity: 'hint', does: '`1 of them` or `all of them` with one selection', find: patterns },
  { code: 'operator-case', severity: 'hint', does: 'operators in capitals', find: operators },
  { code: 'selection-twice', severity: 'hint', does: 'two selections that ask the same', find: sameSelections },
]
