// Days as the forms of this page write them, in UTC, as the server reads them.
const dayLength = 86_400_000

/** The day so many days after a time: 2027-01-31. */
export const dayAfter = (at: number, days: number): string => new Date(at + days * dayLength).toISOString().slice(0, 10)

/** The end of a day; undefined for a text that is none. */
export function endOfDay(day: string): number | undefined {
  const begin = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isNaN(begin) ? undefined : begin + dayLength
}
