// Robust arithmetic: medians and what is left when outliers are not believed.

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** Middle of sorted values; 0 of none. */
export function middleOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}
export const median = (values: readonly number[]): number => middleOf(ascending(values))

/** Median absolute deviation from the median, unscaled. */
export function deviation(values: readonly number[], centre = median(values)): number {
  return median(values.map((value) => Math.abs(value - centre)))
}

/** Value below which this share of the values lies (nearest rank); 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = ascending(values)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0
}

/** Shannon entropy of a text's characters, bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const radius = 6371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

export interface Spot {
  readonly lat: number
  readonly lon: number
}
/** Great-circle distance in kilometres (haversine). */
export function distance(a: Spot, b: Spot): number {
  const lat = Math.sin(radians(b.lat - a.lat) / 2) ** 2
  const lon = Math.sin(radians(b.lon - a.lon) / 2) ** 2
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(lat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lon)))
}

export const day = 86_400_000
export const hour = 3_600_000

const rounded = (value: number): string => (Math.round(value * 100) / 100).toString()
/** A number as people read it: `1,234.5`. */
export const shown = (value: number): string => {
  const [whole = '', rest] = rounded(value).split('.')
  const grouped = whole.replaceAll(/\B(?=(?:\d{3}){1,7}$)/g, ',')
  return rest === undefined ? grouped : `${grouped}.${rest}`
}
/** Bytes as people read them: `312 MB`. */
export function shownBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${shown(Number((bytes / 1000 ** step).toPrecision(3)))} ${units[step] ?? ''}`
}
/** `2026-03-02 14:01`, UTC. Empty for a moment that no calendar has. */
export const shownTime = (time: number): string =>
  Math.abs(time) > 8.64e15 || Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ')
export const shownDay = (dayNumber: number): string => shownTime(dayNumber * day).slice(0, 10)

/** Names in a row, the first few and how many more. */
export const some = (names: readonly string[], most = 5): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
