// IP addresses and ranges of them (CIDR), both versions.

/** An address as a number, IPv4 as IPv4-mapped IPv6 (RFC 4291, section 2.5.5.2), so that both versions compare. */
function addressNumber(text: string): bigint | undefined {
  if (text.length > 60) return undefined
  const plain = text.replace(/%.*$/, '')
  if (!plain.includes(':')) {
    const four = ipv4(plain)
    return four === undefined ? undefined : mapped + four
  }
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain)
  const four = tail ? ipv4(tail[2] ?? '') : undefined
  if (tail && four === undefined) return undefined
  const hex =
    tail && four !== undefined ? `${tail[1]}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}` : plain
  return ipv6(hex)
}
const mapped = 0xffff_0000_0000n

function ipv4(text: string): bigint | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  const parts = found?.slice(1).map(Number)
  if (!parts || parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const parts = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!parts.every((part) => /^[\da-f]{1,4}$/i.test(part))) return undefined
  return parts.reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n)
}

/** A range `10.0.0.0/8`, `2001:db8::/32` or a single address. `loose` when bits stand right of the prefix (`10.0.0.1/8`); they are ignored. */
export function cidrOf(
  text: string,
): { readonly has: (value: string) => boolean; readonly loose: boolean } | undefined {
  const [address = '', bits, more] = text.trim().split('/')
  const first = addressNumber(address)
  if (first === undefined || more !== undefined) return undefined
  const width = address.includes(':') ? 128 : 32
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return undefined
  const prefix = bits === undefined ? width : Number(bits)
  if (prefix > width) return undefined
  const shift = BigInt(width - prefix)
  const network = first >> shift
  return {
    loose: network << shift !== first,
    has: (value) => {
      const number = addressNumber(value)
      return number !== undefined && number >> shift === network
    },
  }
}
