// The networks of a machine's interfaces as zones, each with those who are on it.
import { type HostFacts, ipv6FromDigits } from '#host'
import { contains, type Network, networkText, parseNetwork } from '../network.ts'
import type { Draft } from './estate.ts'

/** One zone drafted from interfaces. */
export interface DraftZone {
  readonly id: string
  readonly networks: readonly Network[]
  /** The asset that stands for the other machines on it. */
  readonly neighbours: string
}

const isLocal = (network: Network): boolean => localOnly.some((one) => contains(one, network))
const networks = (texts: readonly string[]): Network[] => texts.flatMap((text) => parseNetwork(text) ?? [])
const localOnly = networks([
  '127.0.0.0/8',
  '::1',
  '169.254.0.0/16',
  'fe80::/10',
  '0.0.0.0/8',
  '::',
  '224.0.0.0/4',
  'ff00::/8',
])
/** RFC 1918, RFC 6598, RFC 4193, and the documentation ranges of RFC 5737 and RFC 3849. */
const privateNetworks = networks([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32',
])

/** Addresses of the machine that other machines can reach it by, in the order of its interfaces. */
export const reachableAddresses = (facts: HostFacts): string[] =>
  facts.interfaces.flatMap(({ addresses }) =>
    addresses
      .map(({ address }) => address)
      .filter((address) => {
        const network = parseNetwork(address)
        return network !== undefined && !isLocal(network)
      }),
  )

/** Whether one of the addresses is known on the whole internet. */
export const hasPublicAddress = (addresses: readonly string[]): boolean =>
  networks(addresses).some((network) => !privateNetworks.some((one) => contains(one, network)))

const isSingle = (network: Network | undefined): boolean => network?.prefix === (network?.words.length ?? 0) * 32

const containers = /^(docker|br-|veth|virbr|cni|podman|lxc|lxd)/

/** A zone for each interface with a network of its own; networks that overlap belong to the first. */
export function draftZones(facts: HostFacts, draft: Draft): DraftZone[] {
  const taken: Network[] = []
  const zones = facts.interfaces.flatMap(({ name, addresses }): DraftZone[] => {
    const own: Network[] = []
    for (const { address, prefix } of addresses) {
      const network = parseNetwork(`${address}/${prefix}`)
      if (!network || isLocal(network) || prefix === 0) continue
      if (taken.some((one) => contains(one, network) || contains(network, one))) continue
      taken.push(network)
      own.push(network)
    }
    if (own.length === 0) return []
    const inside = containers.test(name)
    const id = draft.zoneId(inside ? `containers-${name}` : `network-${name}`, 'network')
    const cidrs = own.map((network) => networkText(network, ipv6FromDigits))
    const shared = cidrs.filter((_, at) => !isSingle(own[at]))
    const title = inside ? `Containers behind ${name}` : `Network of ${name}`
    draft.zones.set(id, { title, trust: inside ? 60 : 50, cidrs })
    return [{ id, networks: own, neighbours: neighboursOf(id, shared, draft) }]
  })
  if (zones.length > 0) return zones
  const id = draft.zoneId('network', 'network')
  draft.zones.set(id, { title: 'Network of this machine', trust: 50 })
  return [{ id, networks: [], neighbours: neighboursOf(id, [], draft) }]
}

function neighboursOf(zone: string, cidrs: readonly string[], draft: Draft): string {
  const id = draft.assetId(`${zone}-machines`, 'machines')
  draft.assets.set(id, {
    title: `Other machines of ${zone}`,
    kind: 'machines',
    zone,
    addresses: draft.freeAddresses(cidrs),
    criticality: 'low',
  })
  return id
}

/** The zone whose networks hold the address. */
export const zoneHolding = (zones: readonly DraftZone[], address: string): DraftZone | undefined => {
  const network = parseNetwork(address)
  return network && zones.find((zone) => zone.networks.some((one) => contains(one, network)))
}
