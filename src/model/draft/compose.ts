// The services of a docker-compose.yml as model: networks as zones, services as assets, and who speaks to whom.
import { loopbackOnly } from '#host'
import { kindLike } from '../kinds/kind-like.ts'
import { contains, type Network, parseNetwork } from '../network.ts'
import type { ComposeFile, ComposePort, ComposeService } from './compose-file.ts'
import type { Draft } from './estate.ts'
import { draftedData, type DraftHost } from './host.ts'
import { zoneHolding } from './networks.ts'
import { protocolOf } from '../protocols.ts'
import { keepsData } from './keepers.ts'

/** Ports of the machine behind which containers stand. */
export const publishedPorts = (compose: ComposeFile | undefined): ReadonlySet<number> =>
  new Set(
    compose?.services.flatMap(({ ports }) => ports.flatMap(({ published }) => (published ? [published.port] : []))),
  )

/** Drafts the services beside the machine that runs them. */
export function draftCompose(compose: ComposeFile, host: DraftHost, draft: Draft): void {
  const zones = draftNetworks(compose, host, draft)
  const ids = new Map(compose.services.map((service) => [service.name, draftService(service, { zones, host, draft })]))
  const services = new Map(compose.services.map((service) => [service.name, service]))
  for (const service of compose.services) {
    const id = ids.get(service.name) ?? ''
    publish(service, { id, host, draft })
    for (const need of service.needs) {
      const [to, target] = [ids.get(need), services.get(need)]
      if (to !== undefined && target) draft.flow(id, to, spoken(mainPort(target)))
    }
  }
  const all = [...ids.values()]
  draft.services.set(draft.serviceId(compose.name, 'compose'), {
    title: compose.name || 'Compose services',
    needs: [host.id, ...all].slice(0, 1_000),
  })
  draft.notes.push(
    `${all.length} services of the compose file are in model/assets.yaml; who speaks to whom follows ports, depends_on and links`,
  )
}

interface ComposeZone {
  readonly id: string
  readonly networks: readonly Network[]
}

/** A zone for each network that a service is on. Subnets that overlap another zone's are left out. */
function draftNetworks(compose: ComposeFile, host: DraftHost, draft: Draft): ReadonlyMap<string, ComposeZone> {
  const taken = host.zones.flatMap(({ networks }) => networks)
  const declared = new Map(compose.networks.map((network) => [network.name, network]))
  const used = [...new Set(compose.services.flatMap(({ networks }) => networks.map(({ name }) => name)))].sort()
  return new Map(
    used.map((name) => {
      const { cidrs = [], internal = false } = declared.get(name) ?? {}
      const own = cidrs.flatMap((text) => {
        const network = parseNetwork(text)
        const overlaps =
          !network || network.hostBits || taken.some((one) => contains(one, network) || contains(network, one))
        if (overlaps) return []
        taken.push(network)
        return [{ text, network }]
      })
      const id = draft.zoneId(`compose-${name}`, 'compose')
      draft.zones.set(id, {
        title: `Compose network ${name}`,
        trust: internal ? 70 : 60,
        ...(own.length > 0 ? { cidrs: own.map(({ text }) => text) } : {}),
      })
      return [name, { id, networks: own.map(({ network }) => network) }]
    }),
  )
}

interface Under {
  readonly zones: ReadonlyMap<string, ComposeZone>
  readonly host: DraftHost
  readonly draft: Draft
}

function draftService(service: ComposeService, { zones, host, draft }: Under): string {
  const id = draft.assetId(service.name, 'container')
  const kind = (kindLike(service.image) ?? kindLike(service.name))?.id ?? 'container'
  const keeps = keepsData(service.image) || keepsData(service.name)
  const [home] = service.networks
  const zone = zones.get(home?.name ?? '')
  const inside = (home?.addresses ?? []).filter((text) => {
    const network = parseNetwork(text)
    return network !== undefined && zone?.networks.some((one) => contains(one, network))
  })
  draft.assets.set(id, {
    title: `Container ${service.name}`,
    kind,
    zone: zone?.id ?? host.zone,
    hosts: draft.freeNames([...new Set(service.names)]),
    addresses: draft.freeAddresses(inside),
    criticality: keeps ? 'high' : 'medium',
    ...(keeps ? { stores: [draftedData] } : {}),
    ...(host.internet !== undefined && service.ports.some(reachable) ? { internetFacing: true } : {}),
  })
  return id
}

const reachable = ({ published }: ComposePort): boolean => published !== undefined && !loopbackOnly([published.address])

/** Flows to the ports that the machine hands on. */
function publish({ ports }: ComposeService, { id, host, draft }: { id: string; host: DraftHost; draft: Draft }): void {
  for (const port of ports) {
    if (!port.published) continue
    const { address } = port.published
    const zone = zoneHolding(host.zones, address)
    const near = (zone ? [zone] : host.zones).map(({ neighbours }) => neighbours)
    const internet = host.internet === undefined ? [] : [host.internet]
    const callers = reachable(port) ? [...internet, ...near] : [host.id]
    for (const from of callers) draft.flow(from, id, spoken(port, port.published.port))
  }
}

/** The port that other services most likely speak to. */
const mainPort = ({ ports, image, name }: ComposeService): ComposePort =>
  ports[0] ?? { target: usualPort(image) ?? usualPort(name) ?? 0, transport: 'tcp', published: undefined }

const usual: readonly (readonly [RegExp, number])[] = [
  [/postgres|postgis|timescale/, 5432],
  [/mysql|mariadb/, 3306],
  [/redis|valkey/, 6379],
  [/mongo/, 27_017],
  [/rabbitmq/, 5672],
  [/kafka/, 9092],
  [/elasticsearch|opensearch/, 9200],
  [/memcached/, 11_211],
  [/clickhouse/, 8123],
  [/nginx|httpd|apache|caddy|traefik/, 80],
]
const usualPort = (name: string): number | undefined => usual.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]

function spoken({ target, transport }: ComposePort, port = target) {
  const { protocol, encrypted } = protocolOf(target, transport)
  return { protocol, port, transport, encrypted, authentication: 'unknown' }
}
