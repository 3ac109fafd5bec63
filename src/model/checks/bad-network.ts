// Addresses and CIDRs that cannot be read, or say less than they seem to.
import { ipv6FromDigits } from '#host'
import type { Issue } from '#kernel'
import { error, warning } from '../issues.ts'
import { networkText, parseNetwork } from '../network.ts'
import type { Entry } from '../written.ts'
import type { Check } from './check.ts'
import { standsOf } from './stands.ts'

export const badNetwork: Check = {
  code: 'bad-network',
  does: 'addresses and CIDRs can be read, and name a whole network',
  wantsAll: false,
  find: (model, code) => [
    ...[...model.zones.values()].flatMap((zone) =>
      wrong({ code, entry: zone, path: (at) => ['cidrs', at] }, zone.value.cidrs),
    ),
    ...[...model.assets.values()]
      .flatMap(standsOf)
      .flatMap(({ asset, path, addresses }) =>
        wrong({ code, entry: asset, path: (at) => path('addresses', at) }, addresses),
      ),
  ],
}

interface Where {
  readonly code: string
  readonly entry: Pick<Entry<unknown>, 'place'>
  readonly path: (at: number) => readonly PropertyKey[]
}

const wrong = ({ code, entry, path }: Where, texts: readonly string[]): Issue[] =>
  texts.flatMap((text, at) => {
    const network = parseNetwork(text)
    if (!network) {
      const help = 'write an address such as 10.0.0.7, or a network such as 10.0.0.0/24 or 2001:db8::/32'
      return [error(code, entry.place(path(at)), `${text} is neither an address nor a network`, help)]
    }
    if (!network.hostBits) return []
    const meant = networkText(network, ipv6FromDigits)
    return [
      warning(
        code,
        entry.place(path(at)),
        `${text} is an address inside the network ${meant}`,
        `write ${meant}, or the address alone`,
      ),
    ]
  })
