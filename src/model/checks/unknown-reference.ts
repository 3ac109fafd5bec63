// Names that lead nowhere: parents, zones, ends of flows and of trust, data and assets that others name.
import type { Issue } from '#kernel'
import { error } from '../issues.ts'
import { type Part, partName, parts } from '../source.ts'
import { suggester } from '../suggest.ts'
import type { Entry, Written } from '../written.ts'
import type { Check } from './check.ts'

interface Reference {
  readonly to: Part
  readonly names: readonly string[]
  /** Path of the name at this index, below the entry. */
  readonly path: (index: number) => readonly PropertyKey[]
}

const one = (to: Part, key: string, name: string | undefined): Reference => ({
  to,
  names: name === undefined ? [] : [name],
  path: () => [key],
})
const many = (to: Part, key: string, names: readonly string[]): Reference => ({ to, names, path: (at) => [key, at] })
/** Assets named plainly, or with more about them. */
const mixed = (key: string, names: readonly (string | { readonly asset: string })[]): Reference => ({
  to: 'assets',
  names: names.map((name) => (typeof name === 'string' ? name : name.asset)),
  path: (at) => (typeof names[at] === 'string' ? [key, at] : [key, at, 'asset']),
})
/** A name in the entry's own key. */
const inKey = (to: Part, name: string): Reference => ({ to, names: [name], path: () => [] })

export const unknownReference: Check = {
  code: 'unknown-reference',
  does: 'every name leads to an entry: parents, zones, assets, data',
  wantsAll: true,
  find(model, code) {
    const known = knownIds(model)
    const say = <Value>(
      from: Part,
      entries: Iterable<Entry<Value>>,
      references: (value: Value) => readonly Reference[],
    ) => [...entries].flatMap((entry) => dangling({ code, from, known, entry }, references(entry.value)))
    return [
      ...say('zones', model.zones.values(), (zone) => [one('zones', 'parent', zone.parent)]),
      ...say('assets', model.assets.values(), (asset) => [
        one('zones', 'zone', asset.zone),
        many('data', 'stores', asset.stores),
        ...Object.entries(asset.instances).map(([name, instance]) => ({
          ...one('zones', 'zone', instance.zone),
          path: () => ['instances', name, 'zone'],
        })),
      ]),
      ...say('flows', model.flows.values(), (flow) => [
        ...ends(flow),
        many('data', 'data', flow.data),
        many('data', 'back', flow.back),
      ]),
      ...say('services', model.services.values(), ({ needs }) => [mixed('needs', needs)]),
      ...say('people', model.people.values(), ({ zone, uses }) => [one('zones', 'zone', zone), mixed('uses', uses)]),
      ...say('trust', model.trust.values(), ends),
      ...say('assumptions', model.assumptions.values(), ({ about }) => [many('assets', 'about', about)]),
    ]
  },
}

const ends = ({ from, to }: { readonly from: string; readonly to: string }): Reference[] => [
  inKey('assets', from),
  ...(from === to ? [] : [inKey('assets', to)]),
]

type Ids = ReadonlyMap<Part, { readonly all: ReadonlySet<string>; readonly help: (name: string) => string }>

const knownIds = (model: Written): Ids =>
  new Map(
    parts.map((part) => {
      const listed = [...model[part].keys(), ...model.broken[part]]
      return [part, { all: new Set(listed), help: suggester(listed) }]
    }),
  )

interface From {
  readonly code: string
  readonly from: Part
  readonly known: Ids
  readonly entry: Pick<Entry<unknown>, 'id' | 'place'>
}

function dangling({ code, from, known, entry }: From, references: readonly Reference[]): Issue[] {
  return references.flatMap(({ to, names, path }) =>
    names.flatMap((name, at) => {
      const ids = known.get(to)
      if (!ids || ids.all.has(name)) return []
      const text = `${partName(from)} ${entry.id} names the ${partName(to)} ${name}, which does not exist`
      return [error(code, entry.place(path(at)), text, ids.help(name))]
    }),
  )
}
