// Why a rule matched: each line of a selection that holds, with what the rule asked and what the event said.
import type { Fields, FieldValue } from '#telemetry'
import type { Expression, Item, Test, ValueTest } from './sigma/rule.ts'
import { fieldOf, isList, scalarText, textsOf } from './sigma/tests.ts'
import type { MatchedField } from './types.ts'

/** An event as the engine looks at it. */
export interface Matchable {
  readonly fields: Fields
  readonly raw?: string | undefined
}

/** The first text of a field for which a test holds. */
function heldIn(value: FieldValue | undefined, test: ValueTest): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!isList(value)) {
    const text = scalarText(value)
    return text !== undefined && test.holds(text) ? text : undefined
  }
  for (const one of value) {
    const text = scalarText(one)
    if (text !== undefined && test.holds(text)) return text
  }
  return undefined
}

/** A keyword search: the record as it came in, then each value of a field. */
function heldAnywhere({ raw, fields }: Matchable, test: ValueTest): string | undefined {
  if (raw !== undefined && test.holds(raw)) return raw
  for (const name of Object.keys(fields)) {
    const found = heldIn(fields[name], test)
    if (found !== undefined) return found
  }
  return undefined
}

/** The first test of an item that holds, and the text for which it does. */
function heldBy(item: Item, event: Matchable): { test: Test; value: string } | undefined {
  for (const test of item.tests) {
    if (test.of === 'event') {
      if (test.holds(event.fields)) return { test, value: textsOf(fieldOf(event.fields, item.field)).join(', ') }
      continue
    }
    const value = item.field === '' ? heldAnywhere(event, test) : heldIn(fieldOf(event.fields, item.field), test)
    if (value !== undefined) return { test, value }
  }
  return undefined
}

export const itemHolds = (item: Item, event: Matchable): boolean => heldBy(item, event) !== undefined

/** Whether a tree holds for an event; each held line goes to `held`. Lines below `not` are left out. */
function holds(when: Expression, event: Matchable, held: MatchedField[] | undefined): boolean {
  switch (when.op) {
    case 'not':
      return !holds(when.of, event, undefined)
    case 'or':
      // All branches are looked at, so that the explanation is whole.
      return when.of.reduce((any, part) => holds(part, event, held) || any, false)
    case 'and': {
      const mine: MatchedField[] = []
      if (!when.of.every((part) => holds(part, event, mine))) return false
      held?.push(...mine)
      return true
    }
    case 'item': {
      const found = heldBy(when, event)
      if (found) held?.push(line(when, found.test, found.value))
      return found !== undefined
    }
  }
}

/** A plain reading of a tree, without any index: what the engine must agree with. */
export const plainlyHolds = (when: Expression, event: Matchable): boolean => holds(when, event, undefined)

const longest = 500
function line({ selection, field, modifiers }: Item, test: Test, value: string): MatchedField {
  const shown = value.length > longest ? `${value.slice(0, longest)}…` : value
  return { selection, field, modifiers: [...modifiers], pattern: test.shown, value: shown }
}

/** The lines that made a rule match, each once. */
export function explain(when: Expression, event: Matchable): MatchedField[] {
  const held: MatchedField[] = []
  holds(when, event, held)
  const seen = new Set<string>()
  return held.filter((one) => {
    const key = JSON.stringify(one)
    return !seen.has(key) && seen.add(key)
  })
}
