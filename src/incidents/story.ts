// An incident in words: its title and two-sentence summary, from its alerts.
import { heavier, levels, tacticNames, tactics, type Level, type Tactic } from '#standards'
import type { Alert } from '#detection'

/** Tactic names in the order of an intrusion. */
export const inOrderOfIntrusion = (names: Iterable<string>): Tactic[] => {
  const given = new Set(names)
  return tacticNames.filter((name) => given.has(name))
}

/** `a, b, c and 4 more`. */
export function listText(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most)
  const rest = items.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

/** `45 s`, `12 min`, `3 h 10 min`, `2 d 4 h`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (milliseconds < 60_000) return `${Math.round(milliseconds / 1000)} s`
  if (minutes < 60) return `${minutes} min`
  const [hours, days] = [Math.floor(minutes / 60), Math.floor(minutes / 1440)]
  if (days > 0) return `${days} d ${hours % 24} h`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** What an incident's alerts add up to. */
export interface Facts {
  readonly level: Level
  readonly first: number
  readonly last: number
  readonly hosts: readonly string[]
  readonly users: readonly string[]
  readonly addresses: readonly string[]
  readonly assets: readonly string[]
  readonly tactics: readonly Tactic[]
  readonly techniques: readonly string[]
  readonly rules: number
  readonly alerts: number
}

const seen = (alerts: readonly Alert[], of: (alert: Alert) => readonly string[]): string[] => [
  ...new Set(alerts.flatMap(of).filter((text) => text !== '')),
]

/** Adds up alerts (oldest first); lists keep the order in which things were first seen. Four tactics with a high alert make an intrusion: critical. */
export function factsOf(alerts: readonly Alert[]): Facts {
  const heaviest = alerts.reduce<Level>((level, alert) => heavier(level, alert.rule.level), 'informational')
  const named = inOrderOfIntrusion(alerts.flatMap((alert) => alert.rule.tactics))
  return {
    level: heaviest === 'high' && named.length >= 4 ? 'critical' : heaviest,
    first: Math.min(...alerts.map((alert) => alert.time)),
    last: Math.max(...alerts.map((alert) => alert.time)),
    hosts: seen(alerts, (alert) => [alert.host]),
    users: seen(alerts, (alert) => [alert.user]),
    addresses: seen(alerts, (alert) => alert.entities.addresses),
    assets: seen(alerts, (alert) => [alert.asset]),
    tactics: named,
    techniques: seen(alerts, (alert) => alert.rule.techniques).sort(),
    rules: new Set(alerts.map((alert) => alert.rule.id)).size,
    alerts: alerts.length,
  }
}

/** A host as people call it: without its domain. */
const shortName = (host: string): string => (/^[\d.]+$|:/.test(host) ? host : (host.split('.')[0] ?? host))

/** Hosts on which something was done, in order; sensors and firewalls that only saw it are left out unless there is nothing else. */
function scenes(alerts: readonly Alert[], facts: Facts): string[] {
  const acted = alerts.filter(({ entities, user }) => entities.processes.length > 0 || user !== '')
  const hosts = seen(acted, (alert) => [alert.host])
  return [...new Set((hosts.length > 0 ? hosts : facts.hosts).map(shortName))]
}

const weightiest = (alerts: readonly Alert[]): Alert | undefined =>
  [...alerts].sort((a, b) => levels.indexOf(b.rule.level) - levels.indexOf(a.rule.level) || a.time - b.time)[0]

/** One line a person can say aloud. One rule: what and where. Several tactics: from where to where. */
export function titleOf(alerts: readonly Alert[], facts: Facts = factsOf(alerts)): string {
  const lead = weightiest(alerts)
  const hosts = scenes(alerts, facts)
  const where = hosts.length > 0 ? ` on ${listText(hosts, 2)}` : ''
  if (lead === undefined) return 'No alerts'
  const [from, to] = [facts.tactics[0], facts.tactics.at(-1)]
  if (facts.rules === 1 || facts.tactics.length < 3 || from === undefined || to === undefined)
    return `${lead.rule.title}${where}`
  const road = hosts.length > 5 ? [...hosts.slice(0, 4), '…', hosts.at(-1) ?? ''] : hosts
  const path = road.length > 0 ? `: ${road.join(' → ')}` : ''
  return `${tactics[from].title} to ${tactics[to].title}${path}`
}

/** Two sentences: how much of what over how long and on what; how it began and what it reached. */
export function summaryOf(alerts: readonly Alert[], facts: Facts = factsOf(alerts)): string {
  const [first, last] = [alerts[0], alerts.at(-1)]
  if (first === undefined || last === undefined) return 'No alerts.'
  const on = facts.hosts.length > 0 ? ` on ${listText(facts.hosts)}` : ''
  const by = facts.users.length > 0 ? `, as ${listText(facts.users)}` : ''
  const count = `${facts.alerts} ${facts.alerts === 1 ? 'alert' : 'alerts'} of ${facts.rules} ${facts.rules === 1 ? 'rule' : 'rules'}`
  const began = `It began with “${first.rule.title}”${first.host ? ` on ${first.host}` : ''}`
  const ended =
    last.rule.id === first.rule.id ? '' : ` and last showed “${last.rule.title}”${last.host ? ` on ${last.host}` : ''}`
  const touched = facts.assets.length > 0 ? ` Assets touched: ${listText(facts.assets, 5)}.` : ''
  return `${count} within ${durationText(facts.last - facts.first)}${on}${by}. ${began}${ended}.${touched}`
}
