// docker-compose files: services, networks, volumes, secrets, configs, published ports and who waits for whom.
import { no, ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { kindOf, protocolOn, toPort } from '../kinds.ts'
import { at, entryOf, type Fields, isMap, listOf, mapOf, once, textOf, textsOf } from '../values.ts'
import { composePort, type ComposePort } from './compose-port.ts'
import { hostsNamed, keepsData, usualPort } from './containers.ts'
import { draftOf, type Importer, internetOf } from './importer.ts'

export const compose: Importer = {
  name: 'docker-compose',
  title: 'docker-compose',
  reads: 'docker-compose.yml, or what `docker compose config` prints; several files are read as one after another',
  becomes:
    'networks → zones, services → assets, named volumes and secrets → data, published ports → flows from the internet, depends_on and links → flows; configs → notes; mounts, privileges and profiles → tags',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) &&
        isMap(value['services']) &&
        Object.values(value['services']).some((one) => isMap(one) && serviceKeys.some((key) => key in one)),
    ),
  read(sources) {
    const documents = sources.flatMap((source) => source.documents)
    const wrong = documents.filter(({ value }) => !isMap(at(value, 'services')))
    if (wrong.length > 0)
      return no(
        wrong.map((document) => ({
          code: 'wrong-type',
          severity: 'error' as const,
          at: document.place(['services']),
          text: 'there is no map of services in it',
          help: 'give a file with services:, or what docker compose config prints',
        })),
      )
    const draft = draftOf('docker-compose', sources)
    const internet = internetOf(draft)
    for (const { value } of documents) draftFile(mapOf(value), { draft, internet })
    return ok(draft.finish())
  },
}

const serviceKeys = [
  'image',
  'build',
  'ports',
  'command',
  'environment',
  'depends_on',
  'extends',
  'networks',
  'volumes',
]

interface Under {
  readonly draft: Drafting
  readonly internet: ReturnType<typeof internetOf>
}

/** `${NAME:-default}` as its default. */
const filled = (text: string): string =>
  text.slice(0, 2_000).replace(/\$\{\w+(?::?[-?+]([^{}]*))?\}/g, (_, standard: string | undefined) => standard ?? '')

interface Service {
  readonly name: string
  readonly given: Fields
  readonly networks: readonly string[]
  readonly ports: readonly ComposePort[]
  /** Entries of ports that cannot be read. */
  readonly unread: number
}

const serviceOf = (name: string, given: Fields): Service => {
  const networks = textsOf(given['networks'])
  const entries = [
    ...listOf(given['ports']).map((one) => composePort(isMap(one) ? one : filled(textOf(one)))),
    ...listOf(given['expose']).map((one) =>
      composePort(filled(textOf(one))).map((port) => ({ ...port, published: undefined })),
    ),
  ]
  return {
    name,
    given,
    networks:
      networks.length > 0
        ? networks
        : textOf(given['network_mode']) === ''
          ? ['default']
          : [filled(textOf(given['network_mode']))],
    ports: entries.flat(),
    unread: entries.filter((ports) => ports.length === 0).length,
  }
}

function draftFile(file: Fields, under: Under): void {
  const { draft } = under
  const services = Object.entries(mapOf(file['services'])).map(([name, one]) => serviceOf(name, mapOf(one)))
  draft.see('services', services.length)
  const zones = draftNetworks(file, services, draft)
  const ids = new Map(services.map((service) => [service.name, draftService(service, zones, draft)]))
  draftKept(file, services, { ids, draft })
  for (const service of services) draftPorts(service, ids.get(service.name) ?? '', under)
  draftNeeds(services, ids, draft)
  const configs = Object.keys(mapOf(file['configs']))
  draft.see('configs', configs.length)
  for (const name of configs) draft.note(`config ${name}`, 'configs')
  const name = textOf(file['name'])
  if (services.length > 0)
    draft.put('services', {
      id: name || 'compose',
      values: { title: name || 'What the compose file runs', needs: [...ids.values()].slice(0, 500) },
    })
}

