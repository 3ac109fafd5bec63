// How a rule stands, with what telemetry has shown: at work, or why it cannot find anything. Nothing fails in silence.
import { isOpen } from '../lint/logic.ts'
import type { LoadedRule } from '../load.ts'
import { fieldsSeen, seenBy, type SeenSource } from '../seen/seen.ts'
import type { Expression, Item } from '../sigma/rule.ts'
import type { standings } from '../types.ts'

export type StandingState = (typeof standings)[number]
export interface Standing {
  readonly standing: StandingState
  /** What to say of it; empty when there is nothing to say. */
  readonly why: string
}

type Verdict = boolean | 'open'

/** What a tree comes to for every event whose fields are among these: always, never, or it depends. */
function verdict(when: Expression, has: (field: string) => boolean): Verdict {
  switch (when.op) {
    case 'item':
      return itemVerdict(when, has)
    case 'not': {
      const of = verdict(when.of, has)
      return of === 'open' ? of : !of
    }
    case 'and':
    case 'or': {
      const settles = when.op === 'or'
      const all = when.of.map((part) => verdict(part, has))
      if (all.includes(settles)) return settles
      return all.includes('open') ? 'open' : !settles
    }
  }
}
function itemVerdict({ field, tests }: Item, has: (field: string) => boolean): Verdict {
  if (field === '' || has(field)) return tests.length === 0 ? false : 'open'
  return tests.some((test) => test.of === 'event' && test.holds({}))
}

const fieldsOf = (when: Expression): string[] =>
  when.op === 'item' ? [when.field] : when.op === 'not' ? fieldsOf(when.of) : when.of.flatMap(fieldsOf)

/** The fields a rule asks for, each once, and whether it can match without it. */
export const neededFields = (when: Expression): { readonly field: string; readonly needed: boolean }[] =>
  [...new Set(fieldsOf(when))]
    .filter((field) => field !== '')
    .map((field) => ({ field, needed: verdict(when, (one) => one !== field) === false }))

const openRules = new WeakMap<Expression, boolean>()
const isOpenOnce = (when: Expression): boolean => {
  const known = openRules.get(when)
  if (known !== undefined) return known
  const open = isOpen(when)
  openRules.set(when, open)
  return open
}

const sourceText = ({ product, category, service }: LoadedRule['source']): string =>
  [product, category, service].filter(Boolean).join('/')

/** Rules by id, for the parts of correlations. */
export type RuleById = (id: string) => LoadedRule | undefined
export function byId(rules: readonly LoadedRule[]): RuleById {
  const all = new Map(rules.map((rule) => [rule.id, rule]))
  return (id) => all.get(id)
}

/** Whether a rule can find anything as things stand. */
export const isAtWork = ({ standing }: Standing): boolean => standing === 'running' || standing === 'unindexable'

const waits = ({ standing }: Standing): boolean => standing === 'no-data-source' || standing === 'field-never-seen'

/** A correlation stands as its rules do: it waits when all of them wait. */
function correlationStanding(parts: readonly LoadedRule[], sources: readonly SeenSource[], rules: RuleById): Standing {
  const all = parts.map((part) => ({ title: part.title, ...standingOf(part, sources, rules) }))
  const waiting = all.filter(waits)
  const [first] = waiting
  if (!first) return { standing: 'running', why: '' }
  const why = `${waiting.length} of its ${all.length} rules ${waiting.length === 1 ? 'waits' : 'wait'}; "${first.title}": ${first.why}`
  return { standing: waiting.length === all.length ? first.standing : 'running', why }
}

/** How a rule stands. */
export function standingOf(rule: LoadedRule, sources: readonly SeenSource[], rules: RuleById): Standing {
  if (rule.correlation) {
    const parts = rule.correlation.parts.flatMap((part) => rules(part.rule) ?? [])
    return correlationStanding(parts, sources, rules)
  }
  if (rule.state !== 'running' || !rule.compiled) return { standing: asStanding(rule.state), why: rule.why }
  // Our own sources are always there; they speak when something happens.
  if (rule.source.product === 'castellan') return { standing: 'running', why: '' }
  const { when } = rule.compiled
  if (seenBy(rule.source, sources).length === 0)
    return { standing: 'no-data-source', why: `no event of ${sourceText(rule.source)} was ever seen` }
  const seen = fieldsSeen(rule.source, sources)
  const missing = seen ? [...new Set(fieldsOf(when))].filter((field) => field !== '' && !seen.has(field)) : []
  if (missing.length > 0 && verdict(when, (field) => !missing.includes(field)) === false)
    return {
      standing: 'field-never-seen',
      why: `no event of ${sourceText(rule.source)} ever had ${missing.slice(0, 5).join(', ')}`,
    }
  if (isOpenOnce(when))
    return {
      standing: 'unindexable',
      why: 'it is tried on every event of its log source: nothing that must be there can be looked up',
    }
  return {
    standing: 'running',
    why: missing.length > 0 ? `never seen, but not needed alone: ${missing.slice(0, 5).join(', ')}` : '',
  }
}
const asStanding = (state: LoadedRule['state']): StandingState => (state === 'running' ? 'invalid' : state)

export const countStandings = (all: readonly Standing[]): Record<StandingState, number> => {
  const counts = {
    running: 0,
    unindexable: 0,
    'no-data-source': 0,
    'field-never-seen': 0,
    disabled: 0,
    'needs-list': 0,
    unsupported: 0,
    invalid: 0,
  }
  for (const { standing } of all) counts[standing]++
  return counts
}
