// Alerts that say the same: one rule, one thing it happened to, one stretch of time. Pure: stored groups come in, what to store goes out.
import type { Level } from '#standards'
import type { Alert } from '../types.ts'

/** Alerts that stand as one in the queue: the head is shown, the others are counted. */
export interface Group {
  readonly id: string
  /** The alert that came first. */
  readonly head: string
  /** How many of them are stored; the others are only counted. */
  readonly kept: number
  readonly times: number
  readonly first: number
  readonly last: number
}

/** An alert with its place: `head` is empty for one that begins a group. */
export interface Placed {
  readonly alert: Alert
  readonly head: string
  readonly suppressed: string
}

/** Alerts of one group that are stored. */
export const mostKept = 100

const minute = 60_000
const hour = 60 * minute
/** Lengths of the stretches within which alerts of a rule are one, in milliseconds: the heavier, the shorter. */
export const standardWindows: Readonly<Record<Level, number>> = {
  informational: 24 * hour,
  low: 24 * hour,
  medium: 4 * hour,
  high: hour,
  critical: 15 * minute,
}

/** What an alert is about: what its finding says; else host and user; where it names neither, its addresses; else its source and message. */
export function entityKey({ about, host, user, entities, source, message }: Alert): readonly string[] {
  if (about !== undefined) return ['about', about.toLowerCase()]
  if (host !== '' || user !== '') return ['host', host.toLowerCase(), user.toLowerCase()]
  if (entities.addresses.length > 0) return ['address', ...entities.addresses.toSorted()]
  return ['message', source, message]
}

/**
 * What alerts of one group share. Stretches begin at whole multiples of their length in event time, so that the group of an alert
 * does not depend on which came first. A length of 0 makes each alert a group of its own.
 */
export function groupKey(alert: Alert, window: number, suppressed: string): string {
  const { rule } = alert
  const stretch = window === 0 ? alert.id : Math.floor(alert.time / window)
  return JSON.stringify([rule.id, rule.title, ...entityKey(alert), window, stretch, suppressed])
}

interface Folding {
  /** Groups stored so far, by id. */
  readonly known: ReadonlyMap<string, Group>
  /** The id of the group that an alert belongs to. */
  readonly groupOf: (alert: Alert) => string
  /** What keeps the alert out of the queue; empty for nothing. */
  readonly hiddenBy: (alert: Alert) => string
}
interface Folded {
  /** Alerts to store; those beyond what is stored of a group are left out, and counted all the same. */
  readonly placed: readonly Placed[]
  readonly groups: readonly Group[]
}

/** Puts alerts that are not stored yet into their groups. */
export function fold(alerts: readonly Alert[], { known, groupOf, hiddenBy }: Folding): Folded {
  const groups = new Map<string, Group>()
  const placed: Placed[] = []
  for (const alert of alerts) {
    const id = groupOf(alert)
    const before = groups.get(id) ?? known.get(id)
    const isKept = (before?.kept ?? 0) < mostKept
    groups.set(id, withAlert(before, id, alert))
    if (isKept) placed.push({ alert, head: before?.head ?? '', suppressed: hiddenBy(alert) })
  }
  return { placed, groups: [...groups.values()] }
}

const withAlert = (before: Group | undefined, id: string, { id: alert, time }: Alert): Group =>
  before
    ? {
        ...before,
        kept: Math.min(before.kept + 1, mostKept),
        times: before.times + 1,
        first: Math.min(before.first, time),
        last: Math.max(before.last, time),
      }
    : { id, head: alert, kept: 1, times: 1, first: time, last: time }
