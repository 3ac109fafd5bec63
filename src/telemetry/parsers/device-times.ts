// Times as network devices write them: month by name, year before or behind, zones by name, seconds since 1970.
import { anyTime, bsdTime, isoTime, namedMonthTime } from './times.ts'

/** Minutes ahead of UTC of the zones that devices write by name. */
const zones: Readonly<Record<string, number>> = {
  UTC: 0, GMT: 0, Z: 0, WET: 0, BST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, IST: 330, JST: 540, KST: 540,
  EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420, AEST: 600, AEDT: 660,
} // prettier-ignore

const yeared =
  /^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) {1,2}(\d{1,2}),? (\d{4})[ ,]{1,2}(\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: ([A-Z]{1,4}|[+-]\d\d:?\d\d))?/
const yearLast =
  /^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) (?:([A-Z]{2,4}) )?(\d{4})(?!\d)/
const zoned = / ([A-Z]{3,4})$/

/** Moves a time read as UTC by the zone that was named. */
const moved = (time: number | undefined, zone: string | undefined): number | undefined =>
  time === undefined || zone === undefined ? time : time - (zones[zone] ?? 0) * 60_000

/** The time in any of the forms devices use; undefined for anything else. */
export function deviceTime(value: unknown, received: number): number | undefined {
  if (typeof value === 'number') return anyTime(value)
  if (typeof value !== 'string' || value.length > 64) return undefined
  const plain = anyTime(value)
  if (plain !== undefined) return moved(plain, zoned.exec(value)?.[1])
  const [, month, day = '', year, clock, zone] = yeared.exec(value) ?? []
  if (month !== undefined) {
    const offset = zone !== undefined && /^[+-]/.test(zone) ? zone : ''
    return moved(namedMonthTime(`${day.padStart(2, '0')}-${month}-${year} ${clock}${offset}`), zone)
  }
  const [, named, date = '', time, area, last] = yearLast.exec(value) ?? []
  if (named !== undefined) return moved(namedMonthTime(`${date.padStart(2, '0')}-${named}-${last} ${time}`), area)
  return bsdTime(value, received)
}

/** Date and clock that stand in fields of their own, with a zone like `+0100` or `"CET"`. */
export function dateAndTime(date: unknown, clock: unknown, zone: unknown): number | undefined {
  if (typeof date !== 'string' || typeof clock !== 'string') return undefined
  const offset = typeof zone === 'string' && /^[+-]\d{4}$|^[+-]\d\d:\d\d$/.test(zone) ? zone : ''
  return moved(isoTime(`${date} ${clock}${offset}`), typeof zone === 'string' ? zone : undefined)
}
