// Alerts of the queue in groups: by rule, host or user, the heaviest first.
import { levels, type Alert, type Level } from '../../client/nouns.ts'

export const groupings = ['none', 'rule', 'host', 'user'] as const
export type Grouping = (typeof groupings)[number]
export const groupingOf = (text: string | undefined): Grouping => groupings.find((one) => one === text) ?? 'none'

export interface AlertGroup {
  /** What narrows the list to this group. */
  readonly value: string
  readonly title: string
  readonly level: Level
  readonly alerts: number
  /** With those that repeat them. */
  readonly times: number
  readonly first: number
  readonly last: number
  readonly risk: number
  /** Hosts and users of a rule's alerts; rules of a host's or user's. */
  readonly others: readonly string[]
}
type Grouped = Pick<Alert, 'rule' | 'host' | 'user' | 'times' | 'first' | 'last' | 'risk'>

const nameIn = ({ rule, host, user }: Grouped, by: Exclude<Grouping, 'none'>): { value: string; title: string } =>
  by === 'rule'
    ? { value: rule.id, title: rule.title }
    : { value: by === 'host' ? host : user, title: by === 'host' ? host : user }
const othersIn = ({ rule, host, user }: Grouped, by: Exclude<Grouping, 'none'>): string[] =>
  (by === 'rule' ? [host, user] : [rule.title]).filter((text) => text !== '')
const heavier = (a: Level, b: Level): Level => (levels.indexOf(a) >= levels.indexOf(b) ? a : b)

/** Groups of what is loaded. Alerts that name no host, or no user, are left out of groups by it. */
export function groupsOf(alerts: readonly Grouped[], by: Exclude<Grouping, 'none'>): AlertGroup[] {
  const groups = new Map<string, AlertGroup>()
  for (const alert of alerts) {
    const { value, title } = nameIn(alert, by)
    if (value === '') continue
    const before = groups.get(value)
    groups.set(value, {
      value,
      title,
      level: heavier(before?.level ?? 'informational', alert.rule.level),
      alerts: (before?.alerts ?? 0) + 1,
      times: (before?.times ?? 0) + alert.times,
      first: Math.min(before?.first ?? alert.first, alert.first),
      last: Math.max(before?.last ?? alert.last, alert.last),
      risk: Math.max(before?.risk ?? 0, alert.risk),
      others: [...new Set([...(before?.others ?? []), ...othersIn(alert, by)])],
    })
  }
  return [...groups.values()].sort(
    (a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.times - a.times || b.last - a.last,
  )
}
