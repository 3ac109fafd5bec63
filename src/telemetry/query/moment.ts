// Times in a search: dates as precise as they are written, and times counted back from now.

/** The stretch that a time names: a date means its whole day. The end is not included. */
export interface Moment {
  readonly from: number
  readonly until: number
}

const absolute = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/i
const relative = /^(?:now(?:-(\d{1,6})(s|m|h|d|w|y))?|-(\d{1,6})(s|m|h|d|w|y))$/i
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]
const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day, w: 7 * day, y: 365 * day }

/** Milliseconds back from now. */
function backOf(text: string): number | undefined {
  const found = relative.exec(text)
  if (!found) return undefined
  const [, behind = '0', unit = 's', alone = behind, aloneUnit = unit] = found
  return Number(alone) * (units[aloneUnit.toLowerCase()] ?? 0)
}

/** `2026-03-01`, `2026-03-01T10:15`, `2026-03-01T10:15:20.5+01:00` (UTC when no zone is given), `now`, `now-15m`, `-15m`. Nothing for other texts. */
export function momentOf(text: string, now: number): Moment | undefined {
  const back = backOf(text)
  if (back !== undefined) return { from: now - back, until: now - back + 1 }
  const [, date, clock, seconds, parts, zone = 'Z'] = absolute.exec(text) ?? []
  if (date === undefined) return undefined
  const from = Date.parse(`${date}T${clock ?? '00:00'}:${seconds ?? '00'}${parts ?? ''}${zone.toUpperCase()}`)
  if (Number.isNaN(from)) return undefined
  const length = clock === undefined ? day : seconds === undefined ? minute : parts === undefined ? second : 1
  return { from, until: from + length }
}

/** The milliseconds of a length of time such as `30s`, `5m`, `24h`, `7d`, `2w`, `1y`. Nothing for other texts and for none at all. */
export function lengthOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})(s|m|h|d|w|y)$/i.exec(text) ?? []
  const length = Number(count) * (units[unit.toLowerCase()] ?? 0)
  return length > 0 ? length : undefined
}

/** The moment that a person names on a command line: `24h` ago, `now-24h`, or the beginning of `2026-03-01T10:15`. Nothing for other texts. */
export function sinceOf(text: string, now: number): number | undefined {
  const length = lengthOf(text)
  return length === undefined ? momentOf(text, now)?.from : now - length
}
