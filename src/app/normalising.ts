// Log files in OCSF's form without a server, a workspace or a store: what `castellan normalise` runs.
import type { Issue } from '#kernel'
import { checkOcsf, normalise, type OcsfObject } from '#telemetry'
import { type FileCounts, fileEvents, type ReadFiles } from './file-events.ts'

export interface NormaliseFiles extends ReadFiles {
  /** Holds each event against the schema. */
  readonly check: boolean
  readonly onEvent?: ((event: OcsfObject) => void) | undefined
}
export interface NormalisedSummary extends FileCounts {
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
  const read = await fileEvents(asked)
  for await (const { file, events } of read.batches)
    for (const event of events) {
      const form = normalise({ ...event, source: file })
      const { type_name: named } = form
      const type = typeof named === 'string' ? named : ''
      types.add(type, type)
      for (const { path, text } of asked.check ? checkOcsf(form) : [])
        problems.add(`${type} ${path} ${text}`, { type, path, text })
      asked.onEvent?.(form)
    }
  return {
    ...read.counts,
    types: types.sorted().map(({ kind, count }) => ({ type: kind, count })),
    problems: problems.sorted().map(({ kind, count }) => ({ ...kind, count })),
    issues: read.issues,
  }
}
