// What several rules ask about a node: who can see it, and how well it is kept.
import { exposed, type Node } from '../nodes.ts'
import type { Facts } from '../facts.ts'

/** Serves the internet: exposed, or a flow from where anybody is leads to it. */
export function publicNodes({ nodes, links }: Facts): ReadonlySet<number> {
  const found = new Set(nodes.filter(exposed).map(({ index }) => index))
  for (const link of links) if (nodes[link.from]?.foreign === true) found.add(link.to)
  return found
}

/** Keeps data that can be asked for: not only passes it on. */
export const keepsData = ({ asset }: Node): boolean =>
  ['database', 'storage', 'cache', 'queue', 'backup'].includes(asset.category)

/** Whether callers are answered with this data: what a flow to the node carries, there or back. */
export function answersWith({ links, estate }: Facts): (node: number, data: number) => boolean {
  const carried = new Set<string>()
  for (const { to, flow } of links) for (const id of [...flow.data, ...flow.back]) carried.add(`${to} ${id}`)
  return (node, data) => carried.has(`${node} ${estate.data[data]?.id ?? ''}`)
}

/** How often flaws are found in it, against ordinary software: its maker looks after it, or nobody can. */
export const softness = (node: Node): number =>
  (node.is('vendor-managed') && node.is('many-tenants') ? 0.15 : 1) * (node.is('hard-to-patch') ? 1.5 : 1)
