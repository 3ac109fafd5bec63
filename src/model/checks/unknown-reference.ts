// Names that lead nowhere: a zone's parent, an asset's zone, a flow's ends, the data and assets that others name.
import type { Issue } from '#kernel'
import { didYouMean } from '#platform'
import { error } from '../issues.ts'
import { type Kind, kindName } from '../source.ts'
import type { Entry, Written } from '../written.ts'
import type { Check } from './check.ts'

interface Reference {
  readonly to: Kind
  readonly names: readonly string[]
  /** Path of the name at this index, below the entry. */
  readonly path: (index: number) => readonly PropertyKey[]
}

const one = (to: Kind, key: string, name: string | undefined): Reference => ({
  to,
  names: name === undefined ? [] : [name],
  path: () => [key],
})
const many = (to: Kind, key: string, names: readonly string[]): Reference => ({ to, names, path: (at) => [key, at] })
/** A name in the entry's own key. */
const inKey = (to: Kind, name: string): Reference => ({ to, names: [name], path: () => [] })

export const unknownReference: Check = {
  code: 'unknown-reference',
  does: 'every name leads to an entry: parents, zones, assets, data',
  wantsAll: true,
  find(model, code) {
    const known = knownIds(model)
    const say = <Value>(
      from: Kind,
      entries: Iterable<Entry<Value>>,
      references: (value: Value) => readonly Reference[],
    ) => [...entries].flatMap((entry) => dangling({ code, from, known, entry }, references(entry.value)))
    return [
      ...say('zones', model.zones.values(), (zone) => [one('zones', 'parent', zone.parent)]),
      ...say('assets', model.assets.values(), (asset) => [
        one('zones', 'zone', asset.zone),
        many('data', 'stores', asset.stores),
      ]),
      ...say('flows', model.flows.values(), (flow) => [
        inKey('assets', flow.from),
        ...(flow.from === flow.to ? [] : [inKey('assets', flow.to)]),
        many('data', 'data', flow.data),
      ]),
      ...say('services', model.services.values(), (service) => [many('assets', 'needs', service.needs)]),
    ]
  },
}

type Ids = Readonly<Record<Kind, { readonly all: ReadonlySet<string>; readonly listed: readonly string[] }>>

function knownIds(model: Written): Ids {
  const ids = (kind: Kind) => {
    const listed = [...model[kind].keys(), ...model.broken[kind]]
    return { all: new Set(listed), listed }
  }
  return {
    zones: ids('zones'),
    assets: ids('assets'),
    flows: ids('flows'),
    data: ids('data'),
    services: ids('services'),
  }
}

interface From {
  readonly code: string
  readonly from: Kind
  readonly known: Ids
  readonly entry: Pick<Entry<unknown>, 'id' | 'place'>
}

function dangling({ code, from, known, entry }: From, references: readonly Reference[]): Issue[] {
  return references.flatMap(({ to, names, path }) =>
    names.flatMap((name, at) => {
      if (known[to].all.has(name)) return []
      const text = `${kindName[from]} ${entry.id} names the ${kindName[to]} ${name}, which does not exist`
      return [error(code, entry.place(path(at)), text, didYouMean(name, known[to].listed))]
    }),
  )
}
