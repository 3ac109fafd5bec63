// Patterns of host names: * stands for any letters, ? for one.

export const isGlob = (text: string): boolean => text.includes('*') || text.includes('?')

/** Whether the whole text fits the pattern. Takes at most (length of pattern × length of text) steps, whatever they are. */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0
  let star = -1
  let tried = 0
  let t = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p
      tried = t
      p += 1
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1
      t += 1
    } else if (star >= 0) {
      p = star + 1
      tried += 1
      t = tried
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}
