// Unknown material narrowed: what is not of the form asked for is empty, never an error.

export type Fields = Readonly<Record<string, unknown>>

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const mapOf = (value: unknown): Fields => (isMap(value) ? value : {})
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const mapsOf = (value: unknown): readonly Fields[] => listOf(value).filter(isMap)

/** A scalar as text; anything else is empty. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/** The scalars of a list as texts, a scalar alone as a list of one, or the keys of a map. Empty ones are left out. */
export const textsOf = (value: unknown): string[] =>
  (isMap(value) ? Object.keys(value) : Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter(
    (text) => text !== '',
  )

/** A whole number within bounds, also one written as text. */
export function wholeOf(value: unknown, least: number, most: number): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : NaN
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

/** A port that can be written down. */
export const portOf = (value: unknown): number | undefined => wholeOf(value, 1, 65_535)

/** What a table says of a word that others wrote; `constructor` is a word like any other. */
export const entryOf = <Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined

/** Follows keys and indexes; undefined where there is nothing. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((here, key) => (typeof key === 'number' ? listOf(here)[key] : entryOf(mapOf(here), key)), value)

/** Each value once, in order of first sight. */
export const once = <Item>(items: Iterable<Item>): Item[] => [...new Set(items)]

/** Items under the key that each has, in order of first sight. */
export function grouped<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
