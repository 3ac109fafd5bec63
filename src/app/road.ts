// The road of an event after parsing: rules judge it, alerts are kept and folded, flows are held against the model, and whoever looks is told.
import type { Alert } from '#detection'
import { indicatorFinding } from '#enrichment'
import type { Event } from '#telemetry'
import type { House } from './house.ts'

/** What judging some events gives: their alerts, and the events themselves, for what they show of the estate. */
interface Found {
  readonly alerts: readonly Alert[]
  readonly events: readonly Event[]
}
interface Kept {
  readonly alerts: readonly Alert[]
  readonly incidents: readonly string[]
}
type Stations = Pick<House, 'detection' | 'incidents' | 'reality' | 'live' | 'metrics'>

/** What the consumer of telemetry asks of us for each batch, in this order. */
export const roadOf = ({ detection, incidents, reality, live, metrics }: Stations) => {
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
    judge: (events: readonly Event[]): Found[] => [
      { alerts: [...detection.detect(events), ...indicatorAlerts(events, detection)], events },
    ],
    /** Inside the transaction that also moves the checkpoint: an alert is kept and folded once, a flow is counted once, or not at all. */
    async keep(found: readonly Found[]): Promise<Kept> {
      const events = found.flatMap((one) => one.events)
      const unusual = await detection.anomalies.keep(events)
      const alerts = await detection.keep([...found.flatMap((one) => one.alerts), ...unusual])
      await reality.keep(reality.observe(events))
      return { alerts, incidents: await incidents.fold(alerts) }
    },
    /** After the commit. */
    tell(kept: Kept): void {
      detection.anomalies.committed()
      raisedSoFar += kept.alerts.length
      for (const alert of kept.alerts) raised.add(1, { level: alert.rule.level })
      if (kept.alerts.length > 0) live.tell({ kind: 'alert', ids: kept.alerts.map(({ id }) => id).slice(0, 100) })
      if (kept.incidents.length > 0) live.tell({ kind: 'incident', ids: kept.incidents.slice(0, 100) })
    },
  }
}

const indicatorRule = { id: '7c1d3b52-5a0e-4c7e-9d1f-2f6f0f6c5a11', techniques: [], tactics: ['command-and-control'] }

/** Alerts of threat intelligence: one for an indicator at a machine in an hour, however often it is met. */
function indicatorAlerts(events: readonly Event[], { raise }: Stations['detection']): Alert[] {
  return events.flatMap((event) => {
    const found = indicatorFinding(event)
    if (!found) return []
    const { key, level, title, field, value } = found
    const matched = [{ selection: 'indicator', field, modifiers: [], pattern: value, value }]
    return [raise({ rule: { ...indicatorRule, level, title }, key, matched }, event)]
  })
}
