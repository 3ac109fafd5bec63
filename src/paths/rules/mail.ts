// Where mail comes in: its filter counts for every phishing step.
import type { Facts } from '../facts.ts'

/** The node that filters mail, or that could: to be spread into a step. */
export function mailGuard({ nodes }: Facts): { guard?: number } {
  const node =
    nodes.find((one) => one.has('mail-filter')) ??
    nodes.find(({ asset, is }) => asset.category !== 'endpoint' && asset.category !== 'mobile' && is('reads-mail')) ??
    nodes.find(({ asset }) => /mail|postfix|exchange/.test(asset.kind))
  return node ? { guard: node.index } : {}
}
