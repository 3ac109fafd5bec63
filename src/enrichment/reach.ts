// Whether an address is one of the internet or of somebody's own network.
import { type Network, parseAddress, parseNetwork, type Words, masked } from '#model'

/** Not of the internet: RFC 1918, 6598, 3927, 4193, 4291, 5735, 6890; examples of documentation count as internet. */
const own: readonly Network[] = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3',
  '::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8',
].flatMap((text) => parseNetwork(text) ?? []) // prettier-ignore

const holds = ({ words, prefix }: Network, address: Words): boolean =>
  words.length === address.length && masked(address, prefix).every((word, at) => word === words[at])

export type Reach = 'internet' | 'own' | 'none'

/** Of the internet, of an own network (loopback, private, link-local, multicast), or no address at all. */
export function reachOf(text: string): Reach {
  const address = parseAddress(text)
  if (!address) return 'none'
  return own.some((network) => holds(network, address)) ? 'own' : 'internet'
}
