// How well what was typed fits an entry of the palette.

/** Where each typed character was found, and how well it fits; undefined when it does not. */
export interface Fit {
  readonly score: number
  readonly at: readonly number[]
}

const isBoundary = (text: string, at: number): boolean => at === 0 || /[\s\-_./:]/.test(text.charAt(at - 1))

/**
 * The typed characters in order, anywhere in the text; best when they begin words or stand together.
 * Takes the leftmost way from each possible first character and keeps the best; texts are short.
 */
export function fitOf(typed: string, text: string): Fit | undefined {
  const wanted = typed.toLowerCase().replaceAll(/\s+/g, '')
  const given = text.toLowerCase()
  if (wanted === '') return { score: 0, at: [] }
  let best: Fit | undefined
  for (let start = given.indexOf(wanted.charAt(0)); start >= 0; start = given.indexOf(wanted.charAt(0), start + 1)) {
    const fit = fitFrom(wanted, given, start)
    if (fit && (!best || fit.score > best.score)) best = fit
  }
  return best
}

function fitFrom(wanted: string, given: string, start: number): Fit | undefined {
  const at: number[] = []
  let score = 0
  let next = start
  for (const character of wanted) {
    const found = given.indexOf(character, next)
    if (found < 0) return undefined
    if (isBoundary(given, found)) score += found === 0 ? 10 : 8
    if (at.at(-1) === found - 1) score += 5
    score -= Math.min(4, found - next)
    at.push(found)
    next = found + 1
  }
  return { score: score - given.length / 100, at }
}

/** Entries that fit, best first; in their own order when nothing is typed. */
export function ranked<Entry>(typed: string, entries: readonly Entry[], textOf: (entry: Entry) => string): Entry[] {
  if (typed.trim() === '') return [...entries]
  return entries
    .flatMap((entry) => {
      const fit = fitOf(typed, textOf(entry))
      return fit ? [{ entry, score: fit.score }] : []
    })
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}
