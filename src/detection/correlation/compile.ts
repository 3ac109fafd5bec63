// Correlations as written → correlations that run: rules found, chains put in order, conditions made into ways of judging.
import { attackOf } from '#standards'
import type { Condition } from '../sigma/condition.ts'
import type { RuleHead, Trouble } from '../sigma/rule.ts'
import { remarksOf } from './check.ts'
import { hasNot, holdsFor, positives, presenceOf } from './presence.ts'
import type { Bound, CompiledCorrelation, CorrelationSpec, Judging, Measure, Part } from './types.ts'

/** A correlation as read; `spec` is there when it is sound. */
export interface ReadCorrelation {
  readonly head: RuleHead
  readonly spec: CorrelationSpec | undefined
  readonly trouble: Trouble | undefined
}
/** A rule that a correlation may name. */
export interface KnownRule {
  readonly id: string
  readonly name: string | undefined
  readonly title: string
  readonly trouble: Trouble | undefined
}
export type Compiled =
  | { readonly ok: true; readonly correlation: CompiledCorrelation }
  | { readonly ok: false; readonly trouble: Trouble }

/** Deepest chain of correlations. */
const deepest = 10
const invalid = (why: string): Trouble => ({ state: 'invalid', why })

/** Every correlation, compiled or with why it cannot run, in the order given. */
export function compileCorrelations(all: readonly ReadCorrelation[], rules: readonly KnownRule[]): Compiled[] {
  const chain = new Chain(all, rules)
  return all.map((one) => chain.compiled(one, []))
}

/** Rules that running correlations take as their parts do not alert alone, unless one of them says `generate: true` (Sigma correlations 2.1). */
export function onlyFeeding(all: readonly ReadCorrelation[], compiled: readonly Compiled[]): Set<string> {
  const partsOf = (generate: boolean): string[] =>
    compiled.flatMap((one, at) =>
      one.ok && all[at]?.spec?.generate === generate ? one.correlation.parts.map(({ rule }) => rule) : [],
    )
  const loud = new Set(partsOf(true))
  return new Set(partsOf(false).filter((rule) => !loud.has(rule)))
}

type Named =
  | { readonly is: 'rule'; readonly rule: KnownRule }
  | { readonly is: 'correlation'; readonly one: ReadCorrelation }

class Chain {
  private readonly byName = new Map<string, Named>()
  private readonly done = new Map<ReadCorrelation, Compiled>()

  constructor(all: readonly ReadCorrelation[], rules: readonly KnownRule[]) {
    const put = (name: string | undefined, named: Named) => {
      const key = name?.toLowerCase()
      if (key !== undefined && !this.byName.has(key)) this.byName.set(key, named)
    }
    for (const rule of rules) put(rule.id, { is: 'rule', rule })
    for (const one of all) put(one.head.id, { is: 'correlation', one })
    for (const rule of rules) put(rule.name, { is: 'rule', rule })
    for (const one of all) put(one.head.name, { is: 'correlation', one })
  }

  compiled(one: ReadCorrelation, above: readonly ReadCorrelation[]): Compiled {
    const known = this.done.get(one)
    if (known) return known
    if (above.includes(one)) return no(invalid(`"${one.head.title}" is part of itself`))
    if (above.length >= deepest) return no(invalid(`correlations of correlations are nested more than ${deepest} deep`))
    const made = this.make(one, [...above, one])
    this.done.set(one, made)
    return made
  }

  private make({ head, spec, trouble }: ReadCorrelation, above: readonly ReadCorrelation[]): Compiled {
    if (trouble || !spec) return no(trouble ?? invalid('the correlation cannot be read'))
    const parts: Part[] = []
    let depth = 1
    for (const name of new Set(spec.rules)) {
      const found = this.part(name, above)
      if (!found.ok) return found
      depth = Math.max(depth, found.depth + 1)
      if (parts.some(({ rule }) => rule === found.id)) return no(invalid(`two of its rules are "${found.title}"`))
      parts.push({ rule: found.id, title: found.title, ...fieldsOf(spec, [name, found.id, found.name]) })
    }
    const judging = judgingOf(spec)
    if (typeof judging === 'string') return no(invalid(judging))
    const { id, title, level } = head
    const own = { id, title, level, ...attackOf(head.tags), type: spec.type, groupBy: spec.groupBy }
    const version = JSON.stringify({ spec, parts })
    const shown = remarksOf(spec).shown
    return {
      ok: true,
      correlation: { ...own, depth, parts, timespan: spec.timespan, judging, shown, version },
    }
  }

