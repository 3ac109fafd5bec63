// Addresses as the Linux kernel prints them in /proc (hexadecimal), in the form people write.

const hex8 = /^[0-9A-Fa-f]{8}$/
const hex32 = /^[0-9A-Fa-f]{32}$/

/** `0100007F` → `127.0.0.1`: the bytes of an IPv4 address as a little-endian word prints them. Undefined when it is none. */
export function ipv4FromHex(hex: string): string | undefined {
  if (!hex8.test(hex)) return undefined
  return [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.')
}

/** The 32 digits of /proc/net/tcp6: four little-endian words. Undefined when it is none. */
export function ipv6FromHex(hex: string): string | undefined {
  if (!hex32.test(hex)) return undefined
  const words = [0, 8, 16, 24].map((at) => hex.slice(at, at + 8))
  return ipv6FromDigits(words.map((word) => [6, 4, 2, 0].map((at) => word.slice(at, at + 2)).join('')).join(''))
}

/** The 32 digits of an IPv6 address in network order (/proc/net/if_inet6), shortened as RFC 5952 says. */
export function ipv6FromDigits(digits: string): string | undefined {
  if (!hex32.test(digits)) return undefined
  const groups = Array.from({ length: 8 }, (_, at) => Number.parseInt(digits.slice(at * 4, at * 4 + 4), 16))
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff) {
    const [high = 0, low = 0] = groups.slice(6)
    return `::ffff:${[high >> 8, high & 255, low >> 8, low & 255].join('.')}`
  }
  const { from, length } = longestZeros(groups)
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  return length < 2 ? text(groups) : `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`
}

function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  let from = 0
  for (const [at, group] of groups.entries()) {
    if (group !== 0) from = at + 1
    else if (at + 1 - from > best.length) best = { from, length: at + 1 - from }
  }
  return best
}

/** Bits of a contiguous IPv4 mask given as an unsigned number; undefined when it has holes. */
export function maskBits(mask: number): number | undefined {
  const bits = 32 - Math.log2(2 ** 32 - mask)
  return Number.isInteger(bits) ? bits : undefined
}
