// What of a drawing is lit: the chosen box and its neighbours, what a text finds, what the loss of an asset puts at risk.
import type { Output } from '../../client/nouns.ts'

export type EstateView = Output<'model.view'>
export type ViewNode = EstateView['nodes'][number]
export type ViewZone = EstateView['zones'][number]
export type ViewLink = EstateView['links'][number]

/** The box of an asset, or a group by its own id. */
export const boxOf = (nodes: readonly ViewNode[], chosen: string | undefined): ViewNode | undefined =>
  chosen === undefined
    ? undefined
    : (nodes.find(({ id }) => id === chosen) ?? nodes.find(({ assets }) => assets.includes(chosen)))

/** The chosen box and those one line away, in either direction; undefined when none is chosen. */
export function near({ links }: Pick<EstateView, 'links'>, chosen: string | undefined): Set<string> | undefined {
  if (chosen === undefined) return undefined
  const touching = links.filter(({ from, to }) => from === chosen || to === chosen)
  return new Set([chosen, ...touching.flatMap(({ from, to }) => [from, to])])
}

/** What is known of an asset besides what is drawn. */
export interface Words {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly owner: string
  readonly hosts: readonly string[]
  readonly addresses: readonly string[]
}

/** Boxes in which a text occurs, in their own words or those of their assets; undefined for no text. */
export function found(nodes: readonly ViewNode[], assets: readonly Words[], text: string): Set<string> | undefined {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return undefined
  const has = (words: readonly string[]): boolean => words.some((word) => word.toLowerCase().includes(wanted))
  const hit = new Set(
    assets.flatMap(({ id, title, kind, owner, hosts, addresses }) =>
      has([id, title, kind, owner, ...hosts, ...addresses]) ? [id] : [],
    ),
  )
  return new Set(
    nodes.flatMap(({ id, title, text: under, assets: own }) =>
      has([title, under]) || own.some((one) => hit.has(one)) ? [id] : [],
    ),
  )
}

/** How likely each box falls, by the likeliest of its assets; nothing for those that are not reached. */
export function risks(
  nodes: readonly ViewNode[],
  items: readonly { readonly asset: string; readonly probability: number }[],
): Map<string, number> {
  const chance = new Map<string, number>()
  for (const { asset, probability } of items) chance.set(asset, Math.max(chance.get(asset) ?? 0, probability))
  return new Map(
    nodes.flatMap(({ id, assets }): [string, number][] => {
      const most = Math.max(0, ...assets.map((asset) => chance.get(asset) ?? 0))
      return most > 0 ? [[id, most]] : []
    }),
  )
}

/** How a line is shown while something else may be chosen or found. */
export type Look = 'plain' | 'quiet' | 'lit' | 'faded'

/** More lines than this would hide what they join, so they step back until a box is chosen. */
const manyLinks = 150

export interface Lit {
  readonly chosen: string | undefined
  /** Boxes that stand out; all when undefined. */
  readonly boxes: ReadonlySet<string> | undefined
}

export function lookOf({ from, to }: Pick<ViewLink, 'from' | 'to'>, { chosen, boxes }: Lit, links: number): Look {
  if (chosen !== undefined) return from === chosen || to === chosen ? 'lit' : 'faded'
  if (boxes !== undefined) return boxes.has(from) && boxes.has(to) ? 'plain' : 'faded'
  return links > manyLinks ? 'quiet' : 'plain'
}

export interface LinkData extends Record<string, unknown> {
  readonly path: string
  readonly link: ViewLink
  readonly look: Look
}
