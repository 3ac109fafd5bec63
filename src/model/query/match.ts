// Which assets a query means.
import { globMatches, isGlob } from '../glob.ts'
import type { Asset, Estate } from '../types.ts'
import { type Field, parseQuery, type Query } from './parse.ts'

/** The zones around each zone, itself first. A ring ends where it closes. */
export function zonesAround(zones: Estate['zones']): (id: string) => readonly string[] {
  const parents = new Map(zones.map(({ id, parent }) => [id, parent]))
  const known = new Map<string, readonly string[]>()
  return (id) => {
    const before = known.get(id)
    if (before) return before
    const all = new Set<string>()
    for (let at: string | undefined = id; at !== undefined && !all.has(at); at = parents.get(at)) all.add(at)
    const around = [...all]
    known.set(id, around)
    return around
  }
}

type Around = (zone: string) => readonly string[]

/** What an asset has to say to each field. */
const valuesOf: Readonly<Record<Field, (asset: Asset, around: Around) => readonly string[]>> = {
  id: ({ id }) => [id],
  kind: ({ kind }) => [kind],
  category: ({ category }) => [category],
  technology: ({ technology }) => [technology],
  zone: ({ zone, instances }, around) => [zone, ...instances.map((one) => one.zone)].flatMap(around),
  owner: ({ owner }) => [owner],
  criticality: ({ criticality }) => [criticality],
  environment: ({ environment, instances }) => [environment, ...instances.map((one) => one.environment)],
  site: ({ instances }) => instances.map(({ site }) => site),
  data: ({ stores }) => stores,
  tag: ({ tags }) => tags,
  trait: ({ traits }) => traits,
  control: ({ controls }) => controls,
  weakness: ({ weaknesses }) => weaknesses,
  internet: ({ internetFacing }) => [internetFacing ? 'yes' : 'no'],
}

function fits(query: Query, asset: Asset, around: Around): boolean {
  switch (query.is) {
    case 'and':
      return fits(query.left, asset, around) && fits(query.right, asset, around)
    case 'or':
      return fits(query.left, asset, around) || fits(query.right, asset, around)
    case 'not':
      return !fits(query.of, asset, around)
    case 'term': {
      const said = valuesOf[query.field](asset, around).map((one) => one.toLowerCase())
      return query.values.some(({ text }) => {
        const wanted = text.toLowerCase()
        return isGlob(wanted) ? said.some((one) => globMatches(wanted, one)) : said.includes(wanted)
      })
    }
  }
}

/** The assets that a query means, in the order of the estate. Upper and lower case are one. */
export function assetsFor(query: Query, estate: Pick<Estate, 'assets' | 'zones'>): Asset[] {
  const around = zonesAround(estate.zones)
  return estate.assets.filter((asset) => fits(query, asset, around))
}

/** The assets of a view. A query with a fault means none where it includes, and nothing where it excludes. */
export function assetsOfView(
  { include, exclude }: { readonly include: string; readonly exclude: string },
  estate: Pick<Estate, 'assets' | 'zones'>,
): Asset[] {
  const inside = include.trim() === '' ? estate.assets : assetsForText(include, estate)
  const outside = exclude.trim() === '' ? [] : assetsForText(exclude, estate)
  const out = new Set(outside.map(({ id }) => id))
  return inside.filter(({ id }) => !out.has(id))
}

function assetsForText(text: string, estate: Pick<Estate, 'assets' | 'zones'>): Asset[] {
  const query = parseQuery(text)
  return query.ok ? assetsFor(query.value, estate) : []
}