function draftNetworks(file: Fields, services: readonly Service[], draft: Drafting): ReadonlyMap<string, string> {
  const declared = mapOf(file['networks'])
  const used = services.flatMap(({ networks }) => networks)
  draft.see('networks', Object.keys(declared).length)
  return new Map(
    once([...Object.keys(declared), ...used]).map((name) => {
      const network = mapOf(entryOf(declared, name))
      const cidrs = listOf(at(network, 'ipam', 'config')).map((one) => filled(textOf(at(one, 'subnet'))))
      const id = draft.put('zones', {
        of: Object.hasOwn(declared, name) ? 'networks' : undefined,
        id: name === 'default' ? 'compose-default' : name,
        values: {
          title: name === 'host' ? 'Network of the machine itself' : `Network ${name}`,
          trust: network['internal'] === true ? 70 : 60,
          cidrs,
        },
        remarks: Object.entries(network)
          .filter(([key]) => ['driver', 'external', 'internal', 'name'].includes(key))
          .map(([key, value]) => `${key}: ${textOf(value)}`),
      })
      return [name, id]
    }),
  )
}

function draftService(service: Service, zones: ReadonlyMap<string, string>, draft: Drafting): string {
  const { name, given, networks } = service
  const image = filled(textOf(given['image']))
  const addresses = Object.values(mapOf(given['networks'])).flatMap((one) => [
    textOf(at(one, 'ipv4_address')),
    textOf(at(one, 'ipv6_address')),
  ])
  const replicas = Number(textOf(at(given, 'deploy', 'replicas')))
  const [home = ''] = networks
  return draft.put('assets', {
    of: 'services',
    id: name,
    values: {
      title: `Container ${name}`,
      kind: kindOf(image, kindOf(name, 'container')),
      zone: zones.get(home) ?? [...zones.values()][0] ?? '',
      hosts: [name, filled(textOf(given['container_name'])), filled(textOf(given['hostname']))].filter(
        (host) => host !== '',
      ),
      addresses: addresses.filter((address) => address !== ''),
      criticality: keepsData(image || name) ? 'high' : undefined,
      replicas: Number.isInteger(replicas) && replicas > 1 ? replicas : undefined,
      tags: [
        ...networks.slice(1).map((one) => tag('also-in', one)),
        ...privileges(given),
        ...textsOf(given['profiles']).map((one) => tag('profile', one)),
      ],
    },
    remarks: [image === '' ? 'built from a folder' : `image: ${image}`],
  })
}

/** What a container may do to its machine: one tag each. */
const privileges = (given: Fields): string[] => [
  ...(given['privileged'] === true ? ['privileged'] : []),
  ...['network_mode', 'pid', 'ipc']
    .filter((key) => textOf(given[key]) === 'host')
    .map((key) => tag(key.replace('_mode', ''), 'host')),
  ...textsOf(given['cap_add']).map((one) => tag('capability', one)),
  ...(/^(root|0)(:|$)/.test(textOf(given['user'])) ? ['runs-as-root'] : []),
  ...(given['read_only'] === true ? ['read-only'] : []),
]

interface Known {
  readonly ids: ReadonlyMap<string, string>
  readonly draft: Drafting
}

/** Named volumes and secrets as data of the services that have them; other mounts as tags. */
function draftKept(file: Fields, services: readonly Service[], { ids, draft }: Known): void {
  const volumes = Object.keys(mapOf(file['volumes']))
  const secrets = Object.keys(mapOf(file['secrets']))
  draft.see('volumes', volumes.length)
  draft.see('secrets', secrets.length)
  const data = new Map(
    volumes.map((name) => [name, draft.put('data', { of: 'volumes', id: name, values: { title: `Volume ${name}` } })]),
  )
  const kept = new Map(
    secrets.map((name) => [
      name,
      draft.put('data', {
        of: 'secrets',
        id: `secret-${name}`,
        values: { title: `Secret ${name}`, confidentiality: 'critical', integrity: 'high' },
      }),
    ]),
  )
  for (const { name, given } of services) {
    const id = ids.get(name) ?? ''
    const mounts = listOf(given['volumes']).map((one) =>
      isMap(one) ? textOf(one['source']) : (filled(textOf(one)).split(':')[0] ?? ''),
    )
    const others = mounts.filter((mount) => !data.has(mount))
    draft.see('mounts', mounts.length)
    draft.tagged('mounts', mounts.length)
    const has = listOf(given['secrets']).map((one) => (isMap(one) ? textOf(one['source']) : textOf(one)))
    draft.amend('assets', id, {
      stores: [...mounts.flatMap((mount) => data.get(mount) ?? []), ...has.flatMap((secret) => kept.get(secret) ?? [])],
      tags: others
        .filter((mount) => mount !== '')
        .map((mount) => (mount.endsWith('docker.sock') ? 'docker-socket' : tag('mount', mount))),
    })
  }
}

