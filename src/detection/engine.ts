// Runs rules over events: an event meets only the rules of its log source, and of those only the ones that something in it speaks for.
import type { FieldValue, LogSource, ParsedEvent, Scalar } from '#telemetry'
import type { CompiledRule } from './compile.ts'
import { explain, itemHolds, type Matchable } from './explain.ts'
import type { FieldIndex } from './index/field.ts'
import { concerns, Group, type Indexed } from './index/group.ts'
import { Program } from './index/program.ts'
import { atomsOf, Questions, witnessOf } from './index/questions.ts'
import type { SkipSearch } from './index/skip.ts'
import { isList } from './sigma/tests.ts'
import type { MatchedField } from './types.ts'

/** A rule matched an event, and why. */
export interface Match {
  readonly rule: CompiledRule
  readonly matched: readonly MatchedField[]
}
export type EngineEvent = Pick<ParsedEvent, 'logsource'> & Partial<Pick<ParsedEvent, 'parser'>> & Matchable

export interface Engine {
  /** The rules that match an event, in the order they were given. */
  match(event: EngineEvent): readonly Match[]
  readonly rules: number
}

const none: readonly Match[] = []
/** Kinds of log source remembered; telemetry has some dozens. */
const mostSources = 5_000

/** An engine for these rules. The tables of a log source are made when its first event comes. */
export const createEngine = (rules: readonly CompiledRule[]): Engine => new RuleEngine(rules)

class RuleEngine implements Engine {
  readonly rules: number
  private readonly compiled: readonly CompiledRule[]
  /** Rules whose questions are known: those of the log sources that came by. */
  private readonly indexed: (Indexed | undefined)[]
  private readonly questions = new Questions()
  private readonly program = new Program()
  private readonly begins: Int32Array
  private readonly groups = new Map<string, Group>()
  private sources = new Sources()
  private known = 0
  /** The log source met last: parsers give events of a kind the same one. */
  private lastSource: LogSource | undefined
  private lastGroup: Group | undefined
  /** For each atom: the last event for which it held. For each rule: the last event for which it was to be tried. */
  private held = new Int32Array(0)
  private readonly tried: Int32Array
  private readonly candidates: Int32Array
  private count = 0
  private turn = 0
  private event: Matchable = { fields: {} }
  private readonly late = (question: number): boolean => itemHolds(this.questions.lates[question]!, this.event)

  constructor(rules: readonly CompiledRule[]) {
    this.compiled = rules
    this.rules = rules.length
    this.indexed = rules.map(() => undefined)
    this.begins = new Int32Array(rules.length)
    this.tried = new Int32Array(rules.length)
    this.candidates = new Int32Array(rules.length)
  }

  match(event: EngineEvent): readonly Match[] {
    const group = this.groupOf(event.logsource)
    this.begin(event)
    this.tryAll(group.always)
    if (group.keywords === undefined) this.look(group, event)
    else if (this.lookForWords(group, group.keywords, event)) this.tryAll(group.keywordRules)
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

  private look({ fields: known }: Pick<Group, 'fields'>, { fields }: Matchable): void {
    for (const name in fields) {
      const field = known.get(name)
      if (field) this.lookAt(field, fields[name])
    }
  }

  /** Looks at all fields, and answers whether a keyword may stand in some text of the event. */
  private lookForWords({ fields: known }: Group, words: SkipSearch, event: EngineEvent): boolean {
    const { fields, raw } = event
    let found = raw !== undefined && words.has(raw)
    if (found || holdsValues(event)) {
      this.look({ fields: known }, event)
      return found || addedByParsers.some((name) => mayHave(words, fields[name]))
    }
    for (const name in fields) {
      const value = fields[name]
      const field = known.get(name)
      if (field) this.lookAt(field, value)
      found ||= mayHave(words, value)
    }
    return found
  }

  private lookAt(field: FieldIndex, value: FieldValue | undefined): void {
    if (typeof value === 'string') this.settle(field, value)
    else if (isList(value)) for (const one of value) this.settle(field, one)
    else if (value !== undefined) this.settle(field, value)
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
    let matching = 0
    for (let at = 0; at < this.count; at++) {
      const rule = this.candidates[at]!
      if (this.program.run(this.begins[rule]!, this.held, this.turn, this.late)) this.candidates[matching++] = rule
    }
    if (matching === 0) return none
    const rules = [...this.candidates.subarray(0, matching).sort()].map((rule) => this.compiled[rule]!)
    return rules.map((rule) => ({ rule, matched: explain(rule.when, event) }))
  }

  private groupOf(source: LogSource): Group {
    if (source === this.lastSource && this.lastGroup) return this.lastGroup
    this.lastSource = source
    return (this.lastGroup = this.knownGroup(source))
  }

  private knownGroup(source: LogSource): Group {
    let known = this.sources.of(source.product).of(source.service)
    for (const category of source.categories) known = known.of(category)
    return (known.group ??= this.newGroup(source))
  }

  private newGroup(source: LogSource): Group {
    if (this.known++ >= mostSources) {
      this.sources = new Sources()
      this.known = 0
    }
    const numbers = this.compiled.flatMap((rule, number) => (concerns(rule.source, source) ? [number] : []))
    // Sources that concern the same rules share one group.
    const same = numbers.join()
    const group = this.groups.get(same) ?? new Group(this.asked(numbers), this.questions.atoms)
    this.groups.set(same, group)
    return group
  }

  /** Rules with their questions, which are numbered when a rule is first needed. */
  private asked(numbers: readonly number[]): Indexed[] {
    const rules = numbers.map((number) => (this.indexed[number] ??= this.indexOf(number)))
    this.program.build()
    const atoms = this.questions.atoms.length
    if (atoms > this.held.length) this.held = new Int32Array(2 * atoms)
    return rules
  }

  private indexOf(number: number): Indexed {
    const ask = this.questions.ask(this.compiled[number]!.when)
    this.begins[number] = this.program.add(ask)
    return { number, witness: witnessOf(ask), atoms: [...new Set(atomsOf(ask))] }
  }
}

/** Parsers of records in JSON or XML whose values stand in the record as they are, but for escapes, and the fields to which they add something. */
const literalParsers = new Set(['windows', 'windows-xml'])
const addedByParsers = ['User', 'IntegrityLevel']
/** Whether what stands in a value of the event stands in its raw text too. */
const holdsValues = ({ parser = '', raw = '' }: EngineEvent): boolean =>
  literalParsers.has(parser) && (raw.startsWith('{') || raw.startsWith('<'))

const mayHave = (words: SkipSearch, value: FieldValue | undefined): boolean => {
  if (typeof value === 'string') return words.has(value)
  if (value === null || value === undefined) return false
  return isList(value) ? words.has(value.join('\n')) : words.has(String(value))
}

/** Groups by the words of a log source, one after the other. */
class Sources {
  group: Group | undefined
  private readonly next = new Map<string | undefined, Sources>()
  of(word: string | undefined): Sources {
    let next = this.next.get(word)
    if (!next) this.next.set(word, (next = new Sources()))
    return next
  }
}
