// What stands next to a chosen asset, and what a drawn line carries.
import type { Graph, Link } from './graph.ts'

/** The chosen asset and those one flow away, in either direction; undefined when none is chosen. */
export function near(graph: Pick<Graph, 'links'>, chosen: string | undefined): Set<string> | undefined {
  if (chosen === undefined) return undefined
  const touching = graph.links.filter(({ from, to }) => from === chosen || to === chosen)
  return new Set([chosen, ...touching.flatMap(({ from, to }) => [from, to])])
}

export interface LinkData extends Record<string, unknown> {
  readonly path: string
  readonly link: Link
  readonly look: 'plain' | 'quiet' | 'lit' | 'faded'
}

/** `https 443`, `postgres 5432 +1`. */
export function labelOf(link: Link): string {
  const [first] = link.flows
  const more = link.flows.length > 1 ? ` +${link.flows.length - 1}` : ''
  return first ? `${first.protocol}${first.port > 0 ? ` ${first.port}` : ''}${more}` : ''
}
