// What the room passes around: a draft, its entries, and the account of what became of each element of a source.

export const nouns = ['zones', 'assets', 'flows', 'data', 'services', 'people'] as const
export type Noun = (typeof nouns)[number]
/** Where an element of a source can end: as an entry, or as a tag or a note when the model has no place for it. */
export type Place = Noun | 'tags' | 'notes'

/** A value of an entry: scalars, lists, maps. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined }

export type Values = Readonly<Record<string, Value | undefined>>

/** One entry as written, and what is said above it. */
export interface Entry {
  readonly values: Values
  readonly remarks: readonly string[]
}

/** What became of the elements of one noun of the source. */
export interface Counted {
  /** In the words of the source: `communication links`. */
  readonly noun: string
  readonly seen: number
  readonly became: Readonly<Partial<Record<Place, number>>>
}

/** Every element of the source is in `rows` once: seen = the sum of what they became. */
export interface Counts {
  /** Elements of the source by noun. */
  readonly seen: Readonly<Record<string, number>>
  /** Entries of the draft by noun: those that elements became and those added. */
  readonly written: Readonly<Record<Noun, number>>
  /** Entries that no single element stands for: the internet, a second flow of one rule. */
  readonly added: Readonly<Record<Noun, number>>
  readonly rows: readonly Counted[]
}

export interface Draft extends Readonly<Record<Noun, ReadonlyMap<string, Entry>>> {
  /** Where it comes from: `docker-compose: shop/compose.yml`. */
  readonly origin: string
  readonly notes: readonly string[]
  readonly counts: Counts
}

/** Entries while a draft is under work. */
export type Entries = Record<Noun, Map<string, Entry>>

/** A number for each noun. */
export const countsOf = (count: (noun: Noun) => number): Record<Noun, number> => ({
  zones: count('zones'),
  assets: count('assets'),
  flows: count('flows'),
  data: count('data'),
  services: count('services'),
  people: count('people'),
})
