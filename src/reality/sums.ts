// Observed flows, hosts and assets added up: in any order, in any parts, with one result.
import type { Observed, ObservedFlow, ObservedHost, SeenAsset } from './types.ts'

/** Names kept of one flow's applications and sources. */
const mostNames = 8

/** Both lists as one, sorted, the first few: so parts can be put together in any order. */
function united<Name extends string>(a: readonly Name[], b: readonly Name[]): readonly Name[] {
  const [only] = b
  if (only === undefined || (b.length === 1 && a.includes(only))) return a
  return [...new Set([...a, ...b])].sort().slice(0, mostNames)
}

interface Told {
  readonly last: number
  readonly event: string
}
/** Whether `b` is the later one; of two at the same moment, the one whose id comes first. */
const isLater = (a: Told, b: Told): boolean => b.last > a.last || (b.last === a.last && b.event < a.event)

/** Text that only this flow has. */
export const flowKey = ({ from, to, transport, port, attempt }: ObservedFlow): string =>
  `${from} ${to} ${transport} ${port}${attempt ? ' attempt' : ''}`

/** A sum that grows. */
export type Growing<Item> = { -readonly [Key in keyof Item]: Item[Key] }

/** Adds another sum of the same flow to this one. */
export function growFlow(sum: Growing<ObservedFlow>, more: ObservedFlow): void {
  if (isLater(sum, more)) {
    sum.event = more.event
    sum.fromAddress = more.fromAddress
    sum.toAddress = more.toAddress
  }
  if (more.first < sum.first) sum.first = more.first
  if (more.last > sum.last) sum.last = more.last
  sum.count += more.count
  sum.sealed += more.sealed
  sum.plain += more.plain
  sum.bytes = Math.min(sum.bytes + more.bytes, Number.MAX_SAFE_INTEGER)
  sum.applications = united(sum.applications, more.applications)
  sum.sources = united(sum.sources, more.sources)
  sum.witnesses = united(sum.witnesses, more.witnesses)
}

/** Two sums of one flow as one. */
export function addFlows(a: ObservedFlow, b: ObservedFlow): ObservedFlow {
  const sum = { ...a }
  growFlow(sum, b)
  return sum
}

/** Two sums of one host as one. */
export const addHosts = (a: ObservedHost, b: ObservedHost): ObservedHost => ({
  address: a.address,
  name: a.name === '' || (b.name !== '' && b.name < a.name) ? b.name : a.name,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  count: a.count + b.count,
  event: isLater(a, b) ? b.event : a.event,
})

/** Two sums of one asset as one. */
export const addSeen = (a: SeenAsset, b: SeenAsset): SeenAsset => ({
  asset: a.asset,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  count: a.count + b.count,
})

/** Adds items up by key. */
export function sumBy<Item>(
  items: Iterable<Item>,
  key: (item: Item) => string,
  add: (a: Item, b: Item) => Item,
): Map<string, Item> {
  const sums = new Map<string, Item>()
  for (const item of items) {
    const name = key(item)
    const before = sums.get(name)
    sums.set(name, before === undefined ? item : add(before, item))
  }
  return sums
}

/** What several parts of the events showed, as if they had been looked at as one. */
export const together = (parts: readonly Observed[]): Observed => ({
  flows: [
    ...sumBy(
      parts.flatMap(({ flows }) => flows),
      flowKey,
      addFlows,
    ).values(),
  ],
  hosts: [
    ...sumBy(
      parts.flatMap(({ hosts }) => hosts),
      ({ address }) => address,
      addHosts,
    ).values(),
  ],
  seen: [
    ...sumBy(
      parts.flatMap(({ seen }) => seen),
      ({ asset }) => asset,
      addSeen,
    ).values(),
  ],
})
