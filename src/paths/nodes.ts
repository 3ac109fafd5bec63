// Where things stand and who can talk to whom: assets × places, flows × places, as numbered nodes and links.
import type { Asset, Control, Estate, Flow, Trait } from '#model'

/** A flaw that was really found on an asset: handed in by whoever knows vulnerabilities. */
export interface Flaw {
  readonly asset: string
  /** CVE-2024-3094, or a name of one's own */
  readonly id: string
  /** what who uses it gets */
  readonly gives: 'code' | 'admin' | 'user'
  /** network: whoever can talk to the asset; local: whoever runs commands on it */
  readonly from: 'network' | 'local'
  /** that an attacker who tries succeeds, 0 to 1 */
  readonly probability: number
  readonly why: string
}

/** A way that the firewall leaves open although no flow says so. */
export interface Opening {
  readonly from: string
  readonly to: string
  readonly protocol: string
  readonly port: number
}

/** What other rooms know and the model does not. */
export interface ExtraFacts {
  readonly flaws?: readonly Flaw[]
  readonly opened?: readonly Opening[]
  /** `use PEOPLE -> ASSET` and `trust A -> B` that no longer hold */
  readonly revoked?: readonly string[]
  /** ids of flows that the firewall does not let through */
  readonly closed?: readonly string[]
}

/** One place where an asset runs: what an attacker holds or does not hold. */
export interface Node {
  readonly index: number
  /** id of the asset; with `@` and the place when it is deployed in several */
  readonly name: string
  readonly asset: Asset
  readonly zone: number
  /** stands where anybody is: the attacker needs nothing to be there */
  readonly foreign: boolean
  readonly is: (trait: Trait) => boolean
  readonly has: (control: Control) => boolean
}

/** That one node can open connections to another. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly flow: Flow
  /** reaches what the receiver serves */
  readonly service: boolean
  /** reaches its administration: SSH, RDP, WinRM, SMB … */
  readonly shell: boolean
}

/** Nodes, links and what belongs to them: the ground that credentials and data lie on. */
export interface Ground {
  readonly estate: Estate
  readonly extra: ExtraFacts
  readonly nodes: readonly Node[]
  /** asset id → its nodes */
  readonly byAsset: ReadonlyMap<string, readonly number[]>
  readonly links: readonly Link[]
  /** node → links from it */
  readonly out: readonly (readonly Link[])[]
  /** node → 1 when anything at all could lead to what it serves, to its administration, and when administrators use the latter */
  readonly doors: { readonly service: Uint8Array; readonly shell: Uint8Array; readonly administered: Uint8Array }
}

const adminProtocols = new Set([
  'ssh',
  'rdp',
  'winrm',
  'wmi',
  'vnc',
  'telnet',
  'smb',
  'rpc',
  'ipmi',
  'psrp',
  'docker',
  'sftp',
])
const adminPorts = new Set([22, 23, 135, 445, 2375, 2376, 3389, 5900, 5985, 5986, 623])
const alsoService = new Set(['smb', 'sftp', 'rpc'])

/** Whether this protocol or port administers the receiver. */
export const administers = (protocol: string, port: number): boolean =>
  adminPorts.has(port) || adminProtocols.has(protocol.toLowerCase())

/** Nodes and links of an estate, and of what other rooms add. */
export function groundOf(estate: Estate, extra: ExtraFacts = {}): Ground {
  const zones = new Map(estate.zones.map((zone, index) => [zone.id, index]))
  const nodes: Node[] = []
  const byAsset = new Map<string, number[]>()
  for (const asset of estate.assets) {
    const mine = nodesOf(asset, estate, zones, nodes.length)
    byAsset.set(
      asset.id,
      mine.map(({ index }) => index),
    )
    nodes.push(...mine)
  }
  const links = linksOf(estate, extra, nodes, byAsset)
  const out: Link[][] = nodes.map(() => [])
  for (const link of links) out[link.from]?.push(link)
  return { estate, extra, nodes, byAsset, links, out, doors: doorsOf(nodes, links) }
}

/** Can be talked to by anybody on the internet without a flow that says so. */
export const exposed = (node: Node): boolean =>
  node.asset.internetFacing || (node.is('vendor-managed') && (node.is('public-service') || node.is('many-tenants')))

