// IP addresses and CIDRs (RFC 4632, RFC 4291) as numbers: one 32-bit word for IPv4, four for IPv6.

/** Words of an address, most significant first: one is IPv4, four are IPv6. */
export type Words = readonly number[]

/** A network: its address with the bits behind the prefix cleared. */
export interface Network {
  readonly words: Words
  readonly prefix: number
  /** Whether bits behind the prefix were set in the text: 10.0.0.7/24. */
  readonly hostBits: boolean
}

const dot = 46
const colon = 58

/** An IPv4 address in dotted decimals without leading zeros as an unsigned number, or undefined. */
function ipv4(text: string, from = 0): number | undefined {
  let value = 0
  let part = -1
  let parts = 1
  if (text.length - from > 15) return undefined
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === dot) {
      if (part < 0 || parts === 4) return undefined
      value = value * 256 + part
      part = -1
      parts += 1
    } else if (code >= 48 && code <= 57) {
      if (part === 0) return undefined
      part = (part < 0 ? 0 : part * 10) + code - 48
      if (part > 255) return undefined
    } else return undefined
  }
  return parts === 4 && part >= 0 ? value * 256 + part : undefined
}

/** The groups of one side of `::`, with an IPv4 address allowed at the end of the last. */
function groupsOf(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [at, part] of parts.entries()) {
    if (last && at === parts.length - 1 && part.includes('.')) {
      const value = ipv4(part)
      if (value === undefined) return undefined
      groups.push(value >>> 16, value & 0xff_ff)
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

/** RFC 4291, section 2.2: eight groups, one run of zeros as `::`, the last two perhaps in dotted decimals. */
function ipv6(text: string): Words | undefined {
  if (text.length > 45) return undefined
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const left = groupsOf(head, tail === undefined)
  const right = tail === undefined ? [] : groupsOf(tail, true)
  if (!left || !right) return undefined
  const zeros = 8 - left.length - right.length
  if (tail === undefined ? zeros !== 0 : zeros < 1) return undefined
  const groups = [...left, ...Array.from({ length: zeros }, () => 0), ...right]
  const words = [0, 2, 4, 6].map((at) => (((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0)) >>> 0)
  // An IPv4 address in IPv6 form (section 2.5.5.2) is the IPv4 address.
  return words[0] === 0 && words[1] === 0 && words[2] === 0xff_ff ? [words[3] ?? 0] : words
}

/** An IPv4 or IPv6 address; a zone index (`fe80::1%eth0`) is taken off. Undefined when it is none. */
export function parseAddress(text: string): Words | undefined {
  const four = ipv4(text)
  if (four !== undefined) return [four]
  let colons = false
  for (let at = 0; at < 5 && at < text.length; at += 1) colons ||= text.charCodeAt(at) === colon
  if (!colons) return undefined
  const percent = text.indexOf('%')
  return ipv6(percent < 0 ? text : text.slice(0, percent))
}

/** A CIDR, or a single address as the network that holds only it. Undefined when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const words = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (!words) return undefined
  const bits = words.length * 32
  const length = slash < 0 ? String(bits) : text.slice(slash + 1)
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined
  const prefix = Number(length)
  const network = masked(words, prefix)
  return { words: network, prefix, hostBits: !same(network, words) }
}

/** The words with every bit behind the prefix cleared. */
export const masked = (words: Words, prefix: number): Words =>
  words.map((word, at) => {
    const bits = Math.min(Math.max(prefix - at * 32, 0), 32)
    return bits === 0 ? 0 : (word & (0xff_ff_ff_ff << (32 - bits))) >>> 0
  })

const same = (a: Words, b: Words): boolean => a.length === b.length && a.every((word, at) => word === b[at])

/** Whether every address of `inner` is one of `outer`. Two networks are nested or apart, never half in one another. */
export const contains = (outer: Network, inner: Network): boolean =>
  outer.words.length === inner.words.length &&
  outer.prefix <= inner.prefix &&
  same(masked(inner.words, outer.prefix), outer.words)

/** A text that only this network has. */
export const networkKey = ({ words, prefix }: Pick<Network, 'words' | 'prefix'>): string =>
  `${words.join(':')}/${prefix}`

/** In order of addresses, IPv4 first; a network stands before those inside it. */
export function byAddress(a: Network, b: Network): number {
  if (a.words.length !== b.words.length) return a.words.length - b.words.length
  for (const [at, word] of a.words.entries()) if (word !== b.words[at]) return word - (b.words[at] ?? 0)
  return a.prefix - b.prefix
}

/** A network as people write it: `10.0.0.0/8`, `2001:db8::/32`; `ipv6` shortens 32 hexadecimal digits. */
export function networkText({ words, prefix }: Network, ipv6: (digits: string) => string | undefined): string {
  const [word = 0] = words
  const address =
    words.length === 1
      ? [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.')
      : ipv6(words.map((part) => part.toString(16).padStart(8, '0')).join(''))
  return `${address ?? ''}/${prefix}`
}
