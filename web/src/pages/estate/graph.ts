// The estate as a graph to lay out: zones as nested clusters, assets as boxes, flows between the same two assets as one line.
import type { Asset, Estate, Flow, Zone } from '../../client/nouns.ts'

/** Size of an asset's box in pixels. */
export const box = { width: 184, height: 52 } as const
const inch = 72

/** All flows between two assets in one direction. */
export interface Link {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly flows: readonly Flow[]
  /** It joins two zones. */
  readonly crosses: boolean
  /** Every flow in it is encrypted. */
  readonly encrypted: boolean
}
export interface Graph {
  readonly zones: readonly Zone[]
  readonly assets: readonly Asset[]
  readonly links: readonly Link[]
  /** Nesting of each zone, 0 outermost. */
  readonly depth: ReadonlyMap<string, number>
  /** Flows that cannot be drawn because an end is no asset. */
  readonly undrawn: number
}

/** How deep a zone lies; a ring of parents ends where it began. */
function depthOf(zone: Zone, byId: ReadonlyMap<string, Zone>): number {
  const seen = new Set([zone.id])
  let depth = 0
  for (let at = zone.parent; at !== undefined && byId.has(at) && !seen.has(at); at = byId.get(at)?.parent) {
    seen.add(at)
    depth += 1
  }
  return depth
}

export function graphOf(estate: Estate): Graph {
  const zones = new Map(estate.zones.map((zone) => [zone.id, zone]))
  const assets = new Map(estate.assets.map((asset) => [asset.id, asset]))
  const between = new Map<string, Flow[]>()
  let undrawn = 0
  for (const flow of estate.flows) {
    if (!assets.has(flow.from) || !assets.has(flow.to)) undrawn += 1
    else {
      const key = `${flow.from}→${flow.to}`
      between.set(key, [...(between.get(key) ?? []), flow])
    }
  }
  const links = [...between].flatMap(([id, flows]): Link[] => {
    const [first] = flows
    if (!first) return []
    const crosses = assets.get(first.from)?.zone !== assets.get(first.to)?.zone
    return [{ id, from: first.from, to: first.to, flows, crosses, encrypted: flows.every((flow) => flow.encrypted) }]
  })
  const depth = new Map(estate.zones.map((zone) => [zone.id, depthOf(zone, zones)]))
  return { zones: estate.zones, assets: estate.assets, links, depth, undrawn }
}

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ')}"`

/** One way to lay the graph out: which of Graphviz's engines, and what to tell it. */
export interface Plan {
  readonly engine: 'dot' | 'osage'
  readonly dot: string
}

/**
 * Ways to lay the graph out, in groups from the most to the least telling. Layers along the flows say most; where they
 * would become a thread much longer than wide, zones are packed side by side instead.
 */
export function plansOf(graph: Graph): readonly (readonly Plan[])[] {
  const layers = 'nodesep=0.28, ranksep=1.2, splines=spline'
  const plan = (engine: Plan['engine'], attributes: string): Plan => ({ engine, dot: dotOf(graph, attributes) })
  return [
    [plan('dot', `rankdir=LR, ${layers}`), plan('dot', `rankdir=TB, ${layers}`)],
    [1, 2, 3, 4, 6].map((columns) => plan('osage', `pack=24, packmode="array_${columns}", splines=line`)),
  ]
}

/**
 * The graph in Graphviz's language. Names are the places in the graph's lists (`z0`, `a0`, `l0`), so that no text of the model
 * can mean anything there; titles are given only to make room for them.
 */
export function dotOf(graph: Graph, attributes = ''): string {
  const zoneAt = new Map(graph.zones.map((zone, at) => [zone.id, at]))
  const assetAt = new Map(graph.assets.map((asset, at) => [asset.id, at]))
  const drawn = new Set<number>()
  const node = (at: number): string => `a${at};`
  const cluster = (at: number): string[] => {
    const zone = graph.zones[at]
    if (!zone || drawn.has(at)) return []
    drawn.add(at)
    const inner = graph.zones.flatMap((child, childAt) => (child.parent === zone.id ? cluster(childAt) : []))
    const assets = graph.assets.flatMap((asset, assetNumber) => (asset.zone === zone.id ? [node(assetNumber)] : []))
    const holder = inner.length === 0 && assets.length === 0 ? [`e${at} [width=1.6, height=0.3];`] : []
    return [`subgraph cluster_z${at} { label=${quoted(zone.title)};`, ...inner, ...assets, ...holder, '}']
  }
  const isOutermost = (zone: Zone): boolean => (graph.depth.get(zone.id) ?? 0) === 0
  const outer = graph.zones.flatMap((zone, at) => (isOutermost(zone) ? cluster(at) : []))
  const rest = graph.zones.flatMap((_, at) => cluster(at))
  const homeless = graph.assets.flatMap((asset, at) => (zoneAt.has(asset.zone) ? [] : [node(at)]))
  const lines = graph.links.map(
    ({ from, to }, at) => `a${assetAt.get(from) ?? 0} -> a${assetAt.get(to) ?? 0} [id=l${at}];`,
  )
  return [
    'digraph estate {',
    `graph [compound=true, fontsize=15, margin=18, labeljust=l, ${attributes}];`,
    `node [shape=box, fixedsize=true, label="", width=${box.width / inch}, height=${box.height / inch}];`,
    'edge [arrowhead=none];',
    ...outer,
    ...rest,
    ...homeless,
    ...lines,
    '}',
  ].join('\n')
}
