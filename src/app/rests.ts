// When no event waits, time goes on by the clock: correlations that wait for more events are decided all the same.
import type { House } from './house.ts'
import type { roadOf } from './road.ts'

const everyMilliseconds = 2000
type Road = ReturnType<typeof roadOf>

/** Looks every two seconds whether there is something to decide; the answer stops it. */
export function rests(
  { clock, telemetry, detection, state, log }: Pick<House, 'clock' | 'telemetry' | 'detection' | 'state' | 'log'>,
  road: Pick<Road, 'rest' | 'tell'>,
): () => Promise<void> {
  let resting = Promise.resolve()
  let busy = false
  async function rest(): Promise<void> {
    if (telemetry.spool().records > 0 || !detection.correlation.waits()) return
    road.tell(await state.transaction(() => road.rest(clock.now())))
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    resting = rest()
      .catch((thrown: unknown) => log.warn({ err: thrown }, 'correlations could not be decided by the clock'))
      .finally(() => (busy = false))
  }, everyMilliseconds)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await resting
  }
}
