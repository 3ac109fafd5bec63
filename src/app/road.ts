// The road of an event after parsing: rules judge it, alerts are kept and folded, and whoever looks is told.
import type { Alert } from '#detection'
import type { Event } from '#telemetry'
import type { House } from './house.ts'

/** What the consumer of telemetry asks of us for each batch, in this order. */
export const roadOf = ({
  detection,
  incidents,
  live,
  metrics,
}: Pick<House, 'detection' | 'incidents' | 'live' | 'metrics'>) => {
  const raised = metrics.counter({
    name: 'alerts_total',
    help: 'Alerts raised, by level of their rule.',
    labels: ['level'],
  })
  let raisedSoFar = 0
  return {
    /** Alerts raised since the start. */
    get raised() {
      return raisedSoFar
    },
    /** Pure: the same events give the same alerts, so a batch can be judged again after a crash. */
    judge: (events: readonly Event[]) => detection.detect(events),
    /** Inside the transaction that also moves the checkpoint: an alert is kept and folded once, or not at all. */
    async keep(alerts: readonly Alert[]): Promise<Kept> {
      const fresh = await detection.keep(alerts)
      return { alerts: fresh, incidents: await incidents.fold(fresh) }
    },
    /** After the commit. */
    tell(kept: Kept): void {
      raisedSoFar += kept.alerts.length
      for (const alert of kept.alerts) raised.add(1, { level: alert.rule.level })
      if (kept.alerts.length > 0) live.tell({ kind: 'alert', ids: kept.alerts.map(({ id }) => id).slice(0, 100) })
      if (kept.incidents.length > 0) live.tell({ kind: 'incident', ids: kept.incidents.slice(0, 100) })
    },
  }
}
interface Kept {
  readonly alerts: readonly Alert[]
  readonly incidents: readonly string[]
}
