// What people on the internet reach: assets said to face it, and those that something in a zone without any trust speaks to.
import type { Estate, Flow } from '../types.ts'

/** Ids of assets in zones that nobody trusts. */
export function strangersIn({ assets, zones }: Pick<Estate, 'assets' | 'zones'>): ReadonlySet<string> {
  const untrusted = new Set(zones.filter(({ trust }) => trust === 0).map(({ id }) => id))
  return new Set(assets.filter(({ zone }) => untrusted.has(zone)).map(({ id }) => id))
}

/** Ids of assets that the internet reaches. */
export function reachedIn(estate: Pick<Estate, 'assets' | 'zones' | 'flows'>): ReadonlySet<string> {
  const strangers = strangersIn(estate)
  const facing = estate.assets.filter(({ internetFacing }) => internetFacing).map(({ id }) => id)
  const called = estate.flows.filter(({ from, to }) => strangers.has(from) && !strangers.has(to)).map(({ to }) => to)
  return new Set([...facing, ...called])
}

/** Whether nobody asks the caller who it is. */
export const isOpen = ({ authentication }: Pick<Flow, 'authentication'>): boolean =>
  /^(none|anonymous)$/i.test(authentication)
