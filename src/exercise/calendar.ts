// Days, hours and the ways machines write the time. Pure: the two time zones of the organisation are computed, not looked up.

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export type Zone = 'dublin' | 'boston'

/** The nth Sunday of a month (n from 1; 0 means the last), at an hour UTC. */
function sunday(year: number, month: number, n: number, atHour: number): number {
  if (n === 0) {
    const last = new Date(Date.UTC(year, month + 1, 0))
    return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), atHour)
  }
  const firstDay = new Date(Date.UTC(year, month, 1)).getUTCDay()
  return Date.UTC(year, month, 1 + ((7 - firstDay) % 7) + (n - 1) * 7, atHour)
}

/** Milliseconds to add to UTC for the wall clock: Europe/Dublin or America/New_York, daylight saving included. */
export function offsetOf(zone: Zone, time: number): number {
  const year = new Date(time).getUTCFullYear()
  if (zone === 'dublin') return time >= sunday(year, 2, 0, 1) && time < sunday(year, 9, 0, 1) ? hour : 0
  return time >= sunday(year, 2, 2, 7) && time < sunday(year, 10, 1, 6) ? -4 * hour : -5 * hour
}

/** Number of the local calendar day, counted from 1970-01-01. */
export const localDay = (zone: Zone, time: number): number => Math.floor((time + offsetOf(zone, time)) / day)
/** Midnight at the start of a local day, UTC. */
export const midnight = (zone: Zone, dayNumber: number): number =>
  dayNumber * day - offsetOf(zone, dayNumber * day + 12 * hour)
/** 0 is Sunday, 6 Saturday. */
export const weekday = (dayNumber: number): number => (dayNumber + 4) % 7
export const isWeekend = (dayNumber: number): boolean => weekday(dayNumber) % 6 === 0
/** Local hour with its fraction, 0 to 24. */
export const localHour = (zone: Zone, time: number): number => ((time + offsetOf(zone, time)) % day) / hour

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const monthOf = (iso: string): string => months[Number(iso.slice(5, 7)) - 1] ?? 'Jan'

let lastIso = { time: NaN, text: '' }
/** `2026-03-02T14:01:02.123Z`. The last answer is kept: a record writes its time in several forms. */
export function isoOf(time: number): string {
  if (lastIso.time !== time) lastIso = { time, text: new Date(time).toISOString() }
  return lastIso.text
}
/** `2026-03-02T14:01:02.123` and digits below the millisecond, as many as asked. */
export const finerThan = (time: number, digits: string): string => isoOf(time).slice(0, 23) + digits
/** Sysmon's UtcTime: `2026-03-02 14:01:02.123`. */
export const spacedOf = (time: number): string => isoOf(time).slice(0, 23).replace('T', ' ')
/** RFC 3164: `Mar  2 14:01:02`. */
export function bsdOf(time: number): string {
  const iso = isoOf(time)
  return `${monthOf(iso)} ${iso.slice(8, 10).replace(/^0/, ' ')} ${iso.slice(11, 19)}`
}
/** Common log format: `02/Mar/2026:14:01:02 +0000`. */
export function commonOf(time: number): string {
  const iso = isoOf(time)
  return `${iso.slice(8, 10)}/${monthOf(iso)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`
}
