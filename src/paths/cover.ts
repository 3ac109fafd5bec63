// The cheapest set of items that meets every one of some sets: branch and bound, with the gap when it is cut off.

export interface Cover {
  readonly items: readonly number[]
  readonly price: number
  /** No set of items that meets them all is cheaper than this; equals `price` when the search was complete. */
  readonly bound: number
}

const priceOf = (items: Iterable<number>, prices: ArrayLike<number>): number => {
  let sum = 0
  for (const item of items) sum += prices[item] ?? 0
  return sum
}

/** The cheapest items of which every set holds at least one (minimum hitting set). No set may be empty. `budget` bounds the branches looked at. */
export function cheapestCover(sets: readonly (readonly number[])[], prices: ArrayLike<number>, budget = 50_000): Cover {
  const wanted = minimal(sets)
  let best = greedy(wanted, prices)
  let price = priceOf(best, prices)
  let left = budget
  let open = Infinity
  const walk = (
    rest: readonly (readonly number[])[],
    taken: readonly number[],
    barred: ReadonlySet<number>,
    spent: number,
  ): void => {
    if (rest.length === 0) {
      if (spent < price) [best, price] = [[...taken], spent]
      return
    }
    const bound = spent + packing(rest, prices, barred)
    if (bound >= price) return
    if (left <= 0) {
      open = Math.min(open, bound)
      return
    }
    left -= 1
    const branch = choicesOf(rest, barred)
    const closed = new Set(barred)
    for (const item of branch) {
      walk(
        rest.filter((set) => !set.includes(item)),
        [...taken, item],
        closed,
        spent + (prices[item] ?? 0),
      )
      closed.add(item)
    }
  }
  walk(wanted, [], new Set(), 0)
  return { items: best.toSorted((a, b) => a - b), price, bound: Math.min(price, open) }
}

/** Sets that hold another set are met whenever that one is. */
function minimal(sets: readonly (readonly number[])[]): (readonly number[])[] {
  const sorted = sets.map((set) => [...new Set(set)]).toSorted((a, b) => a.length - b.length)
  const kept: number[][] = []
  for (const set of sorted) if (!kept.some((small) => small.every((item) => set.includes(item)))) kept.push(set)
  return kept
}

/** The items of the set with the fewest that may still be taken: one of them must be. Those in most sets come first. */
function choicesOf(rest: readonly (readonly number[])[], barred: ReadonlySet<number>): number[] {
  let fewest: number[] | undefined
  for (const set of rest) {
    const free = set.filter((item) => !barred.has(item))
    if (!fewest || free.length < fewest.length) fewest = free
  }
  const inSets = (item: number) => rest.filter((set) => set.includes(item)).length
  return (fewest ?? []).toSorted((a, b) => inSets(b) - inSets(a) || a - b)
}

/** What sets without a common item cost at least: each must be paid for. Infinity when one cannot be met. */
function packing(rest: readonly (readonly number[])[], prices: ArrayLike<number>, barred: ReadonlySet<number>): number {
  const used = new Set<number>()
  let sum = 0
  for (const set of rest) {
    const free = set.filter((item) => !barred.has(item))
    if (free.length === 0) return Infinity
    if (set.some((item) => used.has(item))) continue
    for (const item of set) used.add(item)
    sum += Math.min(...free.map((item) => prices[item] ?? 0))
  }
  return sum
}

function greedy(sets: readonly (readonly number[])[], prices: ArrayLike<number>): number[] {
  let rest = [...sets]
  const taken: number[] = []
  while (rest.length > 0) {
    const meets = new Map<number, number>()
    for (const set of rest) for (const item of set) meets.set(item, (meets.get(item) ?? 0) + 1)
    const worth = ([item, count]: [number, number]) => (prices[item] ?? 0) / count
    const [pick] = [...meets].reduce((a, b) => (worth(b) < worth(a) ? b : a))
    taken.push(pick)
    rest = rest.filter((set) => !set.includes(pick))
  }
  let kept = taken
  for (const item of taken) {
    const without = kept.filter((other) => other !== item)
    if (sets.every((set) => set.some((one) => without.includes(one)))) kept = without
  }
  return kept
}
