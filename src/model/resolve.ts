// What is written → the estate that other rooms read: defaults filled in, everything with its place.
import { zoneCycles } from './checks/zone-cycle.ts'
import { resolveKinds } from './kinds/resolve-kinds.ts'
import { movesOf } from './moves.ts'
import { partNameOf } from './names.ts'
import { resolveAsset, resolveFlow } from './resolve-assets.ts'
import type { WrittenPerson, WrittenService } from './source.ts'
import type { Estate, Move, Person, Service } from './types.ts'
import type { Entry, Written } from './written.ts'

/**
 * The estate of a model, also of one with problems: a parent that does not exist or closes a ring is left out, and so are flows whose ends are no
 * assets and names of data, assets or zones that do not exist. An asset keeps its zone as written, so that events still find it.
 */
export function resolveModel(name: string, model: Written): Estate {
  const isAsset = (id: string) => model.assets.has(id)
  const isData = (id: string) => model.data.has(id)
  const known = resolveKinds(model.kinds)
  const assets = all(model.assets, (asset, id) => resolveAsset(asset, id, known))
  const byId = new Map(assets.map((asset) => [asset.id, asset]))
  const used = new Set([...assets.map(({ kind }) => kind), ...model.kinds.keys()])
  const joined = ({ value }: Entry<{ from: string; to: string }>) => isAsset(value.from) && isAsset(value.to)
  return {
    name,
    kinds: [...known.values()].filter(({ id }) => used.has(id)),
    zones: zonesOf(model.zones),
    assets,
    flows: all(only(model.flows, joined), (flow) => resolveFlow(flow, byId.get(flow.to), isData)),
    data: all(model.data, (data, id) => ({ ...data, title: data.title ?? id })),
    services: all(model.services, (service, id) => serviceOf(service, id, isAsset)),
    people: all(model.people, (person, id) => ({
      ...personOf(person, id, isAsset),
      zone: person.zone !== undefined && model.zones.has(person.zone) ? person.zone : '',
    })),
    trust: all(only(model.trust, joined), ({ from, to, as, factor }) => ({ from, to, as, factor })),
    assumptions: all(model.assumptions, (one) => ({ ...one, about: one.about.filter(isAsset) })),
    views: all(model.views, (view, id) => ({ ...view, title: view.title ?? id, groupBy: view.groupBy ?? '' })),
    moves: movesIn(model),
  }
}

type Entries<Value> = ReadonlyMap<string, Entry<Value>>

const only = <Value>(entries: Entries<Value>, keep: (entry: Entry<Value>) => boolean): Entries<Value> =>
  new Map([...entries].filter(([, entry]) => keep(entry)))

function zonesOf(zones: Written['zones']): Estate['zones'] {
  const cut = new Set(zoneCycles(zones).map(([first]) => first))
  return all(zones, ({ parent, ...zone }, id) => ({
    ...zone,
    title: zone.title ?? id,
    ...(parent === undefined || !zones.has(parent) || cut.has(id) ? {} : { parent }),
  }))
}

function serviceOf(service: WrittenService, id: string, isAsset: (id: string) => boolean): Omit<Service, 'id' | 'at'> {
  const needs = service.needs
    .map((need) => (typeof need === 'string' ? { asset: need, count: 1 } : need))
    .filter(({ asset }) => isAsset(asset))
  return { ...service, title: service.title ?? id, needs: needs.map(({ asset }) => asset), needsCount: needs }
}

const personOf = (
  { factor, uses, ...person }: WrittenPerson,
  id: string,
  isAsset: (id: string) => boolean,
): Omit<Person, 'id' | 'at' | 'zone'> => ({
  ...person,
  title: person.title ?? id,
  function: person.function || id,
  habits: [...new Set(person.habits)],
  uses: uses
    .map((use) =>
      typeof use === 'string' ? { asset: use, as: 'user' as const, factor } : { ...use, factor: use.factor ?? factor },
    )
    .filter(({ asset }) => isAsset(asset)),
})

/** Renames whose end exists. */
function movesIn(model: Written): Move[] {
  const ends = movesOf(model.moved)
  return [...model.moved.values()].flatMap(({ id: from, place }): Move[] => {
    const to = ends.get(from)
    const name = to === undefined ? undefined : partNameOf(to)
    if (to === undefined || !name || !model[name.part].has(name.id)) return []
    return [{ from, to, at: lineOf(place()) }]
  })
}

const lineOf = ({ file, line = 1 }: { file: string; line?: number }) => ({ file, line })

interface Placed {
  readonly id: string
  readonly at: { file: string; line: number }
}

const all = <Value, Noun>(entries: Entries<Value>, noun: (value: Value, id: string) => Noun): (Noun & Placed)[] =>
  [...entries.values()].map(({ id, value, place }) => ({ id, ...noun(value, id), at: lineOf(place()) }))
