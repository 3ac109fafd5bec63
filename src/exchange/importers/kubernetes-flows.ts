// Who speaks to whom in a cluster: by Services that are open to the outside, Ingress paths, NetworkPolicies, and names in environments.
import { tag } from '../fitting.ts'
import { toPort } from '../kinds.ts'
import { at, type Fields, listOf, mapOf, mapsOf, once, portOf, textOf, textsOf } from '../values.ts'
import { hostsNamed } from './containers.ts'
import { onDemand } from './importer.ts'
import { type Cluster, type KubeObject, matches } from './kubernetes-objects.ts'

type Running = Cluster['workloads'][number]

/** The workloads of a namespace whose pods a selector means. */
const selected = ({ workloads }: Cluster, namespace: string, selector: unknown): Running[] =>
  workloads.filter(({ object, labels }) => object.namespace === namespace && matches(selector, labels))

/** The workloads behind a Service; without a selector there are none. */
const behindService = (cluster: Cluster, { namespace, spec }: KubeObject): Running[] =>
  Object.keys(mapOf(spec['selector'])).length === 0 ? [] : selected(cluster, namespace, spec['selector'])

const unknown = { authentication: 'unknown' }
const transportOf = (port: Fields): string => (textOf(port['protocol']).toLowerCase() === 'udp' ? 'udp' : 'tcp')

/** Services: names of the workloads behind them; those open to the outside are flows from the internet. */
export function draftServices(cluster: Cluster): void {
  const { draft, objects, internet } = cluster
  const services = objects.filter(({ kind }) => kind === 'Service')
  draft.see('services', services.length)
  for (const service of services) {
    const { name, namespace, spec } = service
    const behind = behindService(cluster, service)
    const type = textOf(spec['type']) || 'ClusterIP'
    if (behind.length === 0) {
      const outside = textOf(spec['externalName'])
      draft.note(
        `service ${name}: ${outside === '' ? 'no workload here is behind it' : `stands for ${outside}`}`,
        'services',
      )
      continue
    }
    const open = ['LoadBalancer', 'NodePort'].includes(type) || listOf(spec['externalIPs']).length > 0
    for (const { id } of behind) {
      draft.amend('assets', id, {
        hosts: [`${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`],
        tags: [tag('service', name), ...(open ? [tag(type.toLowerCase())] : [])],
        ...(open ? { internetFacing: true } : {}),
      })
      if (!open) continue
      for (const port of mapsOf(spec['ports'])) {
        const values = {
          ...toPort(portOf(port['port']) ?? 0, transportOf(port)),
          ...unknown,
          purpose: `${type} ${name}`,
        }
        draft.flow({ from: internet.clients(), to: id, label: textOf(port['name']), values })
      }
    }
    draft.tagged('services')
  }
}

/** Ingress paths: flows from the ingress controller, which the internet reaches. */
export function draftIngresses(cluster: Cluster): void {
  const { draft, objects, internet, zone } = cluster
  const ingresses = objects.filter(({ kind }) => kind === 'Ingress')
  const controllers = new Map<string, () => string>()
  draft.see('ingresses', ingresses.length)
  for (const ingress of ingresses) {
    const { name, spec } = ingress
    const name_ =
      textOf(spec['ingressClassName']) ||
      textOf(at(ingress.all, 'metadata', 'annotations', 'kubernetes.io/ingress.class')) ||
      'ingress'
    const controller = controllers.get(name_) ?? onDemand(() => draft.put('assets', controllerNamed(name_, zone())))
    controllers.set(name_, controller)
    const secured = mapsOf(spec['tls']).length > 0
    const hosts = once([
      ...mapsOf(spec['rules']).map((rule) => textOf(rule['host'])),
      ...mapsOf(spec['tls']).flatMap(({ hosts: all }) => textsOf(all)),
    ])
    draft.amend('assets', controller(), { hosts: hosts.filter((host) => host !== ''), tags: [tag('ingress', name)] })
    draft.tagged('ingresses')
    const values = { protocol: secured ? 'https' : 'http', port: secured ? 443 : 80, encrypted: secured, ...unknown }
    draft.flow({ from: internet.clients(), to: controller(), values })
    draftPaths(ingress, controller(), cluster)
  }
}

const controllerNamed = (name: string, zone: string) => ({
  id: name === 'ingress' ? 'ingress-controller' : `ingress-${name}`,
  values: { title: `Ingress controller ${name}`, kind: 'reverse-proxy', zone, internetFacing: true },
})

