// What observing needs to know of the estate: whose an address is, which ports are spoken for, who may roam the internet.
import { assetLocator, type Estate, type Locator } from '#model'
import type { End } from './types.ts'

const labels = (named: Readonly<Record<string, string[]>>): Locator =>
  assetLocator({ assets: Object.entries(named).map(([id, addresses]) => ({ id, hosts: [], addresses })) })

/** RFC 6890 and its kind: addresses that are nobody's on the internet, and those that never name a machine. */
const special = labels({
  nobody: ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '255.255.255.255', '::/128', '::1/128', 'ff00::/8', 'fe80::/10'],
  inside: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', 'fc00::/7'],
})

/** Zones in which anybody may stand. */
const untrusted = 10
/** Below this trust, a public address that no asset has is a stranger's, not an unknown machine of ours. */
const ours = 50

/** Whether an end stands for strangers. */
export const isStranger = (end: End): boolean => end === 'outside' || end.startsWith('zone:')

/** The estate as far as observing and comparing ask for it. */
export interface Ground {
  /** The machine with this address, or this name when that says more; undefined for what never names one. */
  end(address: string, host?: string): End | undefined
  /** The zone whose network holds an address: the smallest. */
  zoneOf(address: string): string | undefined
  /** Ports that declared flows or kinds of assets name. */
  readonly ports: ReadonlySet<number>
  /** Assets whose people look at any page of the internet: their flows to strangers' web servers are one. */
  readonly browsing: ReadonlySet<string>
  /** The zone that stands for the internet; empty when the model has none. */
  readonly outside: string
}

const mostKept = 50_000

/** The ground under one estate. `locate` must be of the same estate. */
export function groundOf(estate: Estate, locate: Locator = assetLocator(estate)): Ground {
  const inZones = assetLocator({ assets: estate.zones.map(({ id, cidrs }) => ({ id, hosts: [], addresses: cidrs })) })
  const zoneOf = (address: string) => inZones({ addresses: [address] })
  const trust = new Map(estate.zones.map((zone) => [zone.id, zone.trust]))
  const known = new Map<string, End | undefined>()
  const resolve = (address: string): End | undefined => {
    const label = special({ addresses: [address] })
    if (label === 'nobody') return undefined
    const asset = locate({ addresses: [address] })
    if (asset !== undefined) return `asset:${asset}`
    const zone = zoneOf(address)
    if (label === 'inside') return `address:${address}`
    if (zone === undefined || (trust.get(zone) ?? 0) <= untrusted) return 'outside'
    return (trust.get(zone) ?? 0) < ours ? `zone:${zone}` : `address:${address}`
  }
  const byAddress = (address: string): End | undefined => {
    const before = known.get(address)
    if (before !== undefined || known.has(address)) return before
    const found = resolve(address)
    if (known.size >= mostKept) known.clear()
    known.set(address, found)
    return found
  }
  return {
    end(address, host) {
      const found = address === '' ? undefined : byAddress(address)
      if (host === undefined || host === '' || (found === undefined && address !== '')) return found
      const named = locate({ host })
      return named === undefined ? found : `asset:${named}`
    },
    zoneOf,
    ports: new Set([...estate.flows, ...estate.assets.flatMap(({ ports }) => ports)].map(({ port }) => port)),
    browsing: new Set(estate.assets.filter(({ traits }) => traits.includes('browses-internet')).map(({ id }) => id)),
    outside: outsideOf(estate),
  }
}

/** The least trusted zone of those without networks of their own, else the least trusted that anybody may stand in. */
function outsideOf({ zones }: Estate): string {
  const all = zones.filter(({ trust }) => trust <= untrusted).sort((a, b) => a.trust - b.trust)
  return (all.find(({ cidrs }) => cidrs.length === 0) ?? all[0])?.id ?? ''
}
