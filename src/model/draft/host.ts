// A machine's facts as model: itself, the programs that listen on it, and who may speak to them.
import { type HostFacts, type Listener, loopbackOnly } from '#host'
import { kindLike } from '../kinds/kind-like.ts'
import type { Draft } from './estate.ts'
import { draftZones, type DraftZone, hasPublicAddress, reachableAddresses, zoneHolding } from './networks.ts'
import { protocolOf } from '../protocols.ts'
import { keepsData } from './keepers.ts'
import { oneLine } from './yaml-text.ts'

/** What other parts of the draft need of the machine. */
export interface DraftHost {
  readonly id: string
  readonly zone: string
  readonly zones: readonly DraftZone[]
  /** The asset for everybody on the internet, when the machine has a public address. */
  readonly internet: string | undefined
}

/** Data that the drafted databases keep. */
export const draftedData = 'application-data'
const mostServices = 300

/** Drafts the machine. Ports that `published` names belong to containers, so their proxy is left out. */
export function draftHost(facts: HostFacts, draft: Draft, published: ReadonlySet<number>): DraftHost {
  draft.zoneId('internet', 'internet')
  draft.zones.set('internet', { title: 'The internet', trust: 0 })
  const zones = draftZones(facts, draft)
  const addresses = reachableAddresses(facts)
  const reached = hasPublicAddress(addresses)
  const held = addresses.filter((address) => zoneHolding(zones, address) !== undefined)
  const home = zoneHolding(zones, held[0] ?? '') ?? zones[0]
  const zone = home?.id ?? 'internet'
  const id = draft.assetId(facts.name, 'this-host')
  draft.assets.set(id, {
    title: `${facts.name}, ${facts.system.title}`,
    kind: facts.system.platform === 'linux' ? 'linux-server' : 'server',
    zone,
    hosts: draft.freeNames([facts.name]),
    addresses: draft.freeAddresses(held),
    criticality: 'medium',
    internetFacing: reached,
  })
  const internet = reached ? internetAsset(draft) : undefined
  const host: DraftHost = { id, zone, zones, internet }
  const listening = facts.listening.filter((one) => !(one.process === 'docker-proxy' && published.has(one.port)))
  draftServices(listening, host, draft)
  draftGateways(facts, host, draft)
  draft.notes.push(...notesOf(facts, reached))
  return host
}

function internetAsset(draft: Draft): string {
  const id = draft.assetId('internet-users', 'internet-users')
  draft.assets.set(id, {
    title: 'Whoever comes from the internet',
    kind: 'browser',
    zone: 'internet',
    criticality: 'low',
  })
  return id
}

/** Sockets of one package (or program, or port) are one asset. */
function draftServices(listening: readonly Listener[], host: DraftHost, draft: Draft): void {
  const groups = new Map<string, Listener[]>()
  for (const one of listening.filter(({ transport, port }) => !(transport === 'udp' && asking.has(port)))) {
    const name = one.package || one.process || `port-${one.port}`
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  if (sorted.length > mostServices)
    draft.notes.push(`${sorted.length - mostServices} more listening programs were left out`)
  const offered = sorted
    .slice(0, mostServices)
    .flatMap(([name, sockets]) => draftService(name, sockets, { host, draft }))
  if (offered.length === 0) return
  const service = draft.serviceId(`${host.id}-services`, 'services')
  draft.services.set(service, { title: 'What this machine offers to others', needs: [host.id, ...offered] })
}

/** UDP ports on which programs wait only for answers: DHCP (RFC 2131, RFC 8415). */
const asking = new Set([68, 546])

interface Under {
  readonly host: DraftHost
  readonly draft: Draft
}

/** Returns the asset's id when other machines reach it. */
function draftService(name: string, sockets: readonly Listener[], { host, draft }: Under): string[] {
  const exposed = sockets.some(({ addresses }) => !loopbackOnly(addresses))
  const program = sockets.find(({ process }) => process !== '')?.process ?? name
  const keeps = keepsData(program) || keepsData(name)
  const id = draft.assetId(name, 'program')
  draft.assets.set(id, {
    title: `${program} on ${host.id}`,
    kind: (kindLike(program) ?? kindLike(name))?.id ?? 'program',
    zone: host.zone,
    criticality: keeps ? 'high' : 'medium',
    ...(keeps ? { stores: [draftedData] } : {}),
    ...(exposed && host.internet !== undefined ? { internetFacing: true } : {}),
  })
  for (const socket of sockets) {
    const { protocol, encrypted } = protocolOf(socket.port, socket.transport)
    for (const from of callersOf(socket, host))
      draft.flow(from, id, {
        protocol,
        port: socket.port,
        transport: socket.transport,
        encrypted,
        authentication: 'unknown',
      })
  }
  return exposed ? [id] : []
}

/** Who may reach a socket: the machine itself, those on the network of its address, or everybody. */
function callersOf({ addresses }: Listener, host: DraftHost): string[] {
  if (loopbackOnly(addresses)) return [host.id]
  const every = addresses.some((address) => ['0.0.0.0', '::'].includes(address))
  const zones = every
    ? host.zones
    : host.zones.filter((zone) => addresses.some((address) => zoneHolding([zone], address)))
  const near = (zones.length > 0 ? zones : host.zones).map(({ neighbours }) => neighbours)
  const open = host.internet !== undefined && (every || hasPublicAddress(addresses))
  return open ? [host.internet, ...near] : near
}

/** The default gateways of a zone are one asset. Neighbours whom nothing else calls at least reach the machine. */
function draftGateways(facts: HostFacts, host: DraftHost, draft: Draft): void {
  const known = { protocol: 'ip', port: 0, transport: 'ip', encrypted: false }
  for (const zone of host.zones) {
    const here = facts.gateways.map(({ address }) => address).filter((address) => zoneHolding([zone], address))
    const addresses = draft.freeAddresses(here.slice(0, 100))
    if (addresses.length === 0) continue
    const id = draft.assetId(`gateway-${zone.id}`, 'gateway')
    draft.assets.set(id, {
      title: `Gateway of ${zone.id}`,
      kind: 'router',
      zone: zone.id,
      addresses,
      criticality: 'medium',
    })
    draft.flow(host.id, id, { ...known, authentication: 'none' })
  }
  for (const { neighbours } of host.zones)
    if (![...draft.flows.keys()].some((key) => key.startsWith(`${neighbours} -> `)))
      draft.flow(neighbours, host.id, { ...known, authentication: 'unknown' })
}

function notesOf(facts: HostFacts, reached: boolean): string[] {
  const names = (of: readonly { name: string }[]): string =>
    `${of
      .slice(0, 20)
      .map(({ name }) => oneLine(name))
      .join(', ')}${of.length > 20 ? ` and ${of.length - 20} more` : ''}`
  const login = facts.users.filter((user) => user.login)
  const admins = login.filter((user) => user.admin)
  return [
    ...(login.length > 0 ? [`accounts that may log in: ${names(login)}`] : []),
    ...(admins.length > 0 ? [`accounts that may become root: ${names(admins)}`] : []),
    ...(reached
      ? []
      : ['no address of this machine is known on the internet; if a router forwards to it, set internetFacing: true']),
    ...facts.unknown.slice(0, 20).map(({ what, why }) => oneLine(`not known: ${what} (${why})`)),
  ]
}
