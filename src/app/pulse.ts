// The pulse: once a second, how much came in and what waits, told to whoever has the console open, and to Prometheus.
import type { House } from './house.ts'
import type { Pulse } from './live.ts'

const everyMilliseconds = 1000

/** Starts the pulse; the answer stops it. */
export function pulse(
  { clock, telemetry, incidents, live, metrics, log }: House,
  road: { readonly raised: number },
): () => void {
  const spooled = metrics.gauge({ name: 'spool_records', help: 'Records accepted that wait for the event store.' })
  const open = metrics.gauge({ name: 'incidents_open', help: 'Incidents that wait for somebody.' })
  async function beat(): Promise<void> {
    const waiting = Object.values(await incidents.openByLevel()).reduce((sum, n) => sum + n, 0)
    const { records } = telemetry.spool()
    spooled.set(records)
    open.set(waiting)
    const now: Pulse = {
      at: clock.now(),
      events: telemetry.counters['events'] ?? 0,
      perSecond: telemetry.perSecond(),
      alerts: road.raised,
      spoolRecords: records,
      incidentsOpen: waiting,
    }
    live.tell({ kind: 'pulse', pulse: now })
  }
  let beating = false
  const timer = setInterval(() => {
    if (beating) return
    beating = true
    beat()
      .catch((thrown: unknown) => log.warn({ err: thrown }, 'no pulse'))
      .finally(() => (beating = false))
  }, everyMilliseconds)
  return () => clearInterval(timer)
}
