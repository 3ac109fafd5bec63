// Chances and frequencies as people grasp them: `1 in 55`, `1.8%`, `once in 8 years`.
import { countText } from './number.ts'

const twoDigits = (n: number): number => Number(n.toPrecision(2))

/** Small fractions that are read at a glance, as [n, of]. */
const fractions: readonly (readonly [number, number])[] = [
  ...([2, 3, 4, 5, 10] as const).flatMap((of) => Array.from({ length: of - 1 }, (_, at) => [at + 1, of] as const)),
  [19, 20],
  [99, 100],
]

/** `1 in 55`, `2 in 3`, `1 in 1,200`; `never` for 0 and `certain` for 1. */
export function chanceText(probability: number): string {
  if (!(probability > 0)) return 'never'
  if (probability > 0.995) return 'certain'
  if (probability < 0.18) {
    const of = 1 / probability
    if (of > 1e9) return 'less than 1 in a billion'
    return `1 in ${countText(of < 100 ? Math.round(of) : twoDigits(of))}`
  }
  const [first = [1, 1] as const, ...others] = fractions
  const far = ([n, of]: readonly [number, number]): number => Math.abs(n / of - probability)
  const [n, of] = others.reduce((best, one) => (far(one) < far(best) - 1e-9 ? one : best), first)
  return `${n} in ${of}`
}

/** `36%`, `1.8%`, `0.018%`: two digits that count. */
export function percentText(probability: number): string {
  const percent = probability * 100
  if (percent > 0 && percent < 0.001) return '<0.001%'
  if (percent < 100 && percent >= 99.5) return '>99%'
  return `${twoDigits(percent)}%`
}

/** A factor of a product: `0.36`, `2`, `0.0018`. */
export const factorText = (factor: number): string => String(twoDigits(factor))

/** `2 a year`, `once in 8 years`. */
export function perYearText(perYear: number): string {
  if (!(perYear > 0)) return 'never'
  if (perYear >= 0.95) return `${twoDigits(perYear)} a year`
  const years = 1 / perYear
  if (years > 10_000) return 'once in 10,000 years or less'
  return `once in ${countTextFine(years)} years`
}
const countTextFine = (n: number): string => (n < 10 ? String(twoDigits(n)) : countText(twoDigits(n)))
