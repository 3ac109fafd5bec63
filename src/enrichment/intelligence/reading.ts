// What reading a feed gives, and what every reader is told.
import type { Indicator } from './indicator.ts'

/** Something of a feed that cannot be matched, and why; `line` counts from 1, 0 where there is none. */
export interface Unread {
  readonly line: number
  readonly text: string
}
export type Read = Indicator | Unread
export const isUnread = (read: Read): read is Unread => !('type' in read)

/** How a feed is read. */
export interface FeedContext {
  /** Name of the feed. */
  readonly feed: string
  /** When an indicator ends that does not say so itself: from its last sighting where it tells one, else from the file's time. */
  readonly lasts: number
  readonly fileTime: number
}

export const usualConfidence = 50

/** A number from 0 to 100; words as STIX, MISP and feeds use them. Half where nothing is said. */
export function confidenceOf(said: unknown): number {
  const words: Readonly<Record<string, number>> = {
    none: 0,
    low: 15,
    medium: 50,
    moderate: 50,
    high: 85,
    confirmed: 95,
  }
  if (typeof said === 'number' || (typeof said === 'string' && /^\d{1,3}(\.\d{1,6})?%?$/.test(said.trim()))) {
    const number = typeof said === 'number' ? said : Number.parseFloat(said)
    return Number.isFinite(number) ? Math.min(100, Math.max(0, Math.round(number))) : usualConfidence
  }
  return typeof said === 'string' ? (words[said.trim().toLowerCase()] ?? usualConfidence) : usualConfidence
}

const seconds = /^\d{9,10}$/
/** A time as feeds write it: ISO 8601, with a blank, or seconds since 1970; in UTC where nothing is said. */
export function feedTime(said: unknown): number | undefined {
  if (typeof said === 'number') return said > 1e11 ? said : said * 1000
  if (typeof said !== 'string' || said.trim() === '') return undefined
  const text = said.trim()
  if (seconds.test(text)) return Number(text) * 1000
  const bare = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/.test(text)
  const time = Date.parse(bare ? `${text.replace(' ', 'T')}Z` : text.replace(/ UTC$/, 'Z'))
  return Number.isNaN(time) ? undefined : time
}

const longestLabel = 120
export const labelOf = (text: unknown): string =>
  typeof text === 'string' ? text.replace(/\s+/g, ' ').trim().slice(0, longestLabel) : ''
