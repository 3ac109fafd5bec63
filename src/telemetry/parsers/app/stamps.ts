// The forms in which programs write the time at the beginning of a line.
import { bsdTime, commonLogTime, epochTime, isoTime, longTime, namedMonthTime, usTime } from '../times.ts'

interface Stamp {
  readonly match: RegExp
  readonly time: (found: RegExpExecArray, received: number) => number | undefined
}
const clock = '\\d\\d:\\d\\d:\\d\\d'
const part = '(?:[.,:]\\d{1,9})?'
const zone = '(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\w:]))?'
const whole =
  (read: (text: string, received: number) => number | undefined) =>
  (found: RegExpExecArray, received: number): number | undefined =>
    read(found[1] ?? '', received)
const before = (seconds: number): string => String(seconds).padStart(2, '0')

/** The forms in which programs write the time, most common first; group 1 is the time. */
const stamps: readonly Stamp[] = [
  {
    match: new RegExp(`^(\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]${clock}${part}${zone})`),
    time: whole((text) => isoTime(text[19] === ':' ? `${text.slice(0, 19)}.${text.slice(20)}` : text)),
  },
  { match: new RegExp(`^([A-Z][a-z]{2} [ \\d]?\\d ${clock}(?:[.,]\\d{1,9})?)`), time: whole(bsdTime) },
  {
    match: new RegExp(
      `^((?:[A-Z][a-z]{2},? )?(?:[A-Z][a-z]{2} {1,2}\\d{1,2}|\\d{1,2} [A-Z][a-z]{2} \\d{4}) ${clock}(?:[.,]\\d{1,9})?(?: \\d{4})?)`,
    ),
    time: whole(longTime),
  },
  { match: new RegExp(`^(\\d\\d-[A-Z][a-z]{2}-\\d{4} ${clock}(?:[.,]\\d{1,9})?)`), time: whole(namedMonthTime) },
  { match: new RegExp(`^(\\d\\d/[A-Z][a-z]{2}/\\d{4}:${clock}(?: [+-]\\d{4})?)`), time: whole(commonLogTime) },
  {
    match: new RegExp(`^(\\d\\d/\\d\\d/(?:\\d{4}|\\d\\d)[ T,-]${clock}(?:[.,]\\d{1,9})?)`),
    time: whole(dayOrYearFirst),
  },
  {
    match: new RegExp(
      `^(\\d{4})(\\d\\d)(\\d\\d)[-T ]?(\\d{1,2}):?(\\d\\d):?(\\d{1,2})(?:[.:,](\\d{1,9}))?(?=[Z |\\]-])`,
    ),
    time: (found) =>
      isoTime(
        `${found[1]}-${found[2]}-${found[3]}T${before(Number(found[4]))}:${found[5]}:${before(Number(found[6]))}.${found[7] ?? '0'}`,
      ),
  },
  {
    match: /^(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)(?= )/,
    time: (found) => isoTime(`20${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}`),
  },
  {
    match: new RegExp(`^(\\d\\d)[-.](\\d\\d) (${clock}(?:[.,]\\d{1,9})?)`),
    time: (found, received) => thisYear(found[1] ?? '', found[2] ?? '', found[3] ?? '', received),
  },
  { match: /^(\d{10}(?:\.\d{1,9})?|\d{13})(?=[ \]|,])/, time: whole((text) => epochTime(Number(text))) },
]

/** `17/06/09 20:10:40` is the ninth of June 2017, `06/09/2017 20:10:40` the ninth of June too: a first number above 12 or of two-digit years is a year. */
function dayOrYearFirst(text: string): number | undefined {
  const [first = '', second = '', third = ''] = text.slice(0, text.search(/[ T,-]/)).split('/')
  const rest = text.slice(text.search(/[ T,-]/) + 1)
  if (third.length === 4) return Number(first) > 12 ? isoTime(`${third}-${second}-${first} ${rest}`) : usTime(text)
  return isoTime(`20${first}-${second}-${third} ${rest}`)
}

/** A day and month without a year: the latest that does not lie more than a day after the receipt. */
function thisYear(month: string, date: string, rest: string, received: number): number | undefined {
  const year = new Date(received).getUTCFullYear()
  return [year, year - 1]
    .map((one) => isoTime(`${one}-${month}-${date} ${rest}`))
    .find((time) => time !== undefined && time <= received + 86_400_000)
}

/** Collectors that put the file's name in front: `nova-api.log.1 2026-03-02 …`. */
const fileName = /^[\w./-]{1,128}\.log\S{0,64} (?=\d{4}-\d\d-\d\d)/
/** Where the time begins: after a bracket, or the `- ` that supercomputers' logs put before lines without alarm. */
export function startOf(text: string): number {
  if (text[0] === '[' || text[0] === '(') return 1
  if (text.startsWith('- ')) return 2
  return fileName.exec(text)?.[0].length ?? 0
}

/** The time a line begins with, and where it ends; undefined when it begins with none. */
export function stampOf(text: string, received: number): { readonly time: number; readonly end: number } | undefined {
  const start = startOf(text)
  const line = text.slice(start)
  for (const { match, time } of stamps) {
    const found = match.exec(line)
    const at = found ? time(found, received) : undefined
    if (found && at !== undefined) return { time: at, end: start + found[0].length }
  }
  return undefined
}
