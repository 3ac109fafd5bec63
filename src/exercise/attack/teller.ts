// Tells the steps of a story one after the other: each at its minute, its records kept apart as ground truth.
import { minute, second } from '../calendar.ts'
import { diceOf, type Dice } from '../dice.ts'
import type { Machine } from '../machines.ts'
import type { AttackStep, Emit, ExerciseRecord } from '../types.ts'

export interface Facts {
  readonly step: string
  readonly title: string
  readonly technique: string
  readonly host: Machine
  /** Minutes after the beginning. */
  readonly after: number
  readonly faint?: boolean
}

/** What an act needs: where records go, when it begins, dice of its own. */
export interface Moment {
  readonly emit: Emit
  readonly time: number
  readonly dice: Dice
}

export interface Teller {
  readonly seed: number
  /** When the story begins, milliseconds UTC. */
  readonly begin: number
  readonly steps: AttackStep[]
  tell<T>(facts: Facts, act: (moment: Moment) => T): T
}

/** A teller whose story begins at a moment; people are never on the minute. */
export function tellerOf(seed: number, begin: number): Teller {
  const steps: AttackStep[] = []
  return {
    seed,
    begin,
    steps,
    tell(facts, act) {
      const dice = diceOf(seed, 'attack', facts.step)
      const records: ExerciseRecord[] = []
      const time = begin + facts.after * minute + dice.between(0, 35) * second + dice.between(0, 999)
      const result = act({ emit: (at, source, text) => void records.push({ time: at, source, text }), time, dice })
      records.sort((a, b) => a.time - b.time)
      steps.push({
        time: records[0]?.time ?? time,
        step: facts.step,
        title: facts.title,
        technique: facts.technique,
        host: facts.host.name,
        source: records[0]?.source ?? '',
        faint: facts.faint ?? false,
        records,
      })
      return result
    },
  }
}
