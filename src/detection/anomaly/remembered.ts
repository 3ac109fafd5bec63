// Answers kept for texts that come again and again: accounts, machines, programs. The same answer is the same string, hashed once.

const most = 4_096

/** A pure function of a text with its last answers at hand. Bounded: when there are too many, all are let go. */
export function remembered<Answer>(of: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = of(text)
    if (known.size >= most) known.clear()
    known.set(text, answer)
    return answer
  }
}

/** Two texts as one key, `first|second`, without making it anew each time. */
export function pairKeys(): (first: string, second: string) => string {
  const keys = remembered((first) => remembered((second) => `${first}|${second}`))
  return (first, second) => keys(first)(second)
}
