// The road of an event after parsing: rules judge it, alerts are kept and folded, flows are held against the model, and whoever looks is told.
import { type Alert, type Facts, type Fed, indicatorRule, type SeenChange } from '#detection'
import { indicatorFinding } from '#enrichment'
import { type Observed, together } from '#reality'
import type { Event } from '#telemetry'
import type { House } from './house.ts'

/** What judging some events gives: their alerts, and what they show of the estate. The events themselves are let go. */
interface Found {
  readonly alerts: readonly Alert[]
  /** What correlations are fed with. */
  readonly fed: Fed
  readonly observed: Observed
  /** What detectors of anomalies ask of each. */
  readonly facts: readonly Facts[]
  /** What they add to the log sources and fields seen. */
  readonly seen: SeenChange
}
interface Kept {
  readonly alerts: readonly Alert[]
  readonly incidents: readonly string[]
  /** Of correlations: told when it stands. */
  readonly turn: number
  /** What is new of log sources and their fields; absent where no batch was kept. */
  readonly seen?: SeenChange
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
    judge(events: readonly Event[]): Found[] {
      const { alerts, fed } = detection.judge(events)
      const all = [...alerts, ...indicatorAlerts(events, detection)]
      const [facts, seen] = [detection.anomalies.observe(events), detection.seen.observe(events)]
      return [{ alerts: all, fed, observed: reality.observe(events), facts, seen }]
    },
    /** Inside the transaction that also moves the checkpoint: an alert is kept and folded once, a flow is counted once, or not at all. */
    async keep(found: readonly Found[]): Promise<Kept> {
      const correlated = await detection.correlation.keep(found.map(({ fed }) => fed))
      const unusual = await detection.anomalies.keep(found.flatMap(({ facts }) => facts))
      const all = [...found.flatMap((one) => one.alerts), ...correlated.alerts, ...unusual]
      const alerts = await detection.keep(all)
      await reality.keep(together(found.map(({ observed }) => observed)))
      const seen = await detection.seen.keep(found.map((one) => one.seen))
      return { alerts, incidents: await incidents.fold(alerts), turn: correlated.turn, seen }
    },
    /** Inside a transaction, when no event waits: time goes on by the clock, and correlations that waited for more are decided. */
    async rest(now: number): Promise<Kept> {
      const { alerts, turn } = await detection.correlation.keep([], now)
      const kept = await detection.keep(alerts)
      return { alerts: kept, incidents: await incidents.fold(kept), turn }
    },
    /** After the commit. */
    tell(kept: Kept): void {
      detection.correlation.committed(kept.turn)
      if (kept.seen) {
        detection.seen.learn(kept.seen)
        detection.anomalies.committed()
      }
      raisedSoFar += kept.alerts.length
      for (const alert of kept.alerts) raised.add(1, { level: alert.rule.level })
      if (kept.alerts.length > 0) live.tell({ kind: 'alert', ids: kept.alerts.map(({ id }) => id).slice(0, 100) })
      if (kept.incidents.length > 0) live.tell({ kind: 'incident', ids: kept.incidents.slice(0, 100) })
    },
  }
}

/** Alerts of threat intelligence: one for an indicator at a machine in an hour, however often it is met. */
function indicatorAlerts(events: readonly Event[], { raise }: Stations['detection']): Alert[] {
  return events.flatMap((event) => {
    const found = indicatorFinding(event)
    if (!found) return []
    const { key, level, title, field, value } = found
    const matched = [{ selection: 'indicator', field, modifiers: [], pattern: value, value }]
    const about = `${value}|${event.asset ?? event.host ?? ''}`
    return [raise({ rule: { ...indicatorRule, level, title }, key, matched, about }, event)]
  })
}
