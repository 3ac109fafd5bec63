// Findings of correlations → alerts.
import { EventId } from '#telemetry'
import { alertId } from '../store.ts'
import type { Alert, MatchedField } from '../types.ts'
import { eventsOf } from './item.ts'
import type { Facts, Finding } from './types.ts'

const mostOfEach = 20
const all = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].slice(0, mostOfEach)
/** What all have in common; empty when they differ. */
const common = (facts: readonly Facts[], of: (facts: Facts) => string): string => {
  const [first = '', ...more] = new Set(facts.map(of))
  return more.length === 0 ? first : ''
}

const durationText = (milliseconds: number): string =>
  milliseconds < 1000
    ? `${milliseconds} ms`
    : milliseconds < 120_000
      ? `${Math.round(milliseconds / 1000)} s`
      : `${Math.round(milliseconds / 60_000)} min`

/** Five places after the point say enough. */
const numberText = (value: number): string => String(Number(value.toFixed(5)))

function linesOf({ correlation, group, entries, measure }: Finding): MatchedField[] {
  const line = (selection: string, field: string, pattern: string, value: string): MatchedField => ({
    selection,
    field,
    modifiers: [],
    pattern,
    value,
  })
  const parts = correlation.parts.map(({ title }, part) => {
    const events = new Set(entries.filter((entry) => entry.part === part).map(({ event }) => event))
    return line('rules', title, '', events.size === 1 ? '1 event' : `${events.size} events`)
  })
  return [
    ...correlation.groupBy.map((name, at) => line('group-by', name, '', group[at] ?? '')),
    line('condition', correlation.type, correlation.shown, numberText(measure)),
    ...parts.slice(0, mostOfEach),
  ]
}

function messageOf({ correlation, group, entries }: Finding): string {
  const [first, last] = [entries[0]?.time ?? 0, entries.at(-1)?.time ?? 0]
  const events = new Set(entries.map(({ event }) => event)).size
  const by = correlation.groupBy.map((name, at) => `${name} ${group[at] ?? ''}`).join(', ')
  return `${events === 1 ? '1 event' : `${events} events`} in ${durationText(last - first)}${by && `: ${by}`}`
}

/** The alert of a finding. Its id is made of the rule, the group and the time, so that it is the same in whatever order events came. */
export function alertOfFinding(finding: Finding, raised: number): Alert {
  const { correlation, key, time, entries, late } = finding
  const facts = entries.flatMap((entry) => entry.facts ?? [])
  const last = facts.at(-1)
  const { id, title, level, techniques, tactics } = correlation
  const host = common(facts, (one) => one.host)
  const user = common(facts, (one) => one.user)
  const events = eventsOf(entries).map((event) => EventId.parse(event))
  return {
    id: alertId(id, `${key}\n${time}`),
    time,
    raised,
    rule: { id, title, level, techniques: [...techniques], tactics: [...tactics] },
    event: EventId.parse(events.at(-1)),
    source: last?.source ?? '',
    activity: correlation.type,
    message: messageOf(finding),
    host,
    user,
    asset: common(facts, (one) => one.asset),
    entities: {
      ...(host ? { host: host.toLowerCase() } : {}),
      ...(user ? { user } : {}),
      processes: all(facts.map(({ processes }) => processes)),
      addresses: all(facts.map(({ addresses }) => addresses)),
    },
    matched: linesOf(finding),
    events,
    ...(correlation.groupBy.length > 0 ? { about: finding.group.join('|') } : {}),
    ...(late ? { late } : {}),
    incident: '',
  }
}
