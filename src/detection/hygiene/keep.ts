// Keeping alerts: each in its group, suppressed ones counted and out of the queue. Inside the transaction that also moves the checkpoint.
import type { Level } from '#standards'
import { type AlertStore, hashText } from '../store.ts'
import type { Alert } from '../types.ts'
import { fold, groupKey, standardWindows } from './dedupe.ts'
import type { HygieneStore } from './store.ts'
import { suppressorOf } from './suppress.ts'

/** What was new among some alerts. */
export interface KeptAlerts {
  /** Stored now and in the queue, with those that only repeat another. */
  readonly alerts: readonly Alert[]
  /** Of these, the ones that stand for themselves. */
  readonly heads: readonly Alert[]
}

/** The length of a rule's window: what somebody set, else that of its level. */
export const windowOf = (rule: string, level: Level, set: ReadonlyMap<string, number>): number =>
  set.get(rule) ?? standardWindows[level]

/** Keeps alerts that are not stored yet. An alert that is stored already changes nothing, so that a batch can be done again. */
export const keeper =
  (store: AlertStore, hygiene: HygieneStore) =>
  async (alerts: readonly Alert[]): Promise<KeptAlerts> => {
    if (alerts.length === 0) return { alerts: [], heads: [] }
    const fresh = await store.unseen(alerts)
    if (fresh.length === 0) return { alerts: [], heads: [] }
    const suppressor = suppressorOf(await hygiene.suppressions())
    const windows = new Map((await hygiene.windows()).map(({ rule, milliseconds }) => [rule, milliseconds]))
    const facts = new Map(
      fresh.map((alert): [string, { suppressed: string; group: string }] => {
        const suppressed = suppressor(alert)
        const window = windowOf(alert.rule.id, alert.rule.level, windows)
        return [alert.id, { suppressed, group: hashText(groupKey(alert, window, suppressed)) }]
      }),
    )
    const groupOf = ({ id }: Alert): string => facts.get(id)?.group ?? id
    const hiddenBy = ({ id }: Alert): string => facts.get(id)?.suppressed ?? ''
    const known = await hygiene.groupsById([...new Set([...facts.values()].map(({ group }) => group))])
    const { placed, groups } = fold(fresh, { known, groupOf, hiddenBy })
    await store.insert(placed)
    await hygiene.saveGroups(groups)
    for (const [id, hits] of hitsOf(fresh, hiddenBy)) await hygiene.countHits(id, hits.count, hits.last)
    const shown = placed.filter(({ suppressed }) => suppressed === '')
    return {
      alerts: shown.map(({ alert }) => alert),
      heads: shown.filter(({ head }) => head === '').map(({ alert }) => alert),
    }
  }

function hitsOf(alerts: readonly Alert[], hiddenBy: (alert: Alert) => string) {
  const hits = new Map<string, { count: number; last: number }>()
  for (const alert of alerts) {
    const id = hiddenBy(alert)
    if (id === '') continue
    const { count, last } = hits.get(id) ?? { count: 0, last: 0 }
    hits.set(id, { count: count + 1, last: Math.max(last, alert.time) })
  }
  return hits
}
