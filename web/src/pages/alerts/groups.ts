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

/** What two titles of one rule begin with: `Entity risk: host a` and `Entity risk: user b` are `Entity risk…`. */
function shared(a: string, b: string): string {
  if (a === b) return a
  const beginning = a.endsWith('…') ? a.slice(0, -1) : a
  let length = 0
  while (length < beginning.length && beginning[length] === b[length]) length += 1
  const isCut = /\w/.test(beginning[length] ?? '') || /\w/.test(b[length] ?? '')
  const common = isCut ? b.slice(0, length).replace(/\w+$/, '') : b.slice(0, length)
  return `${common.replace(/\W+$/, '') || beginning}…`
}

const single = (alert: Grouped, by: Exclude<Grouping, 'none'>): AlertGroup => ({
  ...nameIn(alert, by),
  level: alert.rule.level,
  alerts: 1,
  times: alert.times,
  first: alert.first,
  last: alert.last,
  risk: alert.risk,
  others: othersIn(alert, by),
})

const together = (a: AlertGroup, b: AlertGroup): AlertGroup => ({
  value: a.value,
  title: shared(a.title, b.title),
  level: heavier(a.level, b.level),
  alerts: a.alerts + b.alerts,
  times: a.times + b.times,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  risk: Math.max(a.risk, b.risk),
  others: [...new Set([...a.others, ...b.others])],
})

/** Groups of what is loaded. Alerts that name no host, or no user, are left out of groups by it. */
export function groupsOf(alerts: readonly Grouped[], by: Exclude<Grouping, 'none'>): AlertGroup[] {
  const groups = new Map<string, AlertGroup>()
  for (const alert of alerts) {
    const one = single(alert, by)
    if (one.value === '') continue
    const before = groups.get(one.value)
    groups.set(one.value, before ? together(before, one) : one)
  }
  return [...groups.values()].sort(
    (a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.times - a.times || b.last - a.last,
  )
}
