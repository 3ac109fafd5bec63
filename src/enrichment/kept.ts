// Answers remembered, so that what is seen again and again costs nothing.
const mostKept = 50_000

/** The function with its answers remembered; beyond 50,000 all are forgotten. `clear` forgets them at once. */
export function kept<T>(find: (text: string) => T): { (text: string): T; clear(): void } {
  const answers = new Map<string, { readonly value: T }>()
  const answer = (text: string): T => {
    const known = answers.get(text)
    if (known) return known.value
    const value = find(text)
    if (answers.size >= mostKept) answers.clear()
    answers.set(text, { value })
    return value
  }
  return Object.assign(answer, { clear: () => answers.clear() })
}
