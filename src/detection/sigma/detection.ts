// The `detection` part of a rule: selections, and the condition that joins them, as one tree.
import type { Issue, Place } from '#kernel'
import type { YamlDocument } from '#platform'
import { type Condition, namesFitting, parseCondition } from './condition.ts'
import { type Given, itemOf, type Scope } from './item.ts'
import type { Expression } from './rule.ts'

type Path = readonly PropertyKey[]
export type Plain = Readonly<Record<string, unknown>>
export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A YAML document, the file's text to look numbers up in, and where its parts stand. */
export interface Source {
  readonly document: Pick<YamlDocument, 'place'>
  /** The number as written at a place, when it is written in another way than plain decimal. */
  spelled(value: number, at: Place): string | undefined
}

/** Keys of `detection` that are no selections. */
const reserved = new Set(['condition', 'timeframe'])

export interface Detection {
  readonly when: Expression
  readonly selections: ReadonlyMap<string, Expression>
  /** Selections that a condition names. */
  readonly used: ReadonlySet<string>
}

/** Reads selections and conditions below a path (`detection`, or `filter` of a filter document); `more` keys are no selections. Trouble goes to the scope. */
export function detectionOf(
  value: Plain,
  { path, more = [] }: { readonly path: Path; readonly more?: readonly string[] },
  source: Source,
  scope: Scope,
): Detection {
  const reader = new SelectionReader(source, scope)
  const selections = new Map<string, Expression>()
  for (const [name, selection] of Object.entries(value)) {
    if (reserved.has(name) || more.includes(name)) continue
    selections.set(name, reader.selection(name, selection, [...path, name]))
  }
  const used = new Set<string>()
  const written = Array.isArray(value['condition']) ? [...value['condition']] : [value['condition']]
  const of = written.map((text, index) => {
    const at = source.document.place([...path, 'condition', ...(Array.isArray(value['condition']) ? [index] : [])])
    return conditionOf(text, at, { selections, used, scope })
  })
  if ('timeframe' in value) {
    const text = 'timeframe belongs to Sigma before version 2'
    const at = source.document.place([...path, 'timeframe'], 'key')
    scope.trouble(
      { state: 'unsupported', why: text },
      { code: 'sigma-timeframe', at, text, help: 'write a correlation rule' },
    )
  }
  const [only] = of
  return { when: of.length === 1 && only ? only : { op: 'or', of }, selections, used }
}

interface Naming {
  readonly selections: ReadonlyMap<string, Expression>
  readonly used: Set<string>
  readonly scope: Scope
}
const never: Expression = { op: 'or', of: [] }

function conditionOf(text: unknown, at: Place, naming: Naming): Expression {
  const { scope, selections } = naming
  if (typeof text !== 'string') {
    const issue = { code: 'sigma-condition', at, text: 'the condition is missing', help: 'add `condition: selection`' }
    scope.trouble({ state: 'invalid', why: issue.text }, issue)
    return never
  }
  const parsed = parseCondition(text, new Set(selections.keys()))
  if (parsed.ok) return resolved(parsed.value, at, naming)
  const { unsupported, help } = parsed.fail
  const issue = { code: 'sigma-condition', at: along(at, text, parsed.fail.at), text: parsed.fail.text, help }
  scope.trouble({ state: unsupported ? 'unsupported' : 'invalid', why: issue.text }, issue)
  return never
}

/** A place some characters into a one-line value. */
const along = (at: Place, text: string, by: number): Place =>
  at.column === undefined || text.includes('\n') ? at : { ...at, column: at.column + by }

function resolved(condition: Condition, at: Place, naming: Naming): Expression {
  switch (condition.op) {
    case 'and':
    case 'or':
      return { op: condition.op, of: condition.of.map((part) => resolved(part, at, naming)) }
    case 'not':
      return { op: 'not', of: resolved(condition.of, at, naming) }
    case 'name':
      return selected([condition.name], 'and', at, naming)
    case 'each':
      return selected(namesFitting(condition.pattern, naming.selections.keys()), condition.all ? 'and' : 'or', at, {
        ...naming,
        pattern: condition.pattern,
      })
  }
}

