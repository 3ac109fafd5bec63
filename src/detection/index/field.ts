// One field of one group of rules: from a value to the atoms that hold and the rules worth trying.
import type { Scalar } from '#telemetry'
import type { Literal } from '../sigma/values.ts'
import { Automaton } from './automaton.ts'
import type { Atom, LiteralTest } from './questions.ts'

/** What a value settles. */
export interface Found {
  readonly atoms: Int32Array
  readonly rules: Int32Array
}
const nothing: Found = { atoms: new Int32Array(0), rules: new Int32Array(0) }

/** Literals of all tests together beyond which only their ends go into the table, so that it stays small. */
const mostCharacters = 400_000
const shortEnd = 8
/** Values remembered for each generation; longer ones are looked up anew. */
const remembered = 1024
const longestRemembered = 1024

export class FieldIndex {
  readonly name: string
  /** Names that every object inherits must be asked for with care. */
  readonly inherited: boolean
  private readonly automaton = new Automaton()
  /** For each output: its atom, and the test to try when the literal alone does not decide. */
  private readonly atomOf: number[] = []
  private readonly testOf: (LiteralTest | undefined)[] = []
  private readonly rulesOf: ReadonlyMap<number, readonly number[]>
  private readonly out: Int32Array
  private young = new Map<Scalar, Found>()
  private old = new Map<Scalar, Found>()

  /** `rulesOf`: for each atom, the rules for which it is worth trying them. */
  constructor(name: string, atoms: ReadonlyMap<number, Atom>, rulesOf: ReadonlyMap<number, readonly number[]>) {
    this.name = name
    this.inherited = name in Object.prototype
    this.rulesOf = rulesOf
    const tests = [...atoms].flatMap(([atom, { tests }]) => tests.map((test) => ({ atom, test })))
    const size = tests.reduce((sum, { test }) => sum + test.literals.reduce((all, { text }) => all + text.length, 0), 0)
    for (const { atom, test } of tests) {
      for (const literal of test.literals) this.add(atom, test, size > mostCharacters ? endOf(literal) : literal)
    }
    this.automaton.build()
    this.out = new Int32Array(this.atomOf.length)
  }

  private add(atom: number, test: LiteralTest, literal: Literal): void {
    const whole = test.literals.includes(literal)
    this.automaton.add(literal, this.atomOf.push(atom) - 1)
    this.testOf.push(test.exact && whole ? undefined : test)
  }

  /** What a value settles; never for null. */
  look(value: Exclude<Scalar, null>): Found {
    const known = this.young.get(value)
    if (known) return known
    const older = this.old.get(value)
    const found = older ?? this.scan(typeof value === 'string' ? value : String(value))
    if (typeof value !== 'string' || value.length <= longestRemembered) this.remember(value, found)
    return found
  }

  private remember(value: Scalar, found: Found): void {
    if (this.young.size >= remembered) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(value, found)
  }

  private scan(text: string): Found {
    const count = this.automaton.scan(text, this.out)
    if (count === 0) return nothing
    const atoms = new Set<number>()
    for (let at = 0; at < count; at++) {
      const output = this.out[at]!
      const atom = this.atomOf[output]!
      const test = this.testOf[output]
      if (!atoms.has(atom) && (test === undefined || test.holds(text))) atoms.add(atom)
    }
    if (atoms.size === 0) return nothing
    const rules = new Set([...atoms].flatMap((atom) => this.rulesOf.get(atom) ?? []))
    return { atoms: Int32Array.from(atoms), rules: Int32Array.from(rules) }
  }

  get bytes(): number {
    return this.automaton.bytes
  }
}

const endOf = (literal: Literal): Literal =>
  literal.text.length <= shortEnd ? literal : { text: literal.text.slice(-shortEnd), start: false, end: literal.end }
