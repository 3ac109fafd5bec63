// Log files in OCSF's form without a server, a workspace or a store: what `castellan normalise` runs.
import type { Issue } from '#kernel'
import { checkOcsf, normalise, type OcsfObject, readEventFiles } from '#telemetry'
import { ownParsers } from './parsers.ts'

export interface NormaliseFiles {
  readonly paths: readonly string[]
  /** Holds each event against the schema. */
  readonly check: boolean
  /** Workspace whose own parsers are asked first. */
  readonly workspace?: string | undefined
  readonly signal: AbortSignal
  /** Bytes done, bytes in all, and the file at work. */
  readonly progress: (done: number, total: number, text: string) => void
  readonly onEvent?: ((event: OcsfObject) => void) | undefined
}
export interface NormalisedSummary {
  readonly files: number
  readonly events: number
  /** Kept as text, because no parser understood them. */
  readonly unparsed: number
  /** Events by class and activity, the commonest first. */
  readonly types: readonly { readonly type: string; readonly count: number }[]
  /** What the schema objects to, each kind with how often; empty without `check`. */
  readonly problems: readonly {
    readonly type: string
    readonly path: string
    readonly text: string
    readonly count: number
  }[]
  readonly issues: readonly Issue[]
}

const limits = { recordBytes: 1_048_576, batchEvents: 2_000 }

class Counts<Kind> {
  readonly #all = new Map<string, { kind: Kind; count: number }>()
  add(key: string, kind: Kind): void {
    const known = this.#all.get(key)
    if (known) known.count++
    else this.#all.set(key, { kind, count: 1 })
  }
  sorted(): { kind: Kind; count: number }[] {
    return [...this.#all.values()].sort((a, b) => b.count - a.count)
  }
}

/** Normalises files and folders of events. What cannot be read is an Issue; everything else goes on. */
export async function normaliseFiles(asked: NormaliseFiles): Promise<NormalisedSummary> {
  const types = new Counts<string>()
  const problems = new Counts<{ type: string; path: string; text: string }>()
  const own = await ownParsers(asked.workspace)
  const issues: Issue[] = [...own.issues]
  const files = new Set<string>()
  let [events, unparsed] = [0, 0]
  const { signal, progress } = asked
  const reading = readEventFiles(asked.paths, { ...limits, parsers: own.parsers, signal, progress })
  for await (const batch of reading) {
    if (batch.events.length > 0 || batch.issues.length === 0) files.add(batch.file)
    issues.push(...batch.issues)
    for (const event of batch.events) {
      events++
      if (event.parse_error !== undefined) unparsed++
      const form = normalise({ ...event, source: batch.file })
      const { type_name: named } = form
      const type = typeof named === 'string' ? named : ''
      types.add(type, type)
      for (const { path, text } of asked.check ? checkOcsf(form) : [])
        problems.add(`${type} ${path} ${text}`, { type, path, text })
      asked.onEvent?.(form)
    }
  }
  return {
    files: files.size,
    events,
    unparsed,
    types: types.sorted().map(({ kind, count }) => ({ type: kind, count })),
    problems: problems.sorted().map(({ kind, count }) => ({ ...kind, count })),
    issues,
  }
}
