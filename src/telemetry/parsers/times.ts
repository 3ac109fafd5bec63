// The ways machines write the time, read as milliseconds UTC. Texts without a zone are read as UTC.

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48
const isDigit = (value: number): boolean => value >= 0 && value <= 9

/** Digits from `at`; NaN when one of them is none. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const one = digit(text, i)
    if (!isDigit(one)) return Number.NaN
    value = value * 10 + one
  }
  return value
}

/** Where the fraction of a second ends, and its milliseconds. */
function fraction(text: string, at: number): { milliseconds: number; end: number } {
  const mark = text.charCodeAt(at)
  if (mark !== 46 && mark !== 44) return { milliseconds: 0, end: at }
  let milliseconds = 0
  let end = at + 1
  for (let weight = 100; isDigit(digit(text, end)); end++) {
    milliseconds += digit(text, end) * weight
    weight = Math.floor(weight / 10)
  }
  return { milliseconds, end }
}

/** Minutes that a zone at `at` is ahead of UTC: Z, +02:00, -0500, +01, UTC, or nothing. */
function zoneMinutes(text: string, at: number): number {
  const start = text.charCodeAt(at) === 32 ? at + 1 : at
  const mark = text.charCodeAt(start)
  if (mark !== 43 && mark !== 45) return 0
  const hours = digits(text, start + 1, 2)
  const minutes = digits(text, text.charCodeAt(start + 3) === 58 ? start + 4 : start + 3, 2)
  const total = hours * 60 + (Number.isNaN(minutes) ? 0 : minutes)
  return Number.isNaN(total) ? 0 : mark === 45 ? -total : total
}

/** The date at the start, `2026-03-02` or `2026/03/02`; NaN when there is none. */
function dateAt(text: string): number {
  const mark = text.charCodeAt(4)
  const [year, month, date] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)]
  const marked = (mark === 45 || mark === 47) && text.charCodeAt(7) === mark
  return marked && year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= 31
    ? Date.UTC(year, month - 1, date)
    : Number.NaN
}

/** ISO 8601 and its relatives: `2026-03-02T14:01:02.123456Z`, `2026-03-02 14:01:02,123 +0100`, `2026/03/02 14:01:02`. Undefined for anything else. */
export function isoTime(text: string): number | undefined {
  const date = dateAt(text)
  if (Number.isNaN(date)) return undefined
  if (text.length === 10) return date
  const between = text.charCodeAt(10)
  if (between !== 84 && between !== 32 && between !== 116) return undefined
  const hasSeconds = text.charCodeAt(16) === 58
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), hasSeconds ? digits(text, 17, 2) : 0]
  if (!(hour < 25 && minute < 60 && second < 61)) return undefined
  const rest = fraction(text, hasSeconds ? 19 : 16)
  const clock = ((hour * 60 + minute - zoneMinutes(text, rest.end)) * 60 + second) * 1000 + rest.milliseconds
  return date + clock
}

const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, at) => [name, at]),
)
const twoDigits = (text: string, at: number): number =>
  text.charCodeAt(at) === 32 ? digits(text, at + 1, 1) : digits(text, at, 2)
const day = 86_400_000

/** `Mar  2 14:01:02` (RFC 3164), which has no year: the latest one that does not lie more than a day after the receipt. */
export function bsdTime(text: string, received: number): number | undefined {
  if (text.charCodeAt(5) === 32 && text.charCodeAt(4) !== 32)
    return bsdTime(`${text.slice(0, 4)} ${text.slice(4)}`, received) // `Mar 2`
  const month = months.get(text.slice(0, 3))
  const date = twoDigits(text, 4)
  const hour = digits(text, 7, 2)
  const minute = digits(text, 10, 2)
  const second = digits(text, 13, 2)
  if (month === undefined || !(date >= 1 && date <= 31 && hour < 24 && minute < 60 && second < 61)) return undefined
  const { milliseconds } = fraction(text, 15)
  const at = (year: number): number => Date.UTC(year, month, date, hour, minute, second, milliseconds)
  const year = new Date(received).getUTCFullYear()
  return [at(year + 1), at(year)].find((time) => time <= received + day) ?? at(year - 1)
}

/** `02/Mar/2026:14:01:02 +0000` (common log format). */
export function commonLogTime(text: string): number | undefined {
  const month = months.get(text.slice(3, 6))
  const date = digits(text, 0, 2)
  const year = digits(text, 7, 4)
  const time = digits(text, 12, 2) * 3600 + digits(text, 15, 2) * 60 + digits(text, 18, 2)
  if (month === undefined || !(date >= 1 && date <= 31 && year >= 1 && time < 90_000)) return undefined
  return Date.UTC(year, month, date) + time * 1000 - zoneMinutes(text, 20) * 60_000
}

/** `19-Oct-2022 05:34:02.425` (BIND). */
export function namedMonthTime(text: string): number | undefined {
  const month = months.get(text.slice(3, 6))
  const date = twoDigits(text, 0)
  return month === undefined || !(date >= 1)
    ? undefined
    : isoTime(`${text.slice(7, 11)}-${pad(month + 1)}-${pad(date)}${text.slice(11)}`)
}
/** `Mon Jun  8 12:08:44 2020`, `Mon, 14 Oct 2021 15:24:12.023984 UTC`, with or without the day of the week. */
export function longTime(text: string): number | undefined {
  const words = text
    .slice(0, 64)
    .replace(/^[A-Z][a-z]{2},? +/, '')
    .split(/ +/)
  const numberFirst = /^\d/.test(words[0] ?? '')
  const [first = '', second = '', third = '', fourth = ''] = words
  const [date, month] = numberFirst ? [first, second] : [second, first]
  const [clock, year] = numberFirst ? [fourth, third] : [third, fourth]
  return namedMonthTime(`${date.padStart(2, '0')}-${month}-${year} ${clock}`)
}
/** `03/02/2026-14:01:02.345430` and `03/02/26,14:01:02`: month first, as in the United States; a year of two digits is of this century. */
export function usTime(text: string): number | undefined {
  const [, month = '', date = '', year = '', clock = ''] = /^(\d\d)\/(\d\d)\/(\d{2}|\d{4})[-,T ](.*)$/.exec(text) ?? []
  return isoTime(`${year.length === 2 ? `20${year}` : year}-${month}-${date} ${clock}`)
}
const pad = (value: number): string => String(value).padStart(2, '0')

/** A number since 1970 in seconds, milliseconds, microseconds or nanoseconds, told apart by its size. */
export function epochTime(value: number): number | undefined {
  if (!(value >= 1e8 && value < 1e20)) return undefined
  if (value < 1e11) return Math.round(value * 1000)
  if (value < 1e14) return Math.round(value)
  return value < 1e17 ? Math.floor(value / 1000) : Math.floor(value / 1e6)
}

const numeric = /^\d{9,20}(?:\.\d+)?$/

/** A time in any of the forms JSON records use: ISO text, number or digits since 1970. */
export function anyTime(value: unknown): number | undefined {
  if (typeof value === 'number') return epochTime(value)
  if (typeof value !== 'string' || value.length > 64) return undefined
  return numeric.test(value) ? epochTime(Number(value)) : isoTime(value)
}
