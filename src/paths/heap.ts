// A binary heap: the smallest key first; of equal keys the smallest second key.

export interface Heap<T> {
  readonly size: number
  push(key: number, second: number, item: T): void
  pop(): T | undefined
  /** The smallest key; Infinity when empty. */
  least(): number
  /** Everything in it, in no order. */
  all(): readonly T[]
}

interface Entry<T> {
  readonly key: number
  readonly second: number
  readonly item: T
}

const before = <T>(a: Entry<T>, b: Entry<T>): boolean => a.key < b.key || (a.key === b.key && a.second < b.second)

export function heap<T>(): Heap<T> {
  const entries: Entry<T>[] = []
  const up = (entry: Entry<T>): void => {
    let at = entries.length - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = entries[above]
      if (!parent || !before(entry, parent)) break
      entries[at] = parent
      at = above
    }
    entries[at] = entry
  }
  const down = (entry: Entry<T>): void => {
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      let child = entries[below]
      const other = entries[below + 1]
      if (child && other && before(other, child)) [below, child] = [below + 1, other]
      if (!child || !before(child, entry)) break
      entries[at] = child
      at = below
    }
    entries[at] = entry
  }
  return {
    get size() {
      return entries.length
    },
    push(key, second, item) {
      const entry = { key, second, item }
      entries.push(entry)
      up(entry)
    },
    pop() {
      const first = entries[0]
      const last = entries.pop()
      if (last && entries.length > 0) down(last)
      return first?.item
    },
    least: () => entries[0]?.key ?? Infinity,
    all: () => entries.map(({ item }) => item),
  }
}
