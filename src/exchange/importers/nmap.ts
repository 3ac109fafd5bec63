// Scans of nmap as XML (`nmap -oX`): hosts that answered, their open ports, and what answered there.
import { type Issue, no, ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { kindOf, spoken, toPort } from '../kinds.ts'
import { networkOf, networkText } from '../networks.ts'
import { entryOf, isMap, once, portOf } from '../values.ts'
import { childrenOf, type XmlElement } from '../xml.ts'
import { draftOf, elsewhereOf, type Importer, onDemand } from './importer.ts'

export const nmap: Importer = {
  name: 'nmap',
  title: 'nmap',
  reads: '`nmap -oX FILE`, best with -sV',
  becomes:
    'hosts that are up → assets, open ports → flows from where the scan was made, networks (/24, /64) → zones; hosts that are down and ports that are not open → notes',
  recognises: ({ form, documents }) =>
    form === 'xml' && documents.some(({ value }) => isElement(value) && value.name === 'nmaprun'),
  read(sources) {
    const documents = sources.flatMap((source) => source.documents)
    const wrong = documents.flatMap((document): Issue[] => {
      if (isElement(document.value) && document.value.name === 'nmaprun') return []
      return [
        {
          code: 'wrong-type',
          severity: 'error',
          at: document.place([]),
          text: 'this is no scan of nmap',
          help: 'give what nmap -oX writes',
        },
      ]
    })
    if (wrong.length > 0) return no(wrong)
    const draft = draftOf('nmap', sources)
    const around = around_(draft)
    for (const { value } of documents) if (isElement(value)) draftScan(value, around)
    return ok(draft.finish())
  },
}

const isElement = (value: unknown): value is XmlElement =>
  isMap(value) && typeof value['name'] === 'string' && isMap(value['attributes']) && Array.isArray(value['children'])

interface Around {
  readonly draft: Drafting
  /** The asset that stands for where the scan was made. */
  readonly scanner: () => string
  readonly zoneOf: (addresses: readonly string[]) => string
}

function around_(draft: Drafting): Around {
  const zones = new Map<string, string>()
  const elsewhere = elsewhereOf(draft)
  const scanner = onDemand(() =>
    draft.put('assets', {
      id: 'where-the-scan-was-made',
      values: { title: 'Where the scan was made', kind: 'machines', zone: elsewhere(), criticality: 'low' },
    }),
  )
  const zoneOf = (addresses: readonly string[]): string => {
    const [address] = addresses
    const network = address === undefined ? undefined : networkOf(`${address}/${address.includes(':') ? 64 : 24}`)
    if (!network) return elsewhere()
    const cidr = networkText(network)
    const zone =
      zones.get(cidr) ??
      draft.put('zones', {
        id: `network-${cidr.split('/')[0]}`,
        values: { title: `Network ${cidr}`, trust: 50, cidrs: [cidr] },
        remarks: ['a guess: scans do not say how large networks are'],
      })
    zones.set(cidr, zone)
    return zone
  }
  return { draft, scanner, zoneOf }
}

function draftScan(scan: XmlElement, around: Around): void {
  const { draft } = around
  const hosts = childrenOf(scan, 'host')
  const up = hosts.filter((host) => stateOf(host) !== 'down')
  draft.see('hosts', hosts.length)
  if (hosts.length > up.length)
    draft.note(`hosts that are down: ${hosts.length - up.length}`, 'hosts', hosts.length - up.length)
  for (const host of up) draftHost(host, around)
  const { args, version, startstr } = scan.attributes
  draft.note(`scanned ${startstr ?? ''} with nmap ${version ?? ''}: ${args ?? ''}`)
  const stopped = childrenOf(scan, 'runstats').length === 0
  if (stopped) draft.note('the scan was stopped before its end: hosts may be missing')
}

const stateOf = (element: XmlElement): string =>
  childrenOf(element, element.name === 'host' ? 'status' : 'state')[0]?.attributes['state'] ?? ''
const below = (element: XmlElement, outer: string, name: string): XmlElement[] =>
  childrenOf(element, outer).flatMap((one) => childrenOf(one, name))

function draftHost(host: XmlElement, around: Around): void {
  const { draft } = around
  const all = childrenOf(host, 'address').map(({ attributes }) => attributes)
  const addresses = all.filter(({ addrtype }) => addrtype !== 'mac').flatMap(({ addr }) => addr ?? [])
  const macs = all.filter(({ addrtype }) => addrtype === 'mac')
  const names = once(below(host, 'hostnames', 'hostname').flatMap(({ attributes: { name } }) => name ?? []))
  const ports = below(host, 'ports', 'port')
  const open = ports.filter((port) => stateOf(port) === 'open')
  const system = below(host, 'os', 'osmatch')[0]?.attributes['name'] ?? ''
  const id = draft.put('assets', {
    of: 'hosts',
    id: names[0]?.split('.')[0] ?? addresses[0] ?? macs[0]?.['addr'] ?? 'host',
    values: {
      title: names[0] ?? addresses[0] ?? 'Host',
      kind: kindOfHost(open, system),
      zone: around.zoneOf(addresses),
      hosts: names,
      addresses,
      tags: [
        ...macs.map(({ addr, vendor }) => tag('mac', `${addr ?? ''}-${vendor ?? ''}`)),
        ...once(
          open.map(({ attributes }) => tag('listens', `${attributes['portid'] ?? ''}-${attributes['protocol'] ?? ''}`)),
        ),
      ],
    },
    remarks: [system === '' ? '' : `system: ${system}`],
  })
  draftPorts(ports, open, { id, around })
  for (const { attributes } of below(host, 'ports', 'extraports'))
    draft.note(`${id}: ${attributes['count'] ?? ''} more ports are ${attributes['state'] ?? ''}`)
}

function draftPorts(
  ports: readonly XmlElement[],
  open: readonly XmlElement[],
  { id, around }: { id: string; around: Around },
): void {
  const { draft } = around
  draft.see('ports', ports.length)
  if (ports.length > open.length)
    draft.note(`${id}: ports that are not open: ${ports.length - open.length}`, 'ports', ports.length - open.length)
  for (const port of open) {
    const { protocol = 'tcp', portid } = port.attributes
    const service = childrenOf(port, 'service')[0]?.attributes ?? {}
    const name = service['name'] ?? ''
    const secured = service['tunnel'] === 'ssl' || /^(https|ssl|ssh|imaps|pop3s|ldaps|smtps)/.test(name)
    draft.flow({
      of: 'ports',
      from: around.scanner(),
      to: id,
      label: `${protocol} ${portid ?? ''}`,
      values: {
        protocol: spelt(name, secured),
        ...(protocol === 'tcp' ? { port: portOf(portid) ?? 0 } : toPort(portOf(portid) ?? 0, protocol)),
        encrypted: name === '' ? undefined : secured || spoken(spelt(name, secured) ?? '').encrypted,
        authentication: 'unknown',
      },
      remarks: [[service['product'], service['version'], service['extrainfo']].filter(Boolean).join(' ')],
    })
  }
}

const spellings: Readonly<Record<string, string>> = {
  'ms-wbt-server': 'rdp',
  'microsoft-ds': 'smb',
  'netbios-ssn': 'smb',
  postgresql: 'postgres',
  domain: 'dns',
  'http-proxy': 'http',
  'ms-sql-s': 'mssql',
  msrpc: 'rpc',
}

/** A service in the words of the model; undefined where nmap could not tell. */
function spelt(name: string, secured: boolean): string | undefined {
  if (name === '' || name === 'unknown' || name === 'tcpwrapped') return undefined
  const plain = entryOf(spellings, name) ?? name
  return plain === 'http' && secured ? 'https' : plain
}

/** What most says what a host is for: a product that is known, the system, or just a server. */
function kindOfHost(open: readonly XmlElement[], system: string): string {
  const services = open.map((port) => childrenOf(port, 'service')[0]?.attributes ?? {})
  const windows =
    /windows/i.test(system) ||
    services.some(
      ({ name, ostype }) => name === 'ms-wbt-server' || name === 'microsoft-ds' || /windows/i.test(ostype ?? ''),
    )
  const usual = windows
    ? 'windows-server'
    : /linux/i.test(`${system} ${services.map(({ ostype }) => ostype).join(' ')}`)
      ? 'linux-server'
      : 'server'
  const products = services
    .map(({ product = '', name = '' }) => product || name)
    .filter((name) => !/ssh|rpc|domain|microsoft|netbios|unknown|tcpwrapped|^https?$/i.test(name))
  return products.map((product) => kindOf(product, '')).find((kind) => kind !== '') ?? usual
}
