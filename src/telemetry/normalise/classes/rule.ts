// What a class's own thinking is given: the draft, the event, and the fields that are carried already.
import type { Draft } from '../draft.ts'
import type { Normalisable } from '../event.ts'
import { textOf } from '../../parsers/values.ts'

export interface RuleInput {
  readonly draft: Draft
  readonly event: Normalisable
  /** Names of fields that stand in the event already; a rule adds those it places. */
  readonly used: Set<string>
}
export type ClassRule = (input: RuleInput) => void

/** Text of the first of these fields that says something; it then counts as carried. */
export function take({ event, used }: RuleInput, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(event.fields[name])
    if (text === undefined) continue
    used.add(name)
    return text
  }
  return undefined
}
