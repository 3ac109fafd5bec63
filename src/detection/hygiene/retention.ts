// Old alerts are forgotten, with what repeats them and what was kept beside them; what people confirmed or treated as an incident stays.
import type { Clock } from '#kernel'
import type { Log, Metrics, State } from '#platform'
import { chunks } from '../store.ts'
import { retentionStore } from './retention-store.ts'

/** What incidents say of alerts, handed in by the wiring. */
export interface IncidentsHeld {
  /** Of these incidents those whose alerts stay: all that people have seen. */
  held(incidents: readonly string[]): Promise<ReadonlySet<string>>
  /** Alerts that are gone; what consisted of them alone goes too. */
  forget(alerts: readonly string[]): Promise<void>
}
export interface RetentionDeps {
  readonly state: State
  readonly clock: Clock
  /** Milliseconds that alerts are kept after their last event and after they were raised; 0 for ever. */
  readonly keep: number
  readonly incidents: IncidentsHeld
  readonly log?: Log | undefined
  readonly metrics?: Metrics | undefined
}

/** Heads looked at in one transaction, and transactions in one run: the rest waits for the next. */
const [atOnce, mostSlices] = [200, 250]

export type Retention = ReturnType<typeof openRetention>

/** Opens the forgetting of old alerts. */
export function openRetention({ state, clock, keep, incidents, log, metrics }: RetentionDeps) {
  const store = retentionStore(state)
  const counted = metrics?.counter({
    name: 'alerts_forgotten_total',
    help: 'Alerts forgotten because they were older than alerts.keepDays, repeats counted.',
    labels: [],
  })

  /** One slice: heads that nobody holds, with their repeats. */
  async function slice(cutoff: number, after: string): Promise<{ gone: number; last: string | undefined }> {
    const heads = await store.oldHeads({ cutoff, after, limit: atOnce })
    const parts = [...heads, ...(await store.repeatsOf(heads.map(({ id }) => id)))]
    const held = await incidents.held([...new Set(parts.flatMap(({ incident }) => incident || []))])
    const stays = new Set(
      parts
        .filter(({ incident, verdict, raised }) => held.has(incident) || verdict === 'confirmed' || raised >= cutoff)
        .map(({ id, head }) => head || id),
    )
    const gone = parts.filter(({ id, head }) => !stays.has(head || id)).map(({ id }) => id)
    for (const part of chunks(gone)) await store.forget(part)
    if (gone.length > 0) await incidents.forget(gone)
    return { gone: gone.length, last: heads.at(-1)?.cursor }
  }

  return {
    /** Forgets what is old, slice by slice, each in a transaction of its own. Answers how many alerts went. */
    async run(): Promise<number> {
      if (keep <= 0) return 0
      const cutoff = clock.now() - keep
      let [total, after] = [0, '']
      for (let n = 0; n < mostSlices; n++) {
        const from = after
        const { gone, last } = await state.transaction(() => slice(cutoff, from))
        total += gone
        if (last === undefined) break
        after = last
      }
      if (total > 0) {
        counted?.add(total)
        log?.info({ alerts: total, before: cutoff }, 'old alerts forgotten')
      }
      return total
    },
  }
}
