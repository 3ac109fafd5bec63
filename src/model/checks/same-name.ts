// Names and addresses that two assets claim: an event with it could mean either.
import { type Issue, type Place, placeText } from '#kernel'
import { error, warning } from '../issues.ts'
import { networkKey, parseNetwork } from '../network.ts'
import type { WrittenAsset } from '../source.ts'
import type { Entry, Written } from '../written.ts'
import type { Check } from './check.ts'
import { standsOf } from './stands.ts'

export const duplicateHost: Check = {
  code: 'duplicate-host',
  does: 'a host name means one asset',
  wantsAll: false,
  find: (model, code) =>
    claimedTwice(model, { code, key: 'hosts', what: 'host name', same: (text) => text.toLowerCase() }),
}

export const duplicateAddress: Check = {
  code: 'duplicate-address',
  does: 'an address means one asset',
  wantsAll: false,
  find: (model, code) =>
    claimedTwice(model, {
      code,
      key: 'addresses',
      what: 'address',
      same: (text) => {
        const network = parseNetwork(text)
        return network && networkKey(network)
      },
    }),
}

interface Claim {
  readonly code: string
  readonly key: 'hosts' | 'addresses'
  readonly what: string
  /** What two texts for the same thing have in common. */
  readonly same: (text: string) => string | undefined
}

function claimedTwice(model: Written, { code, key, what, same }: Claim): Issue[] {
  const first = new Map<string, { asset: Entry<WrittenAsset>; at: () => Place }>()
  const issues: Issue[] = []
  for (const { asset, path, [key]: texts } of [...model.assets.values()].flatMap(standsOf)) {
    for (const [index, text] of texts.entries()) {
      const claim = same(text)
      if (claim === undefined) continue
      const before = first.get(claim)
      const at = () => asset.place(path(key, index))
      if (!before) first.set(claim, { asset, at })
      else if (before.asset === asset)
        issues.push(warning(code, at(), `${what} ${text} is written twice for asset ${asset.id}`, 'take one out'))
      else {
        const said = `${what} ${text} means asset ${asset.id} here and asset ${before.asset.id} at ${placeText(before.at())}`
        issues.push(error(code, at(), said, `leave it with the one that logs mean by it`))
      }
    }
  }
  return issues
}
