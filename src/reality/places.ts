// Ends of observed flows as places of the estate of today: what was kept under names of before is found again.
import type { Asset, Estate } from '#model'
import { type Ground, isStranger } from './ground.ts'
import { addFlows, flowKey, sumBy } from './sums.ts'
import type { End, ObservedFlow } from './types.ts'

/** Where an end stands. */
export interface Place {
  readonly end: End
  /** Id of the asset, the address, or whoever stands in a zone. */
  readonly text: string
  readonly asset: Asset | undefined
  readonly address: string
  /** Id of its zone; empty when no zone holds it. */
  readonly zone: string
  /** 0 untrusted to 100; what no zone holds counts as the internet when it is outside, else as a zone of no special trust. */
  readonly trust: number
  /** Whether an address leads to it: its own, or that of its zone. */
  readonly findable: boolean
  /** Whether nobody of ours stands there. */
  readonly stranger: boolean
  /** Ids of the assets that declared flows may call it by: itself, or those of its zone that have no addresses. */
  readonly names: readonly string[]
}

const unzoned = 50

/** What the estate of today calls assets and zones of before, and what it says of zones. */
function namesOf({ assets, zones, moves }: Estate) {
  const assetById = new Map(assets.map((asset) => [asset.id, asset]))
  const zoneById = new Map(zones.map((zone) => [zone.id, zone]))
  const moved = new Map(moves.map(({ from, to }) => [from, to]))
  const standIns = new Map<string, string[]>()
  for (const { id, zone, addresses } of assets)
    if (addresses.length === 0) standIns.set(zone, [...(standIns.get(zone) ?? []), id])
  return {
    asset: (id: string): Asset | undefined => assetById.get(id) ?? assetById.get(moved.get(id) ?? ''),
    zone: (id: string): string => (zoneById.has(id) ? id : (moved.get(`zones.${id}`)?.replace(/^zones\./, '') ?? '')),
    trust: (zone: string, stranger: boolean): number => zoneById.get(zone)?.trust ?? (stranger ? 0 : unzoned),
    hasNetwork: (zone: string): boolean => (zoneById.get(zone)?.cidrs.length ?? 0) > 0,
    standIns: (zone: string): readonly string[] => standIns.get(zone) ?? [],
  }
}
const rest = (end: End): string => end.slice(end.indexOf(':') + 1)

/** From ends as kept to places of this estate. */
export function placesOf(estate: Estate, ground: Ground) {
  const named = namesOf(estate)
  const assetNow = (id: string): string | undefined => named.asset(id)?.id

  /** An end as this estate knows it. */
  const endNow = (end: End, address: string): End => {
    if (isStranger(end)) return end
    const id = end.startsWith('asset:') ? assetNow(rest(end)) : undefined
    if (id !== undefined) return `asset:${id}`
    const found = address === '' ? undefined : ground.end(address)
    return found?.startsWith('asset:') === true || address === '' ? (found ?? end) : `address:${address}`
  }

  const ofAsset = (end: End, { id, zone, addresses }: Asset) => ({
    text: id,
    zone,
    trust: named.trust(zone, false),
    findable: addresses.length > 0 || zone === ground.outside || named.hasNetwork(zone),
    stranger: false,
    names: [id],
    address: '',
    end,
  })

  const ofOther = (end: End) => {
    const address = end.startsWith('address:') ? rest(end) : ''
    const own = address === '' ? end : (ground.end(address) ?? end)
    const stranger = isStranger(own)
    const within = own.startsWith('zone:') ? named.zone(rest(own)) : (ground.zoneOf(address) ?? '')
    const zone = own === 'outside' ? ground.outside : within
    const trust = named.trust(zone, stranger)
    return { text: textOf(end), zone, trust, findable: true, stranger, names: named.standIns(zone), address, end }
  }

  const known = new Map<End, Place>()
  return {
    place(end: End): Place {
      const before = known.get(end)
      if (before) return before
      const asset = end.startsWith('asset:') ? named.asset(rest(end)) : undefined
      const made = { asset, ...(asset ? ofAsset(end, asset) : ofOther(end)) }
      known.set(end, made)
      return made
    },
    /** Kept flows with their ends as they are called today; what has become one is summed. */
    settle(flows: readonly ObservedFlow[]): ObservedFlow[] {
      const renamed = flows.map((flow) => ({
        ...flow,
        from: endNow(flow.from, flow.fromAddress),
        to: endNow(flow.to, flow.toAddress),
      }))
      return [...sumBy(renamed, flowKey, addFlows).values()]
    },
    assetNow,
  }
}
const textOf = (end: End): string =>
  end.startsWith('zone:') ? `somebody in ${end.slice('zone:'.length)}` : end.replace(/^\w+:/, '')
export type Places = ReturnType<typeof placesOf>
