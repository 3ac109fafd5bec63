// All rules' trees as one table of questions: ask, then go on where yes or no leads. No recursion, nothing allocated.
import type { Ask } from './questions.ts'

/** Where a rule's questions end. */
export const accept = -1
export const reject = -2

/** A step asks an atom (its number), or a late question (`~number`). */
export class Program {
  private readonly steps: number[] = []
  private table = new Int32Array(0)

  /** Adds a tree and answers the step it begins with. */
  add(ask: Ask): number {
    return this.put(ask, accept, reject)
  }
  /** Takes what was added into use. */
  build(): void {
    if (this.steps.length > this.table.length) this.table = Int32Array.from(this.steps)
  }

  private put(ask: Ask, yes: number, no: number): number {
    switch (ask.op) {
      case 'not':
        return this.put(ask.of, no, yes)
      case 'atom':
        return this.steps.push(ask.atom, yes, no) - 3
      case 'late':
        return this.steps.push(~ask.late, yes, no) - 3
      case 'and':
        return ask.of.reduceRight((next, part) => this.put(part, next, no), yes)
      case 'or':
        return ask.of.reduceRight((next, part) => this.put(part, yes, next), no)
    }
  }

  /** Whether the rule beginning at `from` holds. `marks[atom] === mark` means yes. */
  run(from: number, marks: Int32Array, mark: number, late: (question: number) => boolean): boolean {
    const { table } = this
    let step = from
    while (step >= 0) {
      const question = table[step]!
      const yes = question >= 0 ? marks[question] === mark : late(~question)
      step = table[yes ? step + 1 : step + 2]!
    }
    return step === accept
  }
}
