// What is written → the estate that other rooms read: defaults filled in, everything with its place.
import { zoneCycles } from './checks/zone-cycle.ts'
import type { Estate } from './types.ts'
import type { Entry, Written } from './written.ts'

/**
 * The estate of a model, also of one with problems: a parent that does not exist or closes a ring is left out, and so are flows whose ends are no
 * assets and names of data or assets that do not exist. An asset keeps its zone as written, so that events still find it.
 */
export function resolveModel(name: string, model: Written): Estate {
  const cut = new Set(zoneCycles(model.zones).map(([first]) => first))
  const parent = (id: string, named: string | undefined) =>
    named === undefined || !model.zones.has(named) || cut.has(id) ? {} : { parent: named }
  return {
    name,
    zones: all(model.zones, ({ parent: named, ...zone }, id) => ({
      ...zone,
      title: zone.title ?? id,
      ...parent(id, named),
    })),
    assets: all(model.assets, (asset, id) => ({
      ...asset,
      title: asset.title ?? id,
      stores: asset.stores.filter((data) => model.data.has(data)),
    })),
    flows: all(model.flows, ({ from, to, protocol, port, encrypted, authentication, data }) => ({
      from,
      to,
      protocol,
      port,
      encrypted,
      authentication,
      data: data.filter((one) => model.data.has(one)),
    })).filter(({ from, to }) => model.assets.has(from) && model.assets.has(to)),
    data: all(model.data, (data, id) => ({ ...data, title: data.title ?? id })),
    services: all(model.services, (service, id) => ({
      ...service,
      title: service.title ?? id,
      needs: service.needs.filter((asset) => model.assets.has(asset)),
    })),
  }
}

interface Placed {
  readonly id: string
  readonly at: { file: string; line: number }
}

const all = <Value, Noun>(
  entries: ReadonlyMap<string, Entry<Value>>,
  noun: (value: Value, id: string) => Noun,
): (Noun & Placed)[] =>
  [...entries.values()].map(({ id, value, place }) => {
    const { file, line = 1 } = place()
    return { id, ...noun(value, id), at: { file, line } }
  })
