// Assets and instances whose addresses say that they stand in another zone.
import type { Issue } from '#kernel'
import { error, warning } from '../issues.ts'
import { contains, type Network, parseNetwork } from '../network.ts'
import type { Check } from './check.ts'
import { type Stand, standsOf } from './stands.ts'
import { networksOf, type ZoneNetwork } from './zone-networks.ts'

export const addressOutsideZone: Check = {
  code: 'address-outside-zone',
  does: 'an asset or instance with addresses has at least one in its zone',
  wantsAll: false,
  find(model, code) {
    const zones = new Map([...model.zones.values()].map((zone) => [zone.id, networksOf(zone)]))
    const all = [...zones.values()].flat().toSorted((a, b) => b.network.prefix - a.network.prefix)
    return [...model.assets.values()]
      .flatMap(standsOf)
      .flatMap((stand) => outside({ code, stand, own: zones.get(stand.zone) ?? [], all }))
  },
}

interface Around {
  readonly code: string
  readonly stand: Stand
  readonly own: readonly ZoneNetwork[]
  /** Networks of every zone, the smallest first. */
  readonly all: readonly ZoneNetwork[]
}

/** One address inside is enough: machines have others by VPN, by translation, or on a second network. */
function outside({ code, stand, own, all }: Around): Issue[] {
  const addresses = stand.addresses.flatMap((text, index) => {
    const network = parseNetwork(text)
    return network ? [{ text, index, network }] : []
  })
  const inside = (networks: readonly ZoneNetwork[], network: Network) =>
    networks.find((one) => contains(one.network, network))
  if (own.length === 0 || addresses.some(({ network }) => inside(own, network))) return []
  return addresses.map(({ text, index, network }) => {
    const { zone } = stand
    const other = inside(all, network)
    const at = stand.asset.place(stand.path('addresses', index))
    const said = `address ${text} of ${stand.name} is outside zone ${zone}`
    return other
      ? error(
          code,
          at,
          `${said}; it lies in zone ${other.zone.id} (${other.text})`,
          `write zone: ${other.zone.id}, or mend the address`,
        )
      : warning(code, at, said, `${zone} has ${own.map((one) => one.text).join(', ')}`)
  })
}