  private part(name: string, above: readonly ReadCorrelation[]) {
    const named = this.byName.get(name)
    if (!named) return no(invalid(`there is no rule ${name}`))
    if (named.is === 'rule') {
      const { id, title, trouble } = named.rule
      if (trouble) return no({ state: trouble.state, why: `it needs "${title}", which does not run: ${trouble.why}` })
      return { ok: true, id, title, name: named.rule.name?.toLowerCase(), depth: 0 } as const
    }
    const inner = this.compiled(named.one, above)
    const { title, id } = named.one.head
    if (!inner.ok) {
      const { state, why } = inner.trouble
      return no({
        state,
        why: why.includes('part of itself') ? why : `it needs "${title}", which does not run: ${why}`,
      })
    }
    return { ok: true, id, title, name: named.one.head.name?.toLowerCase(), depth: inner.correlation.depth } as const
  }
}

const no = (trouble: Trouble): { readonly ok: false; readonly trouble: Trouble } => ({ ok: false, trouble })

/** The fields of one part that stand for group-by and for the value: an alias is looked up by the rule's name, its id, or as written. */
function fieldsOf(spec: CorrelationSpec, names: readonly (string | undefined)[]): Pick<Part, 'group' | 'values'> {
  const fieldOf = (field: string): string => {
    const alias = Object.hasOwn(spec.aliases, field) ? spec.aliases[field] : undefined
    const name = names.find((one) => one !== undefined && alias !== undefined && Object.hasOwn(alias, one))
    return (name === undefined ? undefined : alias?.[name]) ?? field
  }
  return { group: spec.groupBy.map(fieldOf), values: spec.fields.map(fieldOf) }
}

/** How the condition is judged, or why it cannot be. */
function judgingOf(spec: CorrelationSpec): Judging | string {
  const parts = [...new Set(spec.rules)]
  switch (spec.type) {
    case 'event_count':
      return counted('events', spec.bounds)
    case 'value_count':
      return counted('values', spec.bounds)
    case 'temporal_ordered':
      return { is: 'chain', steps: spec.rules.map((rule) => parts.indexOf(rule)) }
    case 'temporal':
      if (spec.when) return written(spec.when, parts)
      return spec.bounds.length > 0 ? counted('parts', spec.bounds) : { is: 'newest', of: 'parts', need: parts.length }
    case 'value_sum':
      return reckoned({ of: 'sum' }, spec.bounds)
    case 'value_avg':
      return reckoned({ of: 'average' }, spec.bounds)
    case 'value_percentile':
    case 'value_median':
      return reckoned({ of: 'quantile', percentile: spec.percentile }, spec.bounds)
  }
}

/** Only lower bounds can be told before the timespan is over: a count only grows. */
const isLower = ({ is }: Bound): boolean => is === 'gt' || is === 'gte'

function counted(of: 'events' | 'values' | 'parts', bounds: readonly Bound[]): Judging {
  if (!bounds.every(isLower)) return { is: 'closing', measure: { of }, bounds }
  const need = Math.max(1, ...bounds.map(({ is, value }) => (is === 'gt' ? Math.floor(value) + 1 : Math.ceil(value))))
  return { is: 'newest', of, need }
}

const reckoned = (measure: Measure, bounds: readonly Bound[]): Judging => ({
  is: bounds.every(isLower) ? 'numbers' : 'closing',
  measure,
  bounds,
})

function written(when: Condition, parts: readonly string[]): Judging | string {
  const presence = presenceOf(when, parts)
  if (typeof presence === 'string') return presence
  const begin = [...new Set(positives(presence, true))]
  if (!hasNot(presence)) return { is: 'presence', when: presence }
  if (begin.length === 0) return 'the condition only says what must be absent; name a rule that must be there'
  if (holdsFor(presence, () => false)) return 'the condition holds when nothing happens'
  return { is: 'absence', when: presence, begin }
}
