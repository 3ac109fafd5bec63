// Threats by root cause: what a single fix removes, ranked by what they lead to.
import type { Estate } from '#model'
import { type Level, levels } from '#standards'
import { remedyText, remedyIds } from './remedies.ts'
import type { RootCause, Threat } from './threat.ts'

/** Root causes of an estate's threats, the worst first. A cause whose threats are all decided comes after those that wait. */
export function rootCauses(threats: readonly Threat[], estate: Estate): RootCause[] {
  const groups = new Map<string, Threat[]>()
  for (const threat of threats) {
    const group = groups.get(threat.cause)
    if (group) group.push(threat)
    else groups.set(threat.cause, [threat])
  }
  const titles = titlesOf(estate)
  return [...groups].map(([id, group]) => causeOf(id, group, titles)).toSorted(byWhatTheyLeadTo)
}

function causeOf(id: string, group: readonly Threat[], titles: ReadonlyMap<string, string>): RootCause {
  const remedy = id.slice(0, id.indexOf('@'))
  const at = [...new Set(group.map(({ place }) => place))]
  const open = group.filter(({ decision }) => decision === undefined)
  const counted = open.length > 0 ? open : group
  const known = remedyIds.find((one) => one === remedy)
  const named = listText(at.map((one) => titles.get(one) ?? one))
  return {
    id,
    title: known ? remedyText(known, named) : (group[0]?.fix ?? ''),
    remedy,
    at,
    level: counted.map(({ level }) => level).reduce(worse, 'informational'),
    perYear: Math.max(...counted.map(({ perYear }) => perYear)),
    threats: group.toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.perYear - a.perYear),
    open: open.length,
    data: [...new Set(group.flatMap(({ data }) => data))],
    services: [...new Set(group.flatMap(({ services }) => services))],
  }
}

const worse = (a: Level, b: Level): Level => (levels.indexOf(a) >= levels.indexOf(b) ? a : b)

const severityOf = ({ threats }: RootCause): number => Math.max(...threats.map((one) => levels.indexOf(one.severity)))

const byWhatTheyLeadTo = (a: RootCause, b: RootCause): number =>
  Number(b.open > 0) - Number(a.open > 0) ||
  levels.indexOf(b.level) - levels.indexOf(a.level) ||
  severityOf(b) - severityOf(a) ||
  b.perYear - a.perYear ||
  b.threats.length - a.threats.length ||
  (a.id < b.id ? -1 : 1)

function titlesOf(estate: Estate): ReadonlyMap<string, string> {
  const all = [...estate.zones, ...estate.services, ...estate.data, ...estate.people, ...estate.assets]
  return new Map(all.map(({ id, title }) => [id, title]))
}

/** Names as people list them: a, b and c; of more than four the first three and how many more. */
function listText(all: readonly string[]): string {
  if (all.length > 4) return `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}` : (all[0] ?? '')
}
