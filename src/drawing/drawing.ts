// The drawing room at work: views of the estate with every box in its place, from one edit of the model to the next.
import { Fault } from '#kernel'
import type { Estate, Model } from '#model'
import { parseQuery } from '#model'
import type { Log } from '#platform'
import { type Graphviz, loadGraphviz } from './graphviz.ts'
import { readKept, writeKept } from './kept.io.ts'
import type { Spot } from './grown.ts'
import { type Kept, layOut, type Layout } from './layout.ts'
import { scopeOf } from './scope.ts'
import { mermaidOf } from './mermaid.ts'
import { svgOf, type Theme } from './svg.ts'
import type { EstateView, Grouping, Scope } from './types.ts'

/** What is to be drawn. */
export interface DrawingAsk {
  /** Id of a view of the model; the whole estate when not given. */
  readonly view?: string | undefined
  /** How assets are grouped; as the view says when not given. */
  readonly group?: Grouping | undefined
  /** Only assets that this query means. Such a drawing is laid out anew each time. */
  readonly query?: string | undefined
  /** Lays out anew, forgetting where boxes stood. */
  readonly fresh?: boolean | undefined
}
export const formats = ['svg', 'json', 'mermaid'] as const
export type Format = (typeof formats)[number]

/** Drawings of the model's estate. */
export interface Drawing {
  /** A drawing with everything in its place. Throws Fault NOT_FOUND for a view that is not there, INPUT_INVALID for a wrong query. */
  view(ask: DrawingAsk): Promise<EstateView>
  /** The same as text: an SVG file, JSON, or a Mermaid flowchart. */
  draw(ask: DrawingAsk & { readonly format: Format; readonly theme?: Theme | undefined }): Promise<string>
}

/** Whose estate is drawn, and the folder (`.castellan`) in which places are kept. */
export interface OpenDrawing {
  readonly model: Pick<Model, 'estate'>
  readonly folder: string
  readonly log?: Pick<Log, 'warn'>
}

/** Opens the drawing room. Nothing is read or loaded before the first drawing. */
export function openDrawing({ model, folder, log }: OpenDrawing): Drawing {
  const drawn = new WeakMap<Estate, Map<string, EstateView>>()
  let graphviz: Graphviz | undefined
  let kept: Map<string, Kept> | undefined
  let writing = Promise.resolve()

  const remember = (name: string, scope: Scope, layout: Layout, all: Map<string, Kept>): void => {
    const next = keptOf(scope, layout)
    const before = all.get(name)
    if (before && same(before.nodes, next.nodes) && same(before.zones, next.zones)) return
    all.set(name, next)
    for (const old of all.keys()) if (!isDrawn(old, model.estate)) all.delete(old)
    writing = writing
      .then(() => writeKept(folder, all))
      .catch((error: unknown) => log?.warn({ error }, 'places of the drawing could not be kept'))
  }
  const view = async (ask: DrawingAsk): Promise<EstateView> => {
    graphviz ??= await loadGraphviz()
    kept ??= await readKept(folder)
    const { estate } = model
    const chosen = chosenView(estate, ask)
    const name = nameOf(ask)
    const known = drawn.get(estate)?.get(name)
    if (known && !ask.query && !ask.fresh) return known
    const scope = scopeOf(estate, { ...chosen, query: checkedQuery(ask.query ?? '') })
    const before = ask.query || ask.fresh ? undefined : renamed(kept.get(name), estate)
    const layout = layOut(scope, graphviz, before)
    const shown = viewOf(estate, ask, scope, layout)
    if (ask.query) return shown
    drawn.set(estate, (drawn.get(estate) ?? new Map<string, EstateView>()).set(name, shown))
    remember(name, scope, layout, kept)
    await writing
    return shown
  }
  return {
    view,
    async draw({ format, theme, ...ask }) {
      const shown = await view(ask)
      switch (format) {
        case 'svg':
          return svgOf(shown, theme === undefined ? {} : { theme })
        case 'json':
          return `${JSON.stringify(shown, undefined, 2)}\n`
        case 'mermaid':
          return mermaidOf(shown)
      }
    },
  }
}

/** Name under which places are kept: one for each view and grouping. */
const nameOf = ({ view, group }: DrawingAsk): string => `${group ?? ''} ${view ?? ''}`

/** Whether the view of a kept drawing is still in the model. */
const isDrawn = (name: string, { views }: Estate): boolean => {
  const view = name.slice(name.indexOf(' ') + 1)
  return view === '' || views.some(({ id }) => id === view)
}

function chosenView(
  { views }: Estate,
  { view, group }: DrawingAsk,
): Pick<Parameters<typeof scopeOf>[1], 'view' | 'group'> {
  if (view === undefined || view === '') return { group: group ?? '' }
  const found = views.find(({ id }) => id === view)
  if (!found) {
    const help = views.length === 0 ? 'the model has none' : `there are: ${views.map(({ id }) => id).join(', ')}`
    throw new Fault('NOT_FOUND', `view ${view}; ${help}`)
  }
  return { view: found, group: group ?? found.groupBy }
}

function checkedQuery(query: string): string {
  const read = query.trim() === '' ? undefined : parseQuery(query)
  if (read?.ok === false) throw new Fault('INPUT_INVALID', `query: ${read.fail.text}; ${read.fail.help}`)
  return query
}

/** Places under the names that things have now. */
function renamed(kept: Kept | undefined, { moves }: Estate): Kept | undefined {
  if (!kept) return undefined
  const nodes = new Map(kept.nodes)
  for (const { from, to } of moves) {
    const spot = nodes.get(from)
    if (spot && !nodes.has(to)) nodes.set(to, spot)
  }
  return { nodes, zones: kept.zones }
}

function keptOf({ zones, nodes }: Scope, layout: Layout): Kept {
  const shown = new Set(zones.map(({ id }) => id))
  const inside = (zone: string): string => (shown.has(zone) ? zone : '')
  const spots = (of: Layout['nodes'], zoneOf: ReadonlyMap<string, string>): Map<string, Spot> =>
    new Map([...of].map(([id, { x, y }]) => [id, { x, y, in: zoneOf.get(id) ?? '' }]))
  return {
    nodes: spots(layout.nodes, new Map(nodes.map(({ id, zone }) => [id, inside(zone)]))),
    zones: spots(layout.zones, new Map(zones.map(({ id, parent = '' }) => [id, inside(parent)]))),
  }
}

const same = (a: Kept['nodes'], b: Kept['nodes']): boolean =>
  a.size === b.size &&
  [...a].every(([id, { x, y, in: zone }]) => {
    const other = b.get(id)
    return other?.x === x && other.y === y && other.in === zone
  })

function viewOf(estate: Estate, { view = '', group }: DrawingAsk, scope: Scope, layout: Layout): EstateView {
  const found = estate.views.find(({ id }) => id === view)
  const nowhere = { x: 0, y: 0, width: 0, height: 0 }
  return {
    view,
    title: found?.title ?? estate.name,
    group: group ?? found?.groupBy ?? '',
    views: estate.views.map(({ id, title }) => ({ id, title })),
    width: layout.width,
    height: layout.height,
    zones: scope.zones.map((zone) => ({ ...zone, ...(layout.zones.get(zone.id) ?? nowhere) })),
    nodes: scope.nodes.map((node) => ({ ...node, ...(layout.nodes.get(node.id) ?? nowhere) })),
    links: scope.links.map((link, at) => ({ ...link, path: layout.paths[at] ?? '' })),
    hidden: scope.hidden,
  }
}
