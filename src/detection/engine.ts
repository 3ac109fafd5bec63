// Runs rules over events: an event meets only the rules of its log source, and of those only the ones that something in it speaks for.
import type { FieldValue, LogSource, ParsedEvent, Scalar } from '#telemetry'
import type { CompiledRule } from './compile.ts'
import { explain, itemHolds, type Matchable } from './explain.ts'
import type { FieldIndex } from './index/field.ts'
import { concerns, Group, type Indexed } from './index/group.ts'
import { Program } from './index/program.ts'
import { type Ask, Questions, witnessOf } from './index/questions.ts'
import type { MatchedField } from './types.ts'

/** A rule matched an event, and why. */
export interface Match {
  readonly rule: CompiledRule
  readonly matched: readonly MatchedField[]
}
export type EngineEvent = Pick<ParsedEvent, 'logsource'> & Matchable

export interface Engine {
  /** The rules that match an event, in the order they were given. */
  match(event: EngineEvent): readonly Match[]
  readonly rules: number
}

const none: readonly Match[] = []
/** Kinds of log source remembered; telemetry has some dozens. */
const mostSources = 5_000
const isList = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value)

/** An engine for these rules. The tables of a log source are made when its first event comes. */
export const createEngine = (rules: readonly CompiledRule[]): Engine => new RuleEngine(rules)

class RuleEngine implements Engine {
  readonly rules: number
  private readonly compiled: readonly CompiledRule[]
  private readonly indexed: readonly Indexed[]
  private readonly questions = new Questions()
  private readonly program = new Program()
  private readonly begins: Int32Array
  private readonly groups = new Map<string, Group>()
  private readonly bySource = new Map<string, Group>()
  /** For each atom and rule: the last event for which it held, or was to be tried. */
  private readonly held: Int32Array
  private readonly tried: Int32Array
  private readonly candidates: Int32Array
  private count = 0
  private turn = 0
  private event: Matchable = { fields: {} }
  private readonly late = (question: number): boolean => itemHolds(this.questions.lates[question]!, this.event)

  constructor(rules: readonly CompiledRule[]) {
    this.compiled = rules
    this.rules = rules.length
    const asks = rules.map((rule) => this.questions.ask(rule.when))
    this.begins = Int32Array.from(asks, (ask) => this.program.add(ask))
    this.program.build()
    this.indexed = asks.map((ask, number) => ({ number, witness: witnessOf(ask), atoms: [...new Set(atomsOf(ask))] }))
    this.held = new Int32Array(this.questions.atoms.length)
    this.tried = new Int32Array(rules.length)
    this.candidates = new Int32Array(rules.length)
  }

  match(event: EngineEvent): readonly Match[] {
    const group = this.groupOf(event.logsource)
    this.begin(event)
    for (const field of group.fields) this.look(field, event)
    this.tryAll(group.always)
    if (group.keywords && hasKeyword(group.keywords, event)) this.tryAll(group.keywordRules)
    return this.count === 0 ? none : this.matches(event)
  }

  private begin(event: Matchable): void {
    if (this.turn === 0x7fff_ffff) {
      this.held.fill(0)
      this.tried.fill(0)
      this.turn = 0
    }
    this.turn++
    this.count = 0
    this.event = event
  }

  private look(field: FieldIndex, { fields }: Matchable): void {
    const value = fields[field.name]
    if (value === undefined || value === null) return
    if (field.inherited && !Object.hasOwn(fields, field.name)) return
    if (isList(value)) for (const one of value) this.settle(field, one)
    else this.settle(field, value)
  }

  private settle(field: FieldIndex, value: Scalar): void {
    if (value === null) return
    const { atoms, rules } = field.look(value)
    for (let at = 0; at < atoms.length; at++) this.held[atoms[at]!] = this.turn
    this.tryAll(rules)
  }

  private tryAll(rules: Int32Array): void {
    for (let at = 0; at < rules.length; at++) {
      const rule = rules[at]!
      if (this.tried[rule] === this.turn) continue
      this.tried[rule] = this.turn
      this.candidates[this.count++] = rule
    }
  }

  private matches(event: Matchable): readonly Match[] {
    let found: Match[] | undefined
    for (const rule of this.candidates.subarray(0, this.count).sort()) {
      if (!this.program.run(this.begins[rule]!, this.held, this.turn, this.late)) continue
      const compiled = this.compiled[rule]!
      ;(found ??= []).push({ rule: compiled, matched: explain(compiled.when, event) })
    }
    return found ?? none
  }

  private groupOf(source: LogSource): Group {
    const key = `${source.product}\0${source.service}\0${source.categories.join('\0')}`
    const known = this.bySource.get(key)
    if (known) return known
    const rules = this.indexed.filter(({ number }) => concerns(this.compiled[number]!.source, source))
    // Sources that concern the same rules share one group.
    const same = rules.map(({ number }) => number).join()
    const group = this.groups.get(same) ?? new Group(rules, this.questions.atoms)
    this.groups.set(same, group)
    if (this.bySource.size >= mostSources) this.bySource.clear()
    this.bySource.set(key, group)
    return group
  }
}

const atomsOf = (ask: Ask): number[] =>
  ask.op === 'atom' ? [ask.atom] : ask.op === 'late' ? [] : ask.op === 'not' ? atomsOf(ask.of) : ask.of.flatMap(atomsOf)

function hasKeyword(keywords: { has(text: string): boolean }, { raw, fields }: Matchable): boolean {
  if (raw !== undefined && keywords.has(raw)) return true
  for (const name in fields) {
    const value = fields[name]
    if (typeof value === 'string' ? keywords.has(value) : value != null && keywords.has(String(value))) return true
  }
  return false
}
