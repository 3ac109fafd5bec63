// Telemetry of an invented organisation: its history as fast as it goes, then each record when its time has come.
import { z } from 'zod'
import { pause } from '../pause.io.ts'
import type { Input, TimedText } from './input.ts'

/** When it first ran, the time of the last record taken, and how many of that very time. */
const Position = z.strictObject({ started: z.number(), time: z.number(), same: z.number() })
type Position = z.output<typeof Position>
const atOnce = 500

export const exercise: Input<'exercise'> = async (source, context) => {
  const key = `exercise:${source.name}`
  const known = context.position(key)
  const begun = known === undefined ? undefined : Position.parse(JSON.parse(known))
  let at: Position = begun ?? { started: context.clock.now(), time: -Infinity, same: 0 }
  let waiting: TimedText[] = []
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return
    at = after(at, waiting)
    const sources = waiting.map((record) => record.source)
    await context.take(
      waiting.map(({ text }) => text),
      { sources, mark: { key, value: JSON.stringify(at) } },
    )
    waiting = []
  }
  context.running(`${source.organisation}, seed ${source.seed}`)
  for (const record of remaining(context.exerciseRecords(source, at.started, begun?.time), at)) {
    if (context.signal.aborted) return
    if (record.time > context.clock.now()) {
      await flush()
      while (record.time > context.clock.now() && !context.signal.aborted)
        await pause(Math.min(record.time - context.clock.now(), 1_000), context.signal)
    }
    waiting.push(record)
    if (waiting.length >= atOnce) await flush()
  }
  await flush()
  context.running(`${source.organisation}, seed ${source.seed}: told to its end`)
  while (!context.signal.aborted) await pause(60_000, context.signal)
}

/** Records after a position; those of the very same time are counted. */
function* remaining(records: Iterable<TimedText>, { time, same }: Position): Generator<TimedText> {
  let left = same
  for (const record of records) {
    if (record.time < time) continue
    if (record.time === time && left > 0) left -= 1
    else yield record
  }
}

function after(before: Position, group: readonly TimedText[]): Position {
  const time = group.at(-1)?.time ?? before.time
  const count = group.filter((record) => record.time === time).length
  return { started: before.started, time, same: before.time === time ? before.same + count : count }
}
