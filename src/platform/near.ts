// "Did you mean": the known word closest to what was written.

/** The smallest number of letters to insert, drop, change or swap with a neighbour to make `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      next.push(swapped ? Math.min(best, (before[j - 2] ?? 0) + 1) : best)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_ .]/g, '')
const longest = 64

const shortestBeginning = 3

/** The known word that was probably meant, if one is close: it begins so, or at most a third of its letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > longest) return undefined
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(plain(word), plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)
  const beginning = known.find((candidate) => plain(candidate).startsWith(plain(word)))
  return ranked[0]?.candidate ?? (plain(word).length >= shortestBeginning ? beginning : undefined)
}

/** A help text for an unknown word: the near one, else what there is. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  if (near !== undefined) return `did you mean ${near}?`
  const shown = known.slice(0, 20).join(', ')
  return known.length === 0 ? 'take it out' : `known here: ${shown}${known.length > 20 ? ', …' : ''}`
}
