// One field of one group of rules: from a value to the atoms that hold and the rules worth trying.
import type { Scalar } from '#telemetry'
import type { Literal } from '../sigma/values.ts'
import { TextBytes } from './bytes.ts'
import { Grams } from './grams.ts'
import type { Atom, LiteralTest } from './questions.ts'
import { SkipSearch, valueWordOf } from './skip.ts'

/** What a value settles. */
export interface Found {
  readonly atoms: Int32Array
  readonly rules: Int32Array
}
const nothing: Found = { atoms: new Int32Array(0), rules: new Int32Array(0) }

/** Values remembered for each generation; longer ones are looked up anew. */
const remembered = 1024
const longestRemembered = 1024
/** Longer values are first looked at in leaps, where the literals are long and few enough for that. */
const worthLeaping = 200
const shortestLeap = 6
const mostLeapt = 200
/** Lengths from here on are one. */
const longestTold = 255
const bytes = new TextBytes()

/** An atom that a literal speaks for, and the test to try when the literal alone does not decide. */
interface Speaks {
  readonly atom: number
  readonly test: LiteralTest | undefined
}

export class FieldIndex {
  private readonly grams: Grams
  /** For each literal: the atoms, by their place in `atoms`. */
  private readonly speaks: readonly (readonly Speaks[])[]
  private readonly atoms: readonly number[]
  /** For each atom: the rules to try when it holds. */
  private readonly rules: readonly (readonly number[])[]
  private readonly held: Int32Array
  private readonly out: Int32Array
  /** For each length of a text, up to `longestTold`: 1 when some literal can stand in it. */
  private readonly fits = new Uint8Array(longestTold + 1)
  /** Says of most long values that they hold no literal. */
  private readonly leaps: SkipSearch | undefined
  private scans = 0
  /** The value looked up last, and what it settled: neighbours in a log often say the same. */
  private last: Scalar = null
  private lastFound = nothing
  private young = new Map<Scalar, Found>()
  private old = new Map<Scalar, Found>()

  /** `rulesOf`: for each atom, the rules for which it is worth trying them. */
  constructor(atoms: ReadonlyMap<number, Atom>, rulesOf: ReadonlyMap<number, readonly number[]>) {
    this.atoms = [...atoms.keys()]
    this.rules = this.atoms.map((atom) => rulesOf.get(atom) ?? [])
    const literals = new Map<string, { literal: Literal; speaks: Speaks[] }>()
    ;[...atoms.values()].forEach(({ tests }, atom) => {
      for (const test of tests)
        for (const literal of test.literals) {
          const key = `${literal.start ? '^' : '.'}${literal.end ? '$' : '.'}${literal.text}`
          const known = literals.get(key) ?? { literal, speaks: [] }
          known.speaks.push({ atom, test: literal.sure ? undefined : test })
          literals.set(key, known)
        }
    })
    for (const { literal } of literals.values()) {
      const { length } = literal.text
      if (!literal.start || !literal.end) this.fits.fill(1, Math.min(length, longestTold))
      else this.fits[Math.min(length, longestTold)] = 1
    }
    this.speaks = [...literals.values()].map(({ speaks }) => speaks)
    this.grams = new Grams([...literals.values()].map(({ literal }) => literal))
    this.leaps = leapsOver([...literals.values()].map(({ literal }) => literal))
    this.out = new Int32Array(literals.size)
    this.held = new Int32Array(atoms.size)
  }

  /** What a value settles; never for null. */
  look(value: Exclude<Scalar, null>): Found {
    if (value === this.last) return this.lastFound
    if (typeof value === 'string') {
      if (this.fits[Math.min(value.length, longestTold)] === 0) return nothing
      if (value.length > longestRemembered) return this.leapt(value)
    }
    this.last = value
    return (this.lastFound = this.young.get(value) ?? this.older(value))
  }

  /** What a value settles that the young generation does not know. */
  private older(value: Exclude<Scalar, null>): Found {
    const found = this.old.get(value) ?? (typeof value === 'string' ? this.leapt(value) : this.scan(String(value)))
    this.remember(value, found)
    return found
  }

  private leapt(value: string): Found {
    return this.leaps && value.length >= worthLeaping && !this.leaps.has(value) ? nothing : this.scan(value)
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
    const scan = this.nextScan()
    const atoms: number[] = []
    const rules: number[] = []
    for (let at = 0; at < count; at++) {
      for (const { atom, test } of this.speaks[this.out[at]!]!) {
        if (this.held[atom] === scan || !(test === undefined || test.holds(text))) continue
        this.held[atom] = scan
        atoms.push(this.atoms[atom]!)
        for (const rule of this.rules[atom]!) rules.push(rule)
      }
    }
    return atoms.length === 0 ? nothing : { atoms: Int32Array.from(atoms), rules: Int32Array.from(rules) }
  }

  private nextScan(): number {
    if (this.scans === 0x7fff_ffff) {
      this.held.fill(0)
      this.scans = 0
    }
    return ++this.scans
  }
}

/** A search in leaps for these literals; none when some literal is too short, or they are too many to leap far. */
function leapsOver(literals: readonly Literal[]): SkipSearch | undefined {
  if (literals.length > mostLeapt) return undefined
  const words = literals.flatMap(({ text }) => valueWordOf(text) ?? [])
  const all = words.length === literals.length && words.every((word) => word.length >= shortestLeap)
  return all && words.length > 0 ? new SkipSearch([...new Set(words)]) : undefined
}
