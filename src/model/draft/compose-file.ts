// docker-compose.yml as far as a draft needs it: services with ports, networks and what they wait for. What has another form is passed over.
import { parseYaml } from '#platform'
import { type Issue, no, ok, type Result } from '#kernel'

/** A port of a container, and where the machine hands it on to others. */
export interface ComposePort {
  readonly target: number
  readonly transport: 'tcp' | 'udp'
  /** Undefined when only other containers reach it. */
  readonly published: { readonly port: number; readonly address: string } | undefined
}

export interface ComposeService {
  readonly name: string
  readonly image: string
  /** Names under which others and logs know it. */
  readonly names: readonly string[]
  readonly ports: readonly ComposePort[]
  /** Services that it waits for or is linked to. */
  readonly needs: readonly string[]
  readonly networks: readonly { readonly name: string; readonly addresses: readonly string[] }[]
}

export interface ComposeFile {
  readonly name: string
  readonly services: readonly ComposeService[]
  readonly networks: readonly { readonly name: string; readonly cidrs: readonly string[]; readonly internal: boolean }[]
}

const mostServices = 500

/** Reads the text; services sorted by name. Fails with what is wrong with the YAML. */
export function composeFile(text: string, file: string): Result<ComposeFile, Issue[]> {
  const parsed = parseYaml(text, file)
  if (!parsed.ok) return parsed
  const root = mapOf(parsed.value.value)
  const services = entriesOf(root['services'])
  if (services.length === 0) {
    const help = 'give the path of a file with services'
    return no([{ code: 'compose-empty', severity: 'warning', at: { file }, text: 'there are no services in it', help }])
  }
  return ok({
    name: textOf(root['name']),
    services: services.slice(0, mostServices).map(([name, service]) => serviceOf(name, mapOf(service))),
    networks: entriesOf(root['networks']).map(([name, network]) => networkOf(name, mapOf(network))),
  })
}

type Map_ = Readonly<Record<string, unknown>>
const isMap = (value: unknown): value is Map_ => typeof value === 'object' && value !== null && !Array.isArray(value)
const mapOf = (value: unknown): Map_ => (isMap(value) ? value : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const entriesOf = (value: unknown) => Object.entries(mapOf(value)).sort(([a], [b]) => (a < b ? -1 : 1))

/** A scalar as text, `${NAME:-default}` as its default. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.slice(0, 1_000).replace(/\$\{\w+(?::?-([^{}]*))?\}/g, (_, standard: string | undefined) => standard ?? '')
    : typeof value === 'number'
      ? String(value)
      : ''

/** A list of names, or the keys of a map. */
const namesOf = (value: unknown): string[] =>
  (isMap(value) ? Object.keys(value) : listOf(value).map(textOf)).filter((name) => name !== '')

function serviceOf(name: string, service: Map_): ComposeService {
  const networks = isMap(service['networks'])
    ? entriesOf(service['networks']).map(([network, given]) => ({
        name: network,
        addresses: [textOf(mapOf(given)['ipv4_address']), textOf(mapOf(given)['ipv6_address'])].filter(
          (address) => address !== '',
        ),
      }))
    : namesOf(service['networks'])
        .sort()
        .map((network) => ({ name: network, addresses: [] }))
  const image = textOf(service['image'])
  const linked = namesOf(service['links']).map((link) => link.split(':')[0] ?? '')
  return {
    name,
    // `registry:5000/team/postgres:16@sha256:…` → `postgres`
    image: (image.split('@')[0]?.split('/').at(-1) ?? '').split(':')[0] ?? '',
    names: [name, textOf(service['container_name']), textOf(service['hostname'])].filter((one) => one !== ''),
    ports: [...listOf(service['ports']).flatMap(portsOf), ...listOf(service['expose']).flatMap(exposedOf)].slice(
      0,
      100,
    ),
    needs: [...new Set([...namesOf(service['depends_on']), ...linked])].sort(),
    networks: networks.length > 0 ? networks : [{ name: 'default', addresses: [] }],
  }
}

const networkOf = (name: string, network: Map_): ComposeFile['networks'][number] => ({
  name,
  cidrs: listOf(mapOf(network['ipam'])['config'])
    .map((one) => textOf(mapOf(one)['subnet']))
    .filter((subnet) => subnet !== ''),
  internal: network['internal'] === true,
})

/** A port or the first of a range, as a number. */
function portNumber(text: string): number | undefined {
  const [first = ''] = text.split('-')
  const port = /^\d{1,5}$/.test(first) ? Number(first) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}

/** The short form `[address:][published:]target[/udp]`, or the long one. Of a range the first port counts. */
function portsOf(value: unknown): ComposePort[] {
  if (isMap(value)) {
    const target = portNumber(textOf(value['target']))
    const published = portNumber(textOf(value['published']))
    const address = textOf(value['host_ip'])
    return portOf(target, { udp: value['protocol'] === 'udp', published: published ?? target, address })
  }
  const [ports = '', protocol] = textOf(value).split('/')
  const parts = /^(?:(\[[^\]]*\]|[^:]*):)?(?:([^:]*):)?([^:]+)$/.exec(ports) ?? []
  const [, first = '', second, last = ''] = parts
  // With one colon the part before it is the published port; with two it is the address.
  const [address, outer] = second === undefined ? ['', first] : [first.replace(/^\[|\]$/g, ''), second]
  const target = portNumber(last)
  return portOf(target, { udp: protocol === 'udp', published: portNumber(outer) ?? target, address })
}

const portOf = (
  target: number | undefined,
  given: { udp: boolean; published: number | undefined; address: string },
): ComposePort[] =>
  target === undefined
    ? []
    : [
        {
          target,
          transport: given.udp ? 'udp' : 'tcp',
          published: given.published === undefined ? undefined : { port: given.published, address: given.address },
        },
      ]

function exposedOf(value: unknown): ComposePort[] {
  const [port = '', protocol] = textOf(value).split('/')
  const target = portNumber(port)
  return target === undefined ? [] : [{ target, transport: protocol === 'udp' ? 'udp' : 'tcp', published: undefined }]
}
