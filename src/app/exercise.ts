// The invented organisation as a source and as files.
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { Fault } from '#kernel'
import { type ExerciseRecord, organisationOf } from '#exercise'
import type { SourceConfig } from '#platform'

const day = 86_400_000
/**
 * Records of a source of kind exercise: the days before it was first started at once, then for ever as time goes on.
 * `since` is the time of the last one taken, if any.
 */
export function exerciseRecords(
  source: Extract<SourceConfig, { kind: 'exercise' }>,
  started: number,
  since: number | undefined,
): Iterable<ExerciseRecord> {
  const from = since ?? started - source.days * day
  const { seed, scenario = 'story' } = source
  return organisationOf(source.organisation).records({ seed, scenario, from, to: Infinity, anchor: started })
}

/** Which files were written. */
export interface WrittenExercise {
  readonly files: readonly { readonly file: string; readonly records: number }[]
}

/** Writes an organisation's records between two moments, one file a source. Throws Fault INPUT_INVALID for an organisation nobody invented. */
export async function writeExercise(asked: {
  readonly organisation: string
  readonly folder: string
  readonly seed: number
  readonly from: number
  readonly to: number
}): Promise<WrittenExercise> {
  const { folder, seed, from, to } = asked
  const organisation = organisationOf(asked.organisation)
  mkdirSync(folder, { recursive: true })
  const open = new Map<string, { stream: ReturnType<typeof createWriteStream>; records: number; file: string }>()
  for (const { source, text } of organisation.records({ seed, from, to })) {
    let out = open.get(source)
    if (!out) {
      const file = join(folder, `${source}.${text.startsWith('{') ? 'ndjson' : 'log'}`)
      open.set(source, (out = { stream: createWriteStream(file), records: 0, file }))
    }
    out.records++
    if (!out.stream.write(`${text}\n`)) await once(out.stream, 'drain')
  }
  for (const { stream } of open.values()) {
    stream.end()
    await finished(stream)
  }
  if (open.size === 0) throw new Fault('INPUT_INVALID', 'this stretch of time has no records')
  return { files: [...open.values()].map(({ file, records }) => ({ file, records })) }
}
