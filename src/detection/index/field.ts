// One field of one group of rules: from a value to the atoms that hold and the rules worth trying.
import type { Scalar } from '#telemetry'
import { TextBytes } from './bytes.ts'
import { Grams } from './grams.ts'
import type { Atom, LiteralTest } from './questions.ts'

/** What a value settles. */
export interface Found {
  readonly atoms: Int32Array
  readonly rules: Int32Array
}
const nothing: Found = { atoms: new Int32Array(0), rules: new Int32Array(0) }

/** Values remembered for each generation; longer ones are looked up anew. */
const remembered = 1024
const longestRemembered = 1024
const bytes = new TextBytes()

export class FieldIndex {
  private readonly grams: Grams
  /** For each literal: its atom, and the test to try when the literal alone does not decide. */
  private readonly atomOf: number[] = []
  private readonly testOf: (LiteralTest | undefined)[] = []
  private readonly rulesOf: ReadonlyMap<number, readonly number[]>
  private readonly out: Int32Array
  private young = new Map<Scalar, Found>()
  private old = new Map<Scalar, Found>()

  /** `rulesOf`: for each atom, the rules for which it is worth trying them. */
  constructor(atoms: ReadonlyMap<number, Atom>, rulesOf: ReadonlyMap<number, readonly number[]>) {
    this.rulesOf = rulesOf
    const all = [...atoms].flatMap(([atom, { tests }]) =>
      tests.flatMap((test) => test.literals.map((literal) => ({ atom, test, literal }))),
    )
    for (const { atom, test, literal } of all) {
      this.atomOf.push(atom)
      this.testOf.push(literal.sure ? undefined : test)
    }
    this.grams = new Grams(all.map(({ literal }) => literal))
    this.out = new Int32Array(all.length)
  }

  /** What a value settles; never for null. */
  look(value: Exclude<Scalar, null>): Found {
    if (typeof value === 'string' && value.length > longestRemembered) return this.scan(value)
    const known = this.young.get(value)
    if (known) return known
    const found = this.old.get(value) ?? this.scan(String(value))
    this.remember(value, found)
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
    bytes.set(text)
    const count = this.grams.scan(bytes, this.out)
    if (count === 0) return nothing
    const atoms = new Set<number>()
    for (let at = 0; at < count; at++) {
      const literal = this.out[at]!
      const atom = this.atomOf[literal]!
      const test = this.testOf[literal]
      if (!atoms.has(atom) && (test === undefined || test.holds(text))) atoms.add(atom)
    }
    if (atoms.size === 0) return nothing
    const rules = new Set([...atoms].flatMap((atom) => this.rulesOf.get(atom) ?? []))
    return { atoms: Int32Array.from(atoms), rules: Int32Array.from(rules) }
  }
}
