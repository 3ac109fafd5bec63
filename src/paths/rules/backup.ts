// What counts as a backup.
import type { Facts } from '../facts.ts'
import type { Node } from '../nodes.ts'

/** Backs up, by category or trait, or keeps what a backup server writes to it. */
export function isBackup({ links, nodes }: Facts, node: Node): boolean {
  const backsUp = (one: Node | undefined) =>
    one !== undefined && (one.asset.category === 'backup' || one.is('backs-up') || /backup/.test(one.asset.id))
  return (
    backsUp(node) ||
    (node.asset.category === 'storage' && links.some(({ from, to }) => to === node.index && backsUp(nodes[from])))
  )
}
