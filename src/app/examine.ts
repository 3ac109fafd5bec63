// Rules over a batch of events: what matched, as plain data that can come from another thread.
import type { Issue } from '#kernel'
import type { Engine, MatchedField } from '#detection'
import type { EventBatch, FileGlance, ParsedEvent } from '#telemetry'

/** Records longer than this are Issues; so many events are looked at together. */
export const readingLimits = { recordBytes: 1_048_576, batchEvents: 200 } as const

/** An event that rules match. */
export interface Hit {
  /** Its place in the batch. */
  readonly at: number
  readonly event: ParsedEvent
  readonly matches: readonly { readonly rule: string; readonly matched: readonly MatchedField[] }[]
}

/** What came of a batch. */
export interface Examined {
  readonly file: string
  readonly events: number
  /** Kept as text, because no parser understood them. */
  readonly unparsed: number
  readonly hits: readonly Hit[]
  readonly issues: readonly Issue[]
}

/** Looks at each event; only those that match are read to their end. */
export function examine(engine: Engine, { file, events, issues }: EventBatch<FileGlance>): Examined {
  const hits: Hit[] = []
  let unparsed = 0
  for (const [at, glance] of events.entries()) {
    if (glance.parse_error !== undefined) unparsed++
    const matches = engine.match(glance)
    if (matches.length > 0)
      hits.push({
        at,
        event: glance.whole(),
        matches: matches.map(({ rule, matched }) => ({ rule: rule.id, matched })),
      })
  }
  return { file, events: events.length, unparsed, hits, issues }
}
