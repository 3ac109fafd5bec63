// What every input is given, and what it must be: a task that runs until it is told to stop.
import type { Clock } from '#kernel'
import type { Log, SourceConfig, SourceKind } from '#platform'
import type { Envelope } from '../envelope.ts'
import type { Mark } from '../spool-record.ts'

export type SourceOf<Kind extends SourceKind> = Extract<SourceConfig, { kind: Kind }>

/** A record of an exercise. */
export interface TimedText {
  readonly time: number
  readonly source: string
  readonly text: string
}

/** What may go with texts: how far the input is then, and of each text its source and its envelope, by index. */
export interface More {
  readonly mark?: Mark
  readonly sources?: readonly string[]
  readonly envelopes?: readonly (Envelope | undefined)[]
}

/** Where an input's records go, and how it says how it is doing. */
export interface InputContext {
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  readonly recordBytes: number
  /**
   * Resolves when these are on the disk, the mark with the last of them. Waits while the spool is full or the quota used up, so the sender waits too.
   * Records longer than `recordBytes` are refused and counted. Rejects with Fault CANCELLED when the input is stopped meanwhile.
   */
  take(texts: readonly string[], more?: More): Promise<void>
  /** Takes them when there is room now; else they are counted as refused. For senders that cannot wait. */
  offer(texts: readonly string[], envelopes?: readonly (Envelope | undefined)[]): Promise<void>
  /** The value of the latest mark of this key that is on the disk. */
  position(key: string): string | undefined
  /** Keys of all marks that begin so. */
  positions(prefix: string): string[]
  reject(count: number): void
  readonly running: (detail: string) => void
  readonly waiting: (detail: string) => void
  /** Facts of this machine, or what has changed since the last look. */
  readonly hostTexts: () => AsyncIterable<string>
  /** Records in order of time, without end: `started` is when the input first ran, `since` the time of the last record taken. */
  readonly exerciseRecords: (
    source: SourceOf<'exercise'>,
    started: number,
    since: number | undefined,
  ) => Iterable<TimedText>
}

/** Runs until the signal is raised. Throwing means: try again after a while. */
export type Input<Kind extends SourceKind> = (source: SourceOf<Kind>, context: InputContext) => Promise<void>
