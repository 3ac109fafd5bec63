// The timeline: alerts grouped into lines a person can read as a story, with notes and changes of state between them.
import { levels } from '#standards'
import type { Alert } from '#detection'
import { inOrderOfIntrusion } from './story.ts'
import type { TimelineEntry } from './types.ts'

/** An alert with what tied it to the incident. */
export interface Member {
  readonly alert: Alert
  readonly why: string
}

/** Repeats of a rule on one host further apart than this are two lines, in milliseconds. */
const pause = 3_600_000
const mostAlertsOfLine = 100

const byWeight = (a: Member, b: Member): number =>
  levels.indexOf(b.alert.rule.level) - levels.indexOf(a.alert.rule.level)

/** Alerts of one event are one happening: the heaviest speaks, the others are named. */
function happenings(members: readonly Member[]): Member[][] {
  const byEvent = new Map<string, Member[]>()
  for (const member of members) byEvent.set(member.alert.event, [...(byEvent.get(member.alert.event) ?? []), member])
  return [...byEvent.values()].map((group) => group.sort(byWeight))
}

function lineOf(happening: readonly Member[]): TimelineEntry {
  const [lead] = happening
  if (lead === undefined) throw new RangeError('a happening has at least one alert')
  const { alert, why } = lead
  const others = [...new Set(happening.slice(1).map((member) => member.alert.rule.title))].filter(
    (title) => title !== alert.rule.title,
  )
  return {
    at: alert.time,
    until: alert.time,
    kind: 'alert',
    title: alert.rule.title,
    detail: others.length > 0 ? `${alert.message} · also: ${others.join('; ')}` : alert.message,
    level: alert.rule.level,
    tactics: inOrderOfIntrusion(happening.flatMap((member) => member.alert.rule.tactics)),
    techniques: [...new Set(happening.flatMap((member) => member.alert.rule.techniques))].sort(),
    host: alert.host,
    user: alert.user,
    asset: alert.asset,
    count: 1,
    alerts: happening.map((member) => member.alert.id),
    event: alert.event,
    why,
    by: '',
  }
}

function extend(line: TimelineEntry, next: TimelineEntry): TimelineEntry {
  return {
    ...line,
    until: Math.max(line.until, next.until),
    count: line.count + 1,
    alerts: [...line.alerts, ...next.alerts].slice(0, mostAlertsOfLine),
    tactics: inOrderOfIntrusion([...line.tactics, ...next.tactics]),
    techniques: [...new Set([...line.techniques, ...next.techniques])].sort(),
  }
}

/** Lines in order of time. Repeats of the same rule by the same user on the same host within an hour become one line with a count. */
export function timelineOf(members: readonly Member[], others: readonly TimelineEntry[] = []): TimelineEntry[] {
  const lines: TimelineEntry[] = []
  const latest = new Map<string, number>()
  const sorted = happenings(members)
    .map(lineOf)
    .sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : 1))
  for (const line of sorted) {
    const key = JSON.stringify([line.title, line.host, line.user])
    const at = latest.get(key)
    const before = at === undefined ? undefined : lines[at]
    if (at !== undefined && before !== undefined && line.at - before.until <= pause) lines[at] = extend(before, line)
    else latest.set(key, lines.push(line) - 1)
  }
  return [...lines, ...others].sort((a, b) => a.at - b.at)
}