const loopback = /^(127\.|::1$|localhost$)/

function draftPorts({ name, ports, unread }: Service, id: string, { draft, internet }: Under): void {
  draft.see('ports', ports.length + unread)
  if (unread > 0) draft.note(`service ${name}: ${unread} of its ports cannot be read`, 'ports', unread)
  for (const { target, transport, published, address } of ports) {
    if (published === undefined || loopback.test(address)) {
      draft.amend('assets', id, {
        tags: [tag(published === undefined ? 'listens' : 'published-locally', `${target}/${transport}`)],
      })
      draft.tagged('ports')
      continue
    }
    draft.amend('assets', id, { internetFacing: true })
    const protocol = published === target ? undefined : protocolOn(textOf(draft.values('assets', id)['kind']), target)
    const values = { protocol, ...toPort(published, transport), authentication: 'unknown' }
    const remarks = [`published port, leads to ${target} of the container`]
    draft.flow({ of: 'ports', from: internet.clients(), to: id, label: `${transport} ${published}`, values, remarks })
  }
}

/** Flows to what a service waits for, is linked to, or names in its environment. */
function draftNeeds(services: readonly Service[], ids: ReadonlyMap<string, string>, draft: Drafting): void {
  const byName = new Map(services.map((service) => [service.name, service]))
  for (const { name, given } of services) {
    const needs = [...textsOf(given['depends_on']), ...textsOf(given['links']).map((link) => link.split(':')[0] ?? '')]
    draft.see('dependencies', needs.length)
    const done = new Set<string>()
    const named = hostsIn(given['environment'])
    for (const need of needs) {
      const target = byName.get(need)
      if (!target || done.has(need))
        draft.note(
          `service ${name} ${target ? 'names' : 'needs'} ${need}${target ? ' twice' : ', which is not in the file'}`,
          'dependencies',
        )
      else speak({ from: ids.get(name) ?? '', to: ids.get(need) ?? '', target, of: 'dependencies' }, draft)
      done.add(need)
    }
    for (const target of services)
      if (target.name !== name && !done.has(target.name) && named.has(target.name.toLowerCase()))
        speak({ from: ids.get(name) ?? '', to: ids.get(target.name) ?? '', target }, draft)
  }
}

interface Speaks {
  readonly from: string
  readonly to: string
  readonly target: Service
  readonly of?: string
}
function speak({ from, to, target, of }: Speaks, draft: Drafting): void {
  const [first] = target.ports
  const port = first?.target ?? usualPort(filled(textOf(target.given['image']))) ?? usualPort(target.name) ?? 0
  const purpose = of === undefined ? 'named in its environment' : 'depends_on or links'
  draft.flow({ of, from, to, values: { ...toPort(port, first?.transport), authentication: 'unknown', purpose } })
}

/** Hosts that the values of an environment name, alone or in URLs. */
function hostsIn(environment: unknown): ReadonlySet<string> {
  const values = isMap(environment)
    ? Object.values(environment).map(textOf)
    : listOf(environment).map((one) => textOf(one).replace(/^[^=]*=/, ''))
  return new Set(values.flatMap((value) => hostsNamed(filled(value)).map(({ host }) => host)))
}