function selected(
  names: readonly string[],
  op: 'and' | 'or',
  at: Place,
  { selections, used, scope, pattern }: Naming & { pattern?: string },
): Expression {
  if (names.length === 0) {
    const text = `no selection fits ${pattern}`
    scope.trouble(
      { state: 'invalid', why: text },
      { code: 'sigma-selection', at, text, help: 'a pattern must fit at least one selection' },
    )
  }
  const of = names.map((name) => {
    used.add(name)
    const found = selections.get(name)
    if (found) return found
    const text = `the condition names ${name}, which is no selection`
    const help = `selections here: ${[...selections.keys()].join(', ')}`
    scope.trouble({ state: 'invalid', why: text }, { code: 'sigma-selection', at, text, help })
    return never
  })
  const [only] = of
  return of.length === 1 && only ? only : names.length === 0 ? never : { op, of }
}

/** Reads the values of selections, each with its place. */
class SelectionReader {
  private readonly source: Source
  private readonly scope: Scope
  constructor(source: Source, scope: Scope) {
    this.source = source
    this.scope = scope
  }

  /** A map: all lines. A list: any of its maps and keywords. A text or number: a keyword. */
  selection(name: string, value: unknown, path: Path): Expression {
    if (isPlain(value)) return this.lines(name, value, path)
    const listed: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (listed.length === 0)
      return this.refuse(this.place(path), `the selection ${name} is empty`, 'give it fields or keywords')
    const maps = listed.flatMap((one, index) => (isPlain(one) ? [this.lines(name, one, [...path, index])] : []))
    const keywords = listed.flatMap((one, index) =>
      isPlain(one) ? [] : this.given(one, Array.isArray(value) ? [...path, index] : path),
    )
    const words = keywords.length === 0 ? [] : [this.item(name, '', keywords, () => this.place(path))]
    const [only, ...others] = [...maps, ...words]
    return only && others.length === 0 ? only : { op: 'or', of: [...maps, ...words] }
  }

  private lines(name: string, value: Plain, path: Path): Expression {
    const keys = Object.keys(value)
    if (keys.length === 0) return this.refuse(this.place(path), `the selection ${name} is empty`, 'give it fields')
    const of = keys.map((key) => this.line(name, key, value[key], [...path, key]))
    const [only] = of
    return of.length === 1 && only ? only : { op: 'and', of }
  }

  private line(name: string, key: string, value: unknown, path: Path): Expression {
    const at = () => this.source.document.place(path, 'key')
    if (Array.isArray(value) && value.length === 0)
      return this.refuse(at(), `${key} has no values`, 'give it at least one value')
    const listed: readonly unknown[] = Array.isArray(value) ? value : [value]
    const given = listed.flatMap((one, index) => this.given(one, Array.isArray(value) ? [...path, index] : path))
    return this.item(name, key, given, at)
  }

  private item(selection: string, key: string, given: readonly Given[], at: () => Place): Expression {
    const [field = '', ...names] = key.split('|')
    const forField = ['exists', 'fieldref'].find((name) => names.includes(name))
    if (field === '' && forField !== undefined)
      return this.refuse(at(), `${forField} needs a field`, 'name one before the first |')
    return itemOf({ selection, field, modifiers: names.filter((name) => name !== '') }, given, this.scope)
  }

  private given(value: unknown, path: Path): Given[] {
    const at = () => this.place(path)
    if (typeof value === 'number') return [{ value, at, spelled: this.source.spelled(value, at()) }]
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return [{ value, at }]
    this.refuse(at(), 'a value is a text, a number, true, false or null', 'give a list of plain values')
    return []
  }

  private place(path: Path): Place {
    return this.source.document.place(path)
  }

  private refuse(at: Place, text: string, help: string): Expression {
    const issue: Omit<Issue, 'severity'> = { code: 'sigma-value', at, text, help }
    this.scope.trouble({ state: 'invalid', why: text }, issue)
    return never
  }
}
