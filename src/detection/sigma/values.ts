// Values of rules: texts with the wildcards * and ?, and how they compare with a field's text.
import { fold, isAscii } from './fold.ts'

/** A wildcard: any characters, exactly one character, or any one of the five dashes of `windash`. */
export interface Wild {
  readonly w: '*' | '?' | '-'
}
/** Literal texts and wildcards in order; no two texts stand side by side, no text is empty. */
export type Pattern = readonly (string | Wild)[]

export const any: Wild = { w: '*' }
export const one: Wild = { w: '?' }
export const dash: Wild = { w: '-' }
/** What `windash` takes for each other: hyphen, slash, en dash, em dash, horizontal bar. */
export const dashes = ['-', '/', '–', '—', '―'] as const

/** Puts texts that stand side by side together and drops empty ones and repeated stars. */
export function joined(parts: Pattern): Pattern {
  const all: (string | Wild)[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part
    else if (part !== '' && !(part === any && last === any)) all.push(part)
  }
  return all
}

/** A wildcard, or a backslash that may escape one. */
const special = /[*?]|\\\\/

/** A value as written (Sigma 2.1, "Escape Character"): `\*`, `\?` and `\\` are plain; a backslash before anything else is itself. */
export function patternOf(text: string): Pattern {
  if (!special.test(text)) return text === '' ? [] : [text]
  const parts: (string | Wild)[] = []
  let literal = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const next = text.charAt(at + 1)
    if (char === '\\' && (next === '\\' || next === '*' || next === '?')) {
      literal += next
      at++
    } else if (char === '*' || char === '?') {
      parts.push(literal, char === '*' ? any : one)
      literal = ''
    } else literal += char
  }
  return joined([...parts, literal])
}

/** The pattern as a person would write it, wildcards escaped where they are plain. */
export const patternText = (pattern: Pattern): string =>
  pattern.map((part) => (typeof part === 'string' ? part.replaceAll(/[*?]/g, String.raw`\$&`) : part.w)).join('')

const wildDash = (text: string, at: number): number => (dashes.some((each) => each === text.charAt(at)) ? at + 1 : -1)
const wildOne = (text: string, at: number): number =>
  at >= text.length ? -1 : at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)

/** Where a run without stars ends when it begins at `at`; -1 when it does not fit there. */
function runEnd(run: Pattern, text: string, at: number): number {
  let here = at
  for (const part of run) {
    if (typeof part === 'string') here = text.startsWith(part, here) ? here + part.length : -1
    else here = part === dash ? wildDash(text, here) : wildOne(text, here)
    if (here < 0) return -1
  }
  return here
}

/** The first place from `from` on where a run fits; answers where it ends, or -1. */
function runFound(run: Pattern, text: string, from: number): number {
  const [first] = run
  for (let at = from; at <= text.length; at++) {
    if (typeof first === 'string') at = text.indexOf(first, at)
    if (at < 0) return -1
    const end = runEnd(run, text, at)
    if (end >= 0) return end
    // A wildcard never begins inside a surrogate pair.
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++
  }
  return -1
}

function runsOf(pattern: Pattern): Pattern[] {
  const runs: (string | Wild)[][] = [[]]
  for (const part of pattern) {
    if (part === any) runs.push([])
    else runs.at(-1)?.push(part)
  }
  return runs
}

/** Whether the whole text fits. Time grows with the product of both lengths at most; nothing is tried twice after a star has fitted. */
function fits(runs: readonly Pattern[], lengths: readonly number[], text: string): boolean {
  const [first = []] = runs
  const end = runEnd(first, text, 0)
  if (runs.length === 1) return end === text.length
  let at = end
  for (let index = 1; index < runs.length - 1 && at >= 0; index++) at = runFound(runs[index] ?? [], text, at)
  if (at < 0) return false
  return endsWithRun(runs.at(-1) ?? [], lengths.at(-1) ?? 0, text, at)
}

/** Whether the last run fits at the end of the text without reaching before `from`. Only `?` can be two units long. */
function endsWithRun(run: Pattern, length: number, text: string, from: number): boolean {
  const wide = run.filter((part) => typeof part !== 'string' && part.w === '?').length
  for (let extra = 0; extra <= wide; extra++) {
    const at = text.length - length - extra
    if (at >= from && runEnd(run, text, at) === text.length && !insidePair(text, at)) return true
  }
  return false
}
const insidePair = (text: string, at: number): boolean => at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff

/** Makes the comparison of whole texts with a pattern. */
export function matcherOf(pattern: Pattern, cased: boolean): (text: string) => boolean {
  const same = cased ? (text: string) => text : fold
  const runs = runsOf(joined(pattern.map((part) => (typeof part === 'string' ? same(part) : part))))
  const lengths = runs.map((run) => run.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0))
  return (text) => fits(runs, lengths, same(text))
}

/** A folded text that must stand in a value for a test to hold: anywhere, or where the value begins or ends. */
export interface Literal {
  readonly text: string
  readonly start: boolean
  readonly end: boolean
  /** Seeing it is enough; else the test is tried on the value. */
  readonly sure: boolean
}

/** Most variants that dashes are written out to; a value with more of them keeps a dash wildcard. */
const mostVariants = 25

/** The pattern with its dash wildcards written out, where that makes few enough variants. */
export function dashVariants(pattern: Pattern, most = mostVariants): Pattern[] {
  let variants: Pattern[] = [[]]
  for (const part of pattern) {
    if (part === dash && variants.length * dashes.length <= most)
      variants = variants.flatMap((variant) => dashes.map((each) => [...variant, each]))
    else variants = variants.map((variant) => [...variant, part])
  }
  return variants.map(joined)
}

/** Literals of which at least one stands in every value that fits; none when the pattern has no text to look for. */
export function literalsOf(pattern: Pattern, cased: boolean): Literal[] | undefined {
  const variants = pattern.includes(dash) ? dashVariants(pattern) : [pattern]
  const literals = variants.flatMap((variant) => literalOf(variant, cased) ?? [])
  return literals.length < variants.length ? undefined : literals
}

function literalOf(pattern: Pattern, cased: boolean): Literal | undefined {
  const last = pattern.length - 1
  let sure = !cased
  let best = -1
  let longest = ''
  pattern.forEach((part, index) => {
    if (typeof part !== 'string') sure &&= part === any && (index === 0 || index === last)
    else if (part.length > longest.length) {
      best = index
      longest = part
    }
  })
  if (best < 0) return undefined
  const text = fold(longest)
  return { text, start: best === 0, end: best === last, sure: sure && isAscii(text) }
}
