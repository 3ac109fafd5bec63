// What a drawing shows: the boxes of a view, the zones around them, and one line for all flows from one box to another.
import {
  type Asset,
  assetsOfView,
  type Criticality,
  criticalities,
  type Estate,
  type Flow,
  type View,
  type Zone,
} from '#model'
import { type Bundle, bundlesOf, titleOf } from './group.ts'
import type { Grouping, Scope, ShownLink, ShownNode, ShownZone } from './types.ts'

/** What of the estate is asked for. */
export interface Ask {
  readonly view?: Pick<View, 'include' | 'exclude'>
  readonly group?: Grouping | ''
  /** Only assets that this query means. */
  readonly query?: string
}

/** Boxes, zones and lines of a drawing, in the order of the estate. */
export function scopeOf(estate: Estate, { view, group = '', query = '' }: Ask): Scope {
  const zones = zonesById(estate.zones)
  const wanted = new Set(assetsOfView({ include: query, exclude: '' }, estate))
  const assets = assetsOfView(view ?? { include: '', exclude: '' }, estate).filter((asset) => wanted.has(asset))
  const bundles = bundlesOf(assets, group, (zone) => rootOf(zone, zones))
  const whole = assets.length === estate.assets.length
  const boxed = zonesShown(bundles, zones, whole)
  const nodes = bundles.map((bundle) => nodeOf(bundle, estate, zones, boxed))
  const { links, flows, inside } = linksOf(nodes, estate)
  return {
    zones: [...boxed.values()],
    nodes,
    links,
    hidden: { assets: estate.assets.length - assets.length, flows, inside },
  }
}

/** Zones by id. A parent that is not there, or that lies in a ring with the zone, is left out. */
function zonesById(zones: readonly Zone[]): Map<string, ShownZone> {
  const written = new Map(zones.map((zone) => [zone.id, zone]))
  const parentOf = ({ id, parent }: Zone): string | undefined => {
    const seen = new Set<string>()
    for (let at = parent; at !== undefined && !seen.has(at); at = written.get(at)?.parent) {
      if (at === id) return undefined
      seen.add(at)
    }
    return parent !== undefined && written.has(parent) ? parent : undefined
  }
  const shown = new Map<string, ShownZone>()
  for (const zone of written.values()) {
    const { id, title, trust } = zone
    const parent = parentOf(zone)
    shown.set(id, { id, title, trust, depth: 0, ...(parent === undefined ? {} : { parent }) })
  }
  for (const [id, zone] of shown) shown.set(id, { ...zone, depth: around(id, shown).length - 1 })
  return shown
}

/** A zone and those around it, outwards. A zone that does not exist has none. */
function around(id: string, zones: Zones): ShownZone[] {
  const all: ShownZone[] = []
  for (
    let zone = zones.get(id);
    zone && !all.includes(zone);
    zone = zone.parent === undefined ? undefined : zones.get(zone.parent)
  )
    all.push(zone)
  return all
}

const rootOf = (id: string, zones: Zones): string => around(id, zones).at(-1)?.id ?? id

/** Zones that are drawn as such: those around boxes, and empty ones where everything is shown. A zone that is itself one box is not. */
function zonesShown(bundles: readonly Bundle[], zones: Zones, whole: boolean): Map<string, ShownZone> {
  const folded = new Set(bundles.flatMap(({ by, zone }) => (by === 'zone' ? [zone] : [])))
  const needed = new Set(
    bundles.flatMap(({ by, zone }) => around(zone, zones).slice(by === 'zone' ? 1 : 0)).map(({ id }) => id),
  )
  const emptied = new Set(
    bundles.flatMap(({ assets }) => assets.flatMap(({ zone }) => around(zone, zones).map(({ id }) => id))),
  )
  const fits = ({ id }: ShownZone): boolean => needed.has(id) || (whole && !folded.has(id) && !emptied.has(id))
  return new Map([...zones].filter(([id]) => around(id, zones).every(fits)))
}

type Zones = ReadonlyMap<string, ShownZone>

function nodeOf(bundle: Bundle, estate: Estate, zones: Zones, boxed: Zones): ShownNode {
  const { by, zone, assets } = bundle
  const kinds = new Set(assets.map(({ kind }) => kind))
  const [kind = ''] = kinds
  const itself = zones.get(zone)
  const many = `${assets.length} ${assets.length === 1 ? 'asset' : 'assets'}`
  return {
    id: idOf(bundle),
    title: titleOf(bundle, estate),
    text: by === 'asset' ? kind : by === 'zone' && itself ? `${many}, trust ${itself.trust}` : many,
    kind: kinds.size === 1 ? kind : '',
    zone: [zone, itself?.parent ?? ''].find((id) => boxed.has(id)) ?? '',
    criticality: worst(assets),
    internetFacing: assets.some(({ internetFacing }) => internetFacing),
    group: by !== 'asset',
    assets: assets.map(({ id }) => id),
  }
}

/** Ids of groups say what is in them, so that a drawing keeps their places while what is in them changes. */
const idOf = ({ by, value, zone }: Bundle): string =>
  by === 'asset' ? value : by === 'zone' || by === 'rest' ? `group ${by} ${value}` : `group ${by} ${zone} ${value}`

const worst = (assets: readonly Asset[]): Criticality =>
  criticalities[Math.max(0, ...assets.map(({ criticality }) => criticalities.indexOf(criticality)))] ?? 'low'

/** One line for all flows from one box to another; how many flows lead out of the drawing or stay within a box. */
function linksOf(
  nodes: readonly ShownNode[],
  { assets, flows }: Estate,
): { links: ShownLink[]; flows: number; inside: number } {
  const nodeAt = new Map(nodes.flatMap((node) => node.assets.map((id) => [id, node.id] as const)))
  const zoneAt = new Map(assets.map(({ id, zone }) => [id, zone]))
  const between = new Map<string, { from: string; to: string; flows: Flow[] }>()
  let [out, inside] = [0, 0]
  for (const flow of flows) {
    const [from, to] = [nodeAt.get(flow.from), nodeAt.get(flow.to)]
    if (from === undefined || to === undefined) out += from === to ? 0 : 1
    else if (from === to) inside += 1
    else {
      const id = `${from} → ${to}`
      const known = between.get(id)
      if (known) known.flows.push(flow)
      else between.set(id, { from, to, flows: [flow] })
    }
  }
  const links = [...between].map(([id, { from, to, flows: all }]) => ({
    id,
    from,
    to,
    flows: all.map((flow) => flow.id),
    label: labelOf(all),
    crosses: all.some((flow) => zoneAt.get(flow.from) !== zoneAt.get(flow.to)),
    encrypted: all.every(({ encrypted }) => encrypted),
    authenticated: all.every(({ authentication }) => authentication !== '' && authentication !== 'none'),
  }))
  return { links, flows: out, inside }
}

/** `https 443`, `postgres 5432 +1`. */
function labelOf([first, ...more]: readonly Flow[]): string {
  if (!first) return ''
  const words = [first.protocol, first.port > 0 ? String(first.port) : '', more.length > 0 ? `+${more.length}` : '']
  return words.filter((word) => word !== '').join(' ')
}