/** Whether it stands between networks: who controls it decides what gets through. Filters of mail and of web requests do not. */
export const isFirewall = (node: Node): boolean =>
  node.is('filters-traffic') &&
  (node.asset.category === 'network' || node.asset.category === 'security') &&
  node.asset.kind !== 'mail-filter'

/** Whether the sender of a link passes requests of others on over it: a proxy. */
export const passesOn = (sender: Node, { flow }: Link): boolean =>
  (sender.asset.category === 'proxy' || sender.asset.category === 'web') &&
  /^(https?|wss?|grpc|fastcgi|http2)$/i.test(flow.protocol)

function doorsOf(nodes: readonly Node[], links: readonly Link[]): Ground['doors'] {
  const everywhere = nodes.some(isFirewall)
  const none = () => new Uint8Array(nodes.length)
  const doors = { service: none(), shell: none(), administered: none() }
  for (const node of nodes) {
    const near = node.is('legacy-protocols')
    doors.service[node.index] = everywhere || near || exposed(node) ? 1 : 0
    doors.administered[node.index] = near || node.is('remote-access') ? 1 : 0
    doors.shell[node.index] = everywhere || doors.administered[node.index] === 1 ? 1 : 0
  }
  for (const { to, service, shell } of links) {
    if (service) doors.service[to] = 1
    if (shell) doors.administered[to] = doors.shell[to] = 1
  }
  return doors
}

function nodesOf(asset: Asset, estate: Estate, zones: ReadonlyMap<string, number>, from: number): Node[] {
  const single = asset.instances.length <= 1
  return asset.instances.map((instance, at) => {
    const zone = zones.get(instance.zone === '' ? asset.zone : instance.zone) ?? -1
    return {
      index: from + at,
      name:
        single || instance.id.startsWith(asset.id) ? (single ? asset.id : instance.id) : `${asset.id}@${instance.id}`,
      asset,
      zone,
      foreign: estate.zones[zone]?.trust === 0,
      is: (trait) => asset.traits.includes(trait),
      has: (control) => asset.controls.includes(control),
    }
  })
}

function linksOf(
  estate: Estate,
  extra: ExtraFacts,
  nodes: readonly Node[],
  byAsset: ReadonlyMap<string, readonly number[]>,
): Link[] {
  const closed = new Set(extra.closed)
  const opened = (extra.opened ?? []).map(({ from, to, protocol, port }) => ({
    ...bareFlow,
    id: `${from} -> ${to} (open)`,
    from,
    to,
    protocol,
    port,
  }))
  const links: Link[] = []
  for (const flow of [...estate.flows, ...opened]) {
    if (closed.has(flow.id)) continue
    const shell = administers(flow.protocol, flow.port)
    const service = !shell || alsoService.has(flow.protocol.toLowerCase())
    const [from, to] = [byAsset.get(flow.from) ?? [], byAsset.get(flow.to) ?? []]
    if (from.length === 1 && to.length === 1) links.push({ from: from[0] ?? 0, to: to[0] ?? 0, flow, service, shell })
    else
      for (const [source, target] of pairs(flow, nodes, byAsset))
        links.push({ from: source, to: target, flow, service, shell })
  }
  return links
}

const bareFlow: Flow = {
  id: '',
  from: '',
  to: '',
  protocol: 'tcp',
  port: 0,
  encrypted: false,
  authentication: 'unknown',
  authorization: 'none',
  data: [],
  back: [],
  purpose: '',
  tags: [],
  at: { file: '', line: 0 },
}

/** Instances that talk to each other: of those of two assets, the ones of the same environment; and of the same site, where the receiver has one there. */
export function pairs(
  { from, to }: { from: string; to: string },
  nodes: readonly Node[],
  byAsset: ReadonlyMap<string, readonly number[]>,
): [number, number][] {
  const found: [number, number][] = []
  const place = (index: number) =>
    nodes[index]?.asset.instances[index - (byAsset.get(nodes[index]?.asset.id ?? '')?.[0] ?? 0)]
  const alike = (a = '', b = '') => a === '' || b === '' || a === b
  for (const source of byAsset.get(from) ?? []) {
    const here = place(source)
    const targets = (byAsset.get(to) ?? []).filter((target) => alike(here?.environment, place(target)?.environment))
    const near = targets.filter((target) => here?.site !== '' && place(target)?.site === here?.site)
    for (const target of near.length > 0 ? near : targets) found.push([source, target])
  }
  return found
}
