// Times in the viewer's zone (or in UTC, when that was chosen) for reading, in UTC for citing; durations and ages in words.
import { zoneName } from './zone.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making a format costs more than using it a thousand times, so each is made once. */
function format(name: string, options: Intl.DateTimeFormatOptions, asked: string | undefined): Intl.DateTimeFormat {
  const zone = asked ?? zoneName()
  const key = `${name} ${zone ?? ''}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === undefined ? {} : { timeZone: zone }) })
  formats.set(key, made)
  return made
}
const isTime = (at: number): boolean => Number.isFinite(at) && Math.abs(at) <= 8.64e15
const unknown = 'unknown time'

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

/** `14:03:07` */
export const clockText = (at: number, zone?: string): string =>
  isTime(at) ? format('clock', clock, zone).format(at) : unknown
/** `14:03` */
export const minuteText = (at: number, zone?: string): string =>
  isTime(at) ? format('minute', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone).format(at) : unknown
/** `31 Jan` */
export const dayText = (at: number, zone?: string): string =>
  isTime(at) ? format('day', { day: 'numeric', month: 'short' }, zone).format(at) : unknown
/** `Saturday 31 January 2026` */
export const longDayText = (at: number, zone?: string): string =>
  isTime(at)
    ? format('long', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, zone)
        .format(at)
        .replace(',', '')
    : unknown
/** `31 Jan 14:03:07`: one width for all rows of a table. */
export const tableTimeText = (at: number, zone?: string): string =>
  isTime(at) ? `${dayText(at, zone)} ${clockText(at, zone)}` : unknown
/** `2026-01-31 12:03:07.123 UTC`, for citing. */
export const utcText = (at: number): string =>
  isTime(at) ? `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC` : unknown

/** Whether two times fall on the same day of the viewer's calendar. */
export const sameDay = (a: number, b: number, zone?: string): boolean => longDayText(a, zone) === longDayText(b, zone)

/** `45 s`, `12 min`, `3 h 10 min`, `2 d 4 h`. */
export function durationText(milliseconds: number): string {
  const span = Math.abs(milliseconds)
  if (span < second) return `${Math.round(span)} ms`
  if (span < minute) return `${Math.round(span / second)} s`
  if (span < hour) return `${Math.round(span / minute)} min`
  const minutes = Math.round(span / minute)
  if (span < day) return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  const hours = Math.round(span / hour)
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `now`, `12 min ago`, `3 d ago`; `in 5 min` for times to come (another machine's clock). */
export function agoText(at: number, now: number): string {
  const span = now - at
  if (Math.abs(span) < 5 * second) return 'now'
  const [size, unit] =
    Math.abs(span) < minute
      ? [second, 's']
      : Math.abs(span) < hour
        ? [minute, 'min']
        : Math.abs(span) < day
          ? [hour, 'h']
          : [day, 'd']
  const text = `${Math.floor(Math.abs(span) / size)} ${unit}`
  return span < 0 ? `in ${text}` : `${text} ago`
}
