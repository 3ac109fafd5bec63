// Numbers and parts of times as rules compare them.

/** A decimal number, in a form that compares exactly where both are whole: a BigInt beyond 2^53. Anything else is not a number. */
export function numberOf(text: string): number | bigint | undefined {
  if (text.length > 400 || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?$/i.test(text)) return undefined
  const number = Number(text)
  if (!Number.isFinite(number)) return undefined
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^[+-]?\d+$/.test(text)
    ? BigInt(text.replace('+', ''))
    : number
}

export const relations = {
  lt: (a: number | bigint, b: number | bigint) => a < b,
  lte: (a: number | bigint, b: number | bigint) => a <= b,
  gt: (a: number | bigint, b: number | bigint) => a > b,
  gte: (a: number | bigint, b: number | bigint) => a >= b,
} as const
export type Relation = keyof typeof relations

/** Days since the Monday of ISO 8601 week 1, in weeks. */
function isoWeek(at: Date): number {
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()) / 86_400_000
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3
  const year = new Date(thursday * 86_400_000).getUTCFullYear()
  return 1 + Math.floor((thursday - Date.UTC(year, 0, 1) / 86_400_000) / 7)
}

export const timeParts = {
  minute: (at: Date) => at.getUTCMinutes(),
  hour: (at: Date) => at.getUTCHours(),
  day: (at: Date) => at.getUTCDate(),
  week: isoWeek,
  month: (at: Date) => at.getUTCMonth() + 1,
  year: (at: Date) => at.getUTCFullYear(),
} as const
export type TimePart = keyof typeof timeParts

const written = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/** A time as logs write it, as UTC: ISO 8601 (no zone means UTC), or seconds, milliseconds, microseconds or nanoseconds since 1970. */
export function timeOf(text: string): Date | undefined {
  if (/^\d{9,19}(\.\d+)?$/.test(text)) {
    const digits = text.replace(/\..*$/, '').length
    const scale = digits <= 11 ? 1000 : digits <= 14 ? 1 : digits <= 17 ? 1e-3 : 1e-6
    return new Date(Math.floor(Number(text) * scale))
  }
  const found = written.exec(text)
  if (!found) return undefined
  const [, day = '', clock = '00:00', zone = 'Z'] = found
  const fine = clock.replace(/(\.\d{3})\d+$/, '$1')
  const at = new Date(`${day}T${fine}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
