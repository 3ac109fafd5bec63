// IP networks as far as a draft needs them: which lies in which.

/** The first and last address of a network as whole numbers; `bits` is 32 for IPv4, 128 for IPv6. */
export interface Network {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
  readonly prefix: number
}

const octet = '(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])'
const ipv4Pattern = new RegExp(`^${octet}(\\.${octet}){3}$`)

const ipv4 = (text: string): bigint | undefined =>
  ipv4Pattern.test(text) ? text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined

/** RFC 4291, section 2.2, without the form that ends in dotted decimals. */
function ipv6(text: string): bigint | undefined {
  const [head = '', tail, more] = text.split('::')
  if (text.length > 39 || !text.includes(':') || more !== undefined) return undefined
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [left, right] = [groups(head), groups(tail ?? '')]
  const zeros = 8 - left.length - right.length
  if (tail === undefined ? zeros !== 0 : zeros < 1) return undefined
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

/** An address, or a network in CIDR notation (RFC 4632); bits behind the prefix are cleared. Undefined when it is neither. */
export function networkOf(text: string): Network | undefined {
  const [address = '', length, more] = text.split('/')
  const four = ipv4(address)
  const value = four ?? ipv6(address)
  if (value === undefined || more !== undefined) return undefined
  // An IPv4 address in IPv6 form is left to people: 0:0:0:0:0:ffff::/96.
  if (four === undefined && value >> 32n === 0xffffn) return undefined
  const bits = four === undefined ? 128 : 32
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined
  const prefix = length === undefined ? bits : Number(length)
  if (prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = (value / size) * size
  return { bits, first, last: first + size - 1n, prefix }
}

export const contains = (outer: Network, inner: Network): boolean =>
  outer.bits === inner.bits && outer.first <= inner.first && inner.last <= outer.last

export const sameNetwork = (a: Network, b: Network): boolean => contains(a, b) && contains(b, a)

/** Texts that two spellings of a network share. */
export const networkKey = ({ bits, first, prefix }: Network): string => `${bits}:${first}/${prefix}`

/** A network as people write it; IPv6 without shortening of zeros inside. */
export function networkText({ bits, first, prefix }: Network): string {
  const part = bits === 32 ? 8n : 16n
  const parts = Array.from({ length: bits === 32 ? 4 : 8 }, (_, index) => {
    const shift = part * BigInt((bits === 32 ? 3 : 7) - index)
    return (first >> shift) & ((1n << part) - 1n)
  })
  if (bits === 32) return `${parts.join('.')}/${prefix}`
  const groups = parts.map((group) => group.toString(16)).join(':')
  return `${groups.replace(/(:0)+$/, '::')}/${prefix}`
}

/** Whether this means everybody: 0.0.0.0/0 or ::/0. */
export const isAnywhere = (text: string): boolean => networkOf(text)?.prefix === 0

const privates = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1',
  'fe80::/10',
].flatMap((text) => networkOf(text) ?? [])

/** Whether addresses of the network are used inside organisations only (RFC 1918, 4193, 6598) or never leave the machine. */
export const isPrivate = (network: Network): boolean => privates.some((one) => contains(one, network))