function draftPaths({ name, namespace, spec }: KubeObject, controller: string, cluster: Cluster): void {
  const { draft, objects } = cluster
  const rules = mapsOf(spec['rules']).flatMap((rule) =>
    mapsOf(at(rule, 'http', 'paths')).map((path) => ({
      host: textOf(rule['host']),
      path,
      backend: mapOf(path['backend']),
    })),
  )
  const standard = mapOf(spec['defaultBackend'] ?? spec['backend'])
  const all = Object.keys(standard).length === 0 ? rules : [...rules, { host: '', path: {}, backend: standard }]
  draft.see('ingress paths', all.length)
  for (const { host, path, backend } of all) {
    const service = textOf(at(backend, 'service', 'name')) || textOf(backend['serviceName'])
    const object = objects.find((one) => one.kind === 'Service' && one.name === service && one.namespace === namespace)
    const [to] = object ? behindService(cluster, object) : []
    const where = `${host}${textOf(at(path, 'path'))}` || '/'
    if (!to) {
      draft.note(
        `ingress ${name}: ${where} leads to ${service || 'nothing'}, behind which no workload is`,
        'ingress paths',
      )
      continue
    }
    const port =
      portOf(at(backend, 'service', 'port', 'number')) ??
      portOf(backend['servicePort']) ??
      portOf(at(object?.spec, 'ports', 0, 'port')) ??
      0
    draft.flow({
      of: 'ingress paths',
      from: controller,
      to: to.id,
      label: where,
      values: { ...toPort(port), ...unknown, purpose: where },
    })
  }
}

/** NetworkPolicies: flows between those whom each names; the policy itself is a tag of the workloads that it protects. */
export function draftPolicies(cluster: Cluster): void {
  const { draft, objects } = cluster
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy')
  draft.see('network policies', policies.length)
  for (const { name, namespace, spec } of policies) {
    const pods = selected(cluster, namespace, spec['podSelector'])
    if (pods.length === 0) {
      draft.note(`network policy ${name}: it protects no workload here`, 'network policies')
      continue
    }
    for (const { id } of pods) draft.amend('assets', id, { tags: [tag('network-policy', name)] })
    draft.tagged('network policies')
    for (const rule of mapsOf(spec['ingress']))
      for (const from of peersOf(rule['from'], namespace, cluster))
        for (const to of pods) allowed({ from, to: to.id, ports: rule['ports'], policy: name }, cluster)
    for (const rule of mapsOf(spec['egress']))
      for (const to of peersOf(rule['to'], namespace, cluster))
        for (const from of pods) allowed({ from: from.id, to, ports: rule['ports'], policy: name }, cluster)
  }
}

interface Allowed {
  readonly from: string
  readonly to: string
  readonly ports: unknown
  readonly policy: string
}
function allowed({ from, to, ports, policy }: Allowed, { draft }: Cluster): void {
  const named = mapsOf(ports)
  for (const port of named.length > 0 ? named : [{}]) {
    const values = {
      ...toPort(portOf(port['port']) ?? 0, transportOf(port)),
      ...unknown,
      purpose: `allowed by network policy ${policy}`,
    }
    draft.flow({ from, to, label: textOf(port['port']), values })
  }
}

/** Assets that the peers of a rule stand for. Without peers it is everybody, which is no flow to write down. */
function peersOf(peers: unknown, namespace: string, cluster: Cluster): string[] {
  return once(
    mapsOf(peers).flatMap((peer) => {
      const block = textOf(at(peer, 'ipBlock', 'cidr'))
      if (block !== '') return [cluster.machines(block)]
      const spaces = 'namespaceSelector' in peer ? namespacesOf(peer['namespaceSelector'], cluster) : [namespace]
      return spaces.flatMap((space) => selected(cluster, space, peer['podSelector'] ?? {}).map(({ id }) => id))
    }),
  )
}

function namespacesOf(selector: unknown, { objects, workloads }: Cluster): string[] {
  const labels = new Map(objects.filter(({ kind }) => kind === 'Namespace').map((one) => [one.name, one.labels]))
  const all = once([...labels.keys(), ...workloads.map(({ object }) => object.namespace)])
  return all.filter((name) => matches(selector, { 'kubernetes.io/metadata.name': name, ...labels.get(name) }))
}

/** Workloads whose environment names a Service speak to what is behind it. */
export function draftSpoken(cluster: Cluster): void {
  const { draft, objects, workloads } = cluster
  const services = new Map(
    objects.filter(({ kind }) => kind === 'Service').map((one) => [`${one.namespace} ${one.name}`, one]),
  )
  for (const { id, object, containers } of workloads) {
    const values = containers.flatMap((one) => mapsOf(one['env']).map((variable) => textOf(variable['value'])))
    for (const { host, port } of once(values).flatMap(hostsNamed)) {
      const [name = '', space = object.namespace] = host.split('.')
      const service = services.get(`${space} ${name}`)
      const [to] = service ? behindService(cluster, service) : []
      if (!service || !to) continue
      const target = port ?? portOf(at(service.spec, 'ports', 0, 'port')) ?? 0
      draft.flow({
        from: id,
        to: to.id,
        values: { ...toPort(target), ...unknown, purpose: 'named in its environment' },
      })
    }
  }
}
