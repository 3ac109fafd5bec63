// From hours to an ordered stream: every hour is made by itself, so any slice of time gives the same records.
import { Fault } from '#kernel'
import { hour } from './calendar.ts'
import type { Cell, ExerciseRecord, Stream } from './types.ts'

/** How far work that began within an hour may run beyond the hour's end. */
export const spill = 2 * hour

export interface Window {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly scale: number
}

/** All records with from ≤ time < to, in order of time; equal times keep the order in which their hours and streams made them. */
export function* ordered(
  streams: readonly Stream[],
  scene: readonly ExerciseRecord[],
  window: Window,
): Generator<ExerciseRecord, void> {
  const { seed, from, to, scale } = window
  if (!(scale > 0)) throw new Fault('INPUT_INVALID', `scale ${scale}: a number above 0 is needed`)
  if (Number.isNaN(from) || Number.isNaN(to) || !Number.isFinite(from))
    throw new Fault('INPUT_INVALID', `time window ${from} to ${to}: milliseconds since 1970 are needed`)
  let carried: ExerciseRecord[] = []
  for (let start = Math.floor(from / hour) * hour - spill; start < to; start += hour) {
    const end = start + hour
    const made = [...carried, ...scene.filter((record) => record.time >= start && record.time < end)]
    const cell: Cell = { start, end, seed, scale, emit: (time, source, text) => void made.push({ time, source, text }) }
    for (const stream of streams) stream(cell)
    carried = []
    const due: ExerciseRecord[] = []
    for (const record of made) (record.time < end ? due : carried).push(record)
    if (end <= from) continue
    due.sort((a, b) => a.time - b.time)
    for (const record of due) if (record.time >= from && record.time < to) yield record
  }
}
