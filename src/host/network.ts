// Interfaces and routes as /proc/net tells them: text → addresses with their networks, default gateways.
import { ipv4FromHex, ipv6FromDigits, maskBits } from './address-text.ts'
import type { Gateway, Interface } from './types.ts'

const up = 1
const most = 5_000

interface Route {
  readonly interface: string
  readonly destination: number
  readonly mask: number
  readonly gateway: string
  readonly metric: number
  readonly toGateway: boolean
}

const lines = (text: string): string[] => text.split('\n').slice(0, most)
const word = (hex = ''): number | undefined => {
  const address = ipv4FromHex(hex)
  return address === undefined ? undefined : ipv4Number(address)
}
const ipv4Number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** /proc/net/route: Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT. */
function routesOf(text: string): Route[] {
  return lines(text).flatMap((line) => {
    const [name, to, by, flags, , , metric, mask] = line.trim().split(/\s+/)
    const numbers = { destination: word(to), gateway: word(by), mask: word(mask) }
    const { destination, gateway, mask: bits } = numbers
    if (!name || destination === undefined || gateway === undefined || bits === undefined) return []
    if ((Number.parseInt(flags ?? '', 16) & up) === 0) return []
    return [
      {
        interface: name,
        destination,
        mask: bits,
        gateway: ipv4FromHex(by ?? '') ?? '',
        metric: Number(metric) || 0,
        toGateway: gateway !== 0,
      },
    ]
  })
}

/** Own IPv4 addresses: in /proc/net/fib_trie a line `|-- address`, then `/32 host LOCAL`. */
function localAddresses(text: string): string[] {
  const found = new Set<string>()
  let address = ''
  for (const line of lines(text)) {
    address = /\|--\s+(\d{1,3}(?:\.\d{1,3}){3})\s*$/.exec(line)?.[1] ?? address
    if (/^\s*\/32 host LOCAL/.test(line) && address !== '') found.add(address)
  }
  return [...found]
}

/** Default routes of /proc/net/route and /proc/net/ipv6_route, the lowest metric first, IPv4 before IPv6. */
export function gatewaysOf(routeText: string, route6Text: string): Gateway[] {
  const four = routesOf(routeText)
    .filter((route) => route.destination === 0 && route.mask === 0 && route.toGateway)
    .sort((a, b) => a.metric - b.metric)
    .map((route) => ({ address: route.gateway, interface: route.interface }))
  const six = lines(route6Text).flatMap((line) => {
    const [to = '', bits, , , by = '', , , , , name] = line.trim().split(/\s+/)
    const gateway = ipv6FromDigits(by)
    const isDefault = /^0{32}$/.test(to) && bits === '00' && name !== 'lo' && !/^0{32}$/.test(by)
    return isDefault && gateway !== undefined && name ? [{ address: gateway, interface: name }] : []
  })
  return [...four, ...six]
}

/** /proc/net/if_inet6: address, index, prefix length, scope, flags (all hexadecimal), interface. */
function addresses6(text: string): { name: string; address: string; prefix: number }[] {
  return lines(text).flatMap((line) => {
    const [digits = '', , length = '', , , name] = line.trim().split(/\s+/)
    const address = ipv6FromDigits(digits)
    const prefix = Number.parseInt(length, 16)
    return address !== undefined && name && prefix >= 0 && prefix <= 128 ? [{ name, address, prefix }] : []
  })
}

/** What /proc/net holds of interfaces. An address without a connected network belongs to an interface called `unknown`, with a full-length prefix. */
export function interfacesOf(texts: {
  readonly fibTrie: string
  readonly route: string
  readonly inet6: string
  /** Hardware address of an interface, or empty. */
  mac(name: string): string
}): Interface[] {
  const routes = routesOf(texts.route).filter((route) => !route.toGateway && route.mask !== 0)
  const four = localAddresses(texts.fibTrie).map((address) => placed(address, routes))
  const byName = new Map<string, Interface['addresses']>()
  for (const { name, address, prefix } of [...four, ...addresses6(texts.inet6)])
    byName.set(name, [...(byName.get(name) ?? []), { address, prefix }])
  return [...byName].map(([name, addresses]) => ({ name, mac: texts.mac(name), addresses }))
}

function placed(address: string, routes: readonly Route[]): { name: string; address: string; prefix: number } {
  if (address.startsWith('127.')) return { name: 'lo', address, prefix: 8 }
  const value = ipv4Number(address)
  const [best] = routes
    .filter(({ destination, mask }) => (value & mask) >>> 0 === destination)
    .sort((a, b) => b.mask - a.mask)
  const prefix = best && maskBits(best.mask)
  return best && prefix !== undefined
    ? { name: best.interface, address, prefix }
    : { name: 'unknown', address, prefix: 32 }
}
