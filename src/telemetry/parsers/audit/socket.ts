// Addresses as the kernel packs them (struct sockaddr, in hexadecimal): who was connected to.
import type { Entities } from '../parser.ts'
import { addressOf, portOf } from '../values.ts'

/** What a SOCKADDR record's `saddr` says: address and port, or the path of a local socket. */
export interface SocketAddress {
  readonly family: 'inet' | 'inet6' | 'local'
  readonly ip?: string | undefined
  readonly port?: number | undefined
  readonly path?: string | undefined
}

const hex = /^[0-9A-Fa-f]{4,600}$/
export function socketAddress(value: unknown): SocketAddress | undefined {
  if (typeof value !== 'string' || !hex.test(value)) return undefined
  const bytes = Buffer.from(value, 'hex')
  const family = bytes[0]
  if (family === 2 && bytes.length >= 8)
    return { family: 'inet', port: portOf(bytes.readUInt16BE(2)), ip: bytes.subarray(4, 8).join('.') }
  if (family === 10 && bytes.length >= 24) {
    const words = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(8 + at * 2).toString(16))
    return { family: 'inet6', port: portOf(bytes.readUInt16BE(2)), ip: addressOf(shortest(words)) }
  }
  if (family !== 1) return undefined
  const path = bytes.toString('utf8', 2).replace(/^\0/, '@')
  return { family: 'local', path: path.split('\0')[0] }
}

/** IPv6 with its longest run of zeros left out, as it is written everywhere else. */
function shortest(words: readonly string[]): string {
  let best = { at: -1, length: 1 }
  for (let at = 0; at < words.length; at++) {
    let length = 0
    while (words[at + length] === '0') length++
    if (length > best.length) best = { at, length }
  }
  if (best.at < 0) return words.join(':')
  return `${words.slice(0, best.at).join(':')}::${words.slice(best.at + best.length).join(':')}`
}

/** The enriched format says the same in words: `SADDR={ fam=inet laddr=192.0.2.4 lport=443 }`. */
export function socketEntities(
  saddr: unknown,
  call: string | undefined,
): Pick<Entities, 'src_ip' | 'src_port' | 'dst_ip' | 'dst_port'> {
  const address = socketAddress(saddr)
  if (address?.ip === undefined) return {}
  return call === 'accept' || call === 'accept4' || call === 'recvfrom'
    ? { src_ip: address.ip, src_port: address.port }
    : { dst_ip: address.ip, dst_port: address.port }
}
