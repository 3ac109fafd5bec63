// Assets and flows as other rooms read them: with what their kinds say, and where they are deployed.
import { plainestKind } from './kinds/library.ts'
import type { Kinds } from './kinds/resolve-kinds.ts'
import type { FlowEnds } from './names.ts'
import { portOf, protocolOf } from './protocols.ts'
import type { WrittenAsset, WrittenFlow, WrittenInstance } from './source.ts'
import type { Asset, Flow, Instance, Port } from './types.ts'

const each = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

/** Everything of an asset but its id and place; of a kind that is not known, what a server has. */
export function resolveAsset(written: WrittenAsset, id: string, kinds: Kinds): Omit<Asset, 'id' | 'at'> {
  const { fixed, instances: _, ...asset } = written
  const kind = kinds.get(asset.kind) ?? kinds.get(plainestKind.id) ?? plainestKind
  const instances = instancesOf(id, written)
  const without = new Set(fixed)
  return {
    ...asset,
    title: asset.title ?? id,
    hosts: each([...asset.hosts, ...instances.flatMap(({ hosts }) => hosts)]),
    addresses: each([...asset.addresses, ...instances.flatMap(({ addresses }) => addresses)]),
    replicas: asset.replicas ?? instances.reduce((sum, one) => sum + one.replicas, 0),
    category: kind.category,
    technology: kind.technology,
    ports: kind.ports,
    logs: kind.logs,
    patchFamily: kind.patchFamily,
    traits: kind.traits,
    weaknesses: each([...kind.weaknesses, ...asset.weaknesses]).filter((one) => !without.has(one)),
    controls: each(asset.controls),
    tags: each(asset.tags),
    instances,
  }
}

/** Where an asset is deployed: itself, when nothing else is written. */
function instancesOf(id: string, asset: WrittenAsset): Instance[] {
  const written = Object.entries(asset.instances)
  if (written.length > 0) return written.map(([name, instance]) => instanceOf(name, instance, asset))
  const { environment, zone, hosts, addresses, replicas = 1, owner, criticality } = asset
  return [{ id, environment, site: '', zone, hosts, addresses, replicas, owner, criticality }]
}

const instanceOf = (id: string, instance: WrittenInstance, asset: WrittenAsset): Instance => ({
  id,
  environment: instance.environment ?? asset.environment,
  site: instance.site,
  zone: instance.zone ?? asset.zone,
  hosts: instance.hosts,
  addresses: instance.addresses,
  replicas: instance.replicas ?? 1,
  owner: instance.owner ?? asset.owner,
  criticality: instance.criticality ?? asset.criticality,
})

/** Protocol, port and encryption of a flow: as written, else as the receiver's kind has them, else as is usual for the protocol or the port. */
export function spokenOf(
  { protocol, port, encrypted }: Pick<WrittenFlow, 'protocol' | 'port' | 'encrypted'>,
  ports: readonly Port[],
): Port {
  const fits = (one: Port) =>
    (protocol === undefined || one.protocol === protocol) && (port === undefined || one.port === port)
  const usual = ports.find(fits) ?? (protocol === undefined ? onPort(port) : portOf(protocol))
  return {
    protocol: protocol ?? usual?.protocol ?? 'tcp',
    port: port ?? usual?.port ?? 0,
    encrypted: encrypted ?? usual?.encrypted ?? false,
  }
}

const onPort = (port: number | undefined): Port | undefined =>
  port === undefined ? undefined : { ...protocolOf(port, 'tcp'), port }

/** Everything of a flow but its id and place. */
export const resolveFlow = (
  flow: WrittenFlow & FlowEnds,
  receiver: Pick<Asset, 'ports'> | undefined,
  isData: (id: string) => boolean,
): Omit<Flow, 'id' | 'at'> => ({
  from: flow.from,
  to: flow.to,
  ...spokenOf(flow, receiver?.ports ?? []),
  authentication: flow.authentication,
  authorization: flow.authorization,
  data: flow.data.filter(isData),
  back: flow.back.filter(isData),
  purpose: flow.purpose,
  tags: each(flow.tags),
})
