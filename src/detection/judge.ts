// Events → what their batch comes to: alerts of rules that alert alone, and what correlations are fed with.
import type { Event } from '#telemetry'
import { alertOf } from './alerts.ts'
import type { Feeds } from './correlation/item.ts'
import { type Fed, feedOf } from './correlation/work.ts'
import type { Engine } from './engine.ts'
import { alertId } from './store.ts'
import type { Alert } from './types.ts'

export interface Judged {
  readonly alerts: readonly Alert[]
  readonly fed: Fed
}
/** What rules do beyond matching. */
export interface Roles {
  /** Which correlations each rule feeds. */
  readonly feeds: Feeds
  /** Rules whose matches are no alerts of their own. */
  readonly onlyFeed: ReadonlySet<string>
}

/** Every rule that matches, in the order of the events. Pure but for the time of raising. */
export function judgeWith(
  engine: Engine,
  events: readonly Event[],
  { feeds, onlyFeed, raised }: Roles & { readonly raised: number },
): Judged {
  const alerts: Alert[] = []
  const matches: { rule: string; event: Event }[] = []
  for (const event of events)
    for (const match of engine.match(event)) {
      const { id } = match.rule
      if (!onlyFeed.has(id)) alerts.push(alertOf(match, event, { id: alertId(id, event.id), raised }))
      if (feeds.has(id)) matches.push({ rule: id, event })
    }
  return { alerts, fed: feedOf(matches, events, feeds) }
}
