// Anomalies at work: memory folded with each batch, kept with its checkpoint, read back after a restart or a batch that came to nothing.
import { type Clock, Fault } from '#kernel'
import type { State } from '#platform'
import { type Event, inSlices } from '#telemetry'
import { alertOf } from '../alerts.ts'
import { alertId } from '../store.ts'
import type { Alert } from '../types.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Anomaly, foldFacts } from './fold.ts'
import { type ProfileView, profileOf } from './profile.ts'
import { anomalyStore, type Kept } from './store.ts'
import { type AnomalySettings, openDetectors } from './table.ts'
import type { DetectorView } from './types.ts'
import { viewOf } from './worker.ts'

export interface AnomalyDeps {
  readonly state: State
  readonly clock: Clock
  readonly settings?: AnomalySettings | undefined
}
export type Anomalies = Awaited<ReturnType<typeof openAnomalies>>

/** The alert of a finding. The same detector and key always give the same id. */
export function anomalyAlert({ worker, found, event }: Anomaly, raised: number): Alert {
  const { id, title, level, techniques, tactics, name } = worker.detector
  const matched = found.numbers.map((one) => ({
    selection: name,
    field: one.name,
    modifiers: [],
    pattern: one.usual,
    value: one.value,
  }))
  const rule = { id, title, level, techniques, tactics }
  return {
    ...alertOf({ rule, matched, about: found.about }, event, { id: alertId(id, found.key), raised }),
    message: found.text,
  }
}

const foldedAtOnce = 64
/** A batch in parts, so that no batch holds the event loop for long. */
const parts = (facts: readonly Facts[]): (readonly Facts[])[] =>
  Array.from({ length: Math.ceil(facts.length / foldedAtOnce) }, (_, at) =>
    facts.slice(at * foldedAtOnce, (at + 1) * foldedAtOnce),
  )

/** Opens the detectors with their memory. Throws Fault CONFIG_INVALID for settings of what does not exist. */
export async function openAnomalies({ state, clock, settings }: AnomalyDeps) {
  const workers = openDetectors(settings)
  const store = anomalyStore(state)
  let folded = await store.load(workers)
  /** A batch is folded and its transaction not known to be through: should the next come first, the memory is read again. */
  let isOpen = false

  const historyOf = ({ worker, found }: Anomaly): Kept => ({
    detector: worker.detector.name,
    numbers: [...found.numbers],
    history: found.history,
    parameters: { ...worker.view().settings },
  })
  return {
    /** What the detectors ask of events. Pure; the events may be let go. */
    observe: (events: readonly Event[]): Facts[] => events.map(factsOf),
    /** Folds a batch and writes what changed. Call inside State.transaction(), and `committed` after it. */
    async keep(facts: readonly Facts[]): Promise<Alert[]> {
      if (isOpen) folded = await store.load(workers)
      isOpen = true
      const after = folded
      const anomalies = (await inSlices(parts(facts), (part) => foldFacts(workers, part, after))).flat()
      for (const { event } of facts) folded = Math.max(folded, event.seq)
      const alerts = anomalies.map((one) => ({ one, alert: anomalyAlert(one, clock.now()) }))
      await store.save(workers, folded)
      await store.keepHistories(
        alerts.map(({ one, alert }) => ({ alert: alert.id, time: alert.time, body: historyOf(one) })),
      )
      return alerts.map(({ alert }) => alert)
    },
    committed(): void {
      isOpen = false
    },
    list: (): DetectorView[] => workers.map(viewOf),
    /** Numbers, history and parameters of an alert. Throws Fault NOT_FOUND where it is none of a detector. */
    async show(alert: string) {
      const kept = await store.history(alert)
      const worker = workers.find(({ detector }) => detector.name === kept.detector)
      return { alert, title: worker?.detector.title ?? '', does: worker?.detector.does ?? '', ...kept }
    },
    /** Accounts or machines with a profile whose name holds a text, those seen last first. */
    profiles(
      kind: 'user' | 'host',
      q: string,
      limit: number,
    ): { name: string; first: number; last: number; events: number; peers: string }[] {
      const worker = workers.find(({ detector }) => detector.name === 'profiles')
      const keys = (worker?.keys() ?? []).filter(
        (key) => key.startsWith(`${kind}:`) && key.includes(q.toLowerCase(), kind.length + 1),
      )
      return keys
        .reverse()
        .slice(0, limit)
        .map((key) => profileOf(kind, key.slice(kind.length + 1), worker?.body(key)))
        .map(({ name, first, last, events, peers }) => ({ name, first, last, events, peers }))
    },
    /** What is usual for an account or a machine. Throws Fault NOT_FOUND for one never seen. */
    profile(kind: 'user' | 'host', name: string): ProfileView {
      const body = workers.find(({ detector }) => detector.name === 'profiles')?.body(`${kind}:${name.toLowerCase()}`)
      if (body === undefined) throw new Fault('NOT_FOUND', `profile of ${kind} ${name}`)
      return profileOf(kind, name.toLowerCase(), body)
    },
  }
}
