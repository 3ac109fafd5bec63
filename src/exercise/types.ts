// The nouns of an exercise: a record as a source would send it, a step of the attack as ground truth, an organisation.

/** One record as it would arrive at an input. Nothing in it says whether it belongs to the attack. */
export interface ExerciseRecord {
  /** Milliseconds UTC. Formats with whole seconds carry it rounded down. */
  readonly time: number
  /** Which kind of input it comes through, for example `fernhill-windows`. */
  readonly source: string
  readonly text: string
}

/** What to generate. The same seed and anchor give the same records, however [from, to) is cut into slices. */
export interface ExerciseOptions {
  readonly seed: number
  /** First moment, milliseconds UTC, included. */
  readonly from: number
  /** Last moment, not included. `Infinity` gives an endless stream: nothing is computed before it is asked for. */
  readonly to: number
  /** How busy the organisation is; 1 is a working day of 60 to 80 thousand records. */
  readonly scale?: number
  /**
   * The moment up to which the story is told: the attack begins five hours before it. Standard is `to`.
   * Give it when one story is read in slices or without end; null leaves the attack out.
   */
  readonly anchor?: number | null
  /**
   * `intrusions` adds attacks beside the story, for detectors of what is unusual: on the two whole days (UTC) before that of the story.
   * Standard is `story` alone.
   */
  readonly scenario?: Scenario
}
export type Scenario = 'story' | 'intrusions'

/** One step of the attack: ground truth for tests, never part of a record. */
export interface AttackStep {
  /** Time of its first record. */
  readonly time: number
  /** Kebab-case name, unique in the story. */
  readonly step: string
  readonly title: string
  /** ATT&CK technique id. */
  readonly technique: string
  /** Machine on which it shows. */
  readonly host: string
  /** Source of its first record. */
  readonly source: string
  /** Nothing sets these records apart from ordinary work: no rule is expected to fire on them. */
  readonly faint: boolean
  readonly records: readonly ExerciseRecord[]
}

/** Hands over one record: time, source, text. */
export type Emit = (time: number, source: string, text: string) => void

/** One hour of the organisation's life: the unit in which telemetry is made, so that slices agree. */
export interface Cell {
  /** Start of the hour, milliseconds UTC. */
  readonly start: number
  readonly end: number
  readonly seed: number
  readonly scale: number
  readonly emit: Emit
}

/** Emits everything that begins within the hour; what begins late may run over, by less than `spill`. */
export type Stream = (cell: Cell) => void

/** An invented organisation whose telemetry can be had. */
export interface Organisation {
  readonly name: string
  readonly title: string
  readonly sources: readonly string[]
  records(options: ExerciseOptions): Iterable<ExerciseRecord>
  attackSteps(options: { readonly seed: number; readonly to: number; readonly scenario?: Scenario }): AttackStep[]
}
