// An estate of before with the names of now, so that what was only renamed is not gone and new.
import { flowEnds, flowId, partNameOf } from '../names.ts'
import type { Asset, Estate, Flow, Move } from '../types.ts'

type Name = (id: string) => string

/** For each part the way from names of before to names of now. */
export function namesOf(moves: readonly Move[]): (part: string) => Name {
  const byPart = new Map<string, Map<string, string>>()
  for (const { from, to } of moves) {
    const [old, now] = [partNameOf(from), partNameOf(to)]
    if (!old || !now || old.part !== now.part) continue
    const names = byPart.get(old.part) ?? new Map<string, string>()
    byPart.set(old.part, names.set(old.id, now.id))
  }
  return (part) => (id) => byPart.get(part)?.get(id) ?? id
}

/** The estate with every moved name replaced, wherever it stands. */
export function renamed(estate: Estate, moves: readonly Move[]): Estate {
  if (moves.length === 0) return estate
  const names = namesOf(moves)
  const [asset, zone, data] = [names('assets'), names('zones'), names('data')]
  return {
    ...estate,
    zones: estate.zones.map((one) => ({
      ...titled(one, zone),
      ...(one.parent === undefined ? {} : { parent: zone(one.parent) }),
    })),
    assets: estate.assets.map((one) => renamedAsset(one, { asset, zone, data })),
    flows: estate.flows.map((one) => renamedFlow(one, asset, data)),
    data: estate.data.map((one) => titled(one, data)),
    services: estate.services.map((one) => ({
      ...titled(one, names('services')),
      needs: one.needs.map(asset),
      needsCount: one.needsCount.map((need) => ({ ...need, asset: asset(need.asset) })),
    })),
    people: estate.people.map((one) => ({
      ...titled(one, names('people')),
      zone: zone(one.zone),
      uses: one.uses.map((use) => ({ ...use, asset: asset(use.asset) })),
    })),
    trust: estate.trust.map((one) => {
      const [from, to] = [asset(one.from), asset(one.to)]
      return { ...one, id: idBetween(one.id, from, to), from, to }
    }),
    assumptions: estate.assumptions.map((one) => ({
      ...one,
      id: names('assumptions')(one.id),
      about: one.about.map(asset),
    })),
    views: estate.views.map((one) => titled(one, names('views'))),
  }
}

/** The new id, and the title with it where that is nothing but the id. */
function titled<Noun extends { id: string; title: string }>(noun: Noun, name: Name): Noun {
  const id = name(noun.id)
  return { ...noun, id, title: noun.title === noun.id ? id : noun.title }
}

const renamedAsset = (one: Asset, { asset, zone, data }: Record<'asset' | 'zone' | 'data', Name>): Asset => ({
  ...titled(one, asset),
  zone: zone(one.zone),
  stores: one.stores.map(data),
  instances: one.instances.map((instance) => ({
    ...instance,
    id: instance.id === one.id ? asset(one.id) : instance.id,
    zone: zone(instance.zone),
  })),
})

function renamedFlow(flow: Flow, asset: Name, data: Name): Flow {
  const [from, to] = [asset(flow.from), asset(flow.to)]
  return { ...flow, id: idBetween(flow.id, from, to), from, to, data: flow.data.map(data), back: flow.back.map(data) }
}

const idBetween = (id: string, from: string, to: string): string =>
  flowId({ from, to, label: flowEnds(id)?.label ?? '' })
