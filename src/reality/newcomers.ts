// Assets and zones that the model lacks, as proposals name them: one machine has one name in all of them.
import type { Estate } from '#model'
import type { Draft, Entry } from './draft.ts'
import type { Ground } from './ground.ts'
import type { Place } from './places.ts'
import type { ObservedHost } from './types.ts'

/** An asset, with what has to be added for it. */
export interface Newcomer extends Pick<Draft, 'zones' | 'assets'> {
  readonly id: string
}
type Zoned = Pick<Draft, 'zones'> & { readonly zone: string }

const otherLetters = /[^A-Za-z0-9._-]+/g
/** A text as an id. */
export const idFrom = (text: string): string =>
  text
    .replaceAll(otherLetters, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 50) || 'host'

/** The text, or the text with a number behind it, that is not taken. */
export function untaken(text: string, isTaken: (text: string) => boolean): string {
  for (let at = 2, tried = text; ; at += 1) {
    if (!isTaken(tried)) return tried
    tried = `${text}-${at}`
  }
}

/** Names that a model takes: a star would be a pattern. */
const hostName = /^[\w.-]{1,253}$/

/** Names what one estate lacks. */
export function newcomers(estate: Estate, ground: Ground, hosts: readonly ObservedHost[]) {
  const assets = new Map(estate.assets.map((asset) => [asset.id, asset]))
  const zones = new Set(estate.zones.map(({ id }) => id))
  const names = new Map(hosts.filter(({ name }) => hostName.test(name)).map(({ address, name }) => [address, name]))

  /** The zone that an address goes into; a new one where none holds it. */
  function zoneFor(address: string, stranger: boolean): Zoned {
    const known = ground.zoneOf(address) ?? (stranger ? ground.outside : '')
    if (known !== '') return { zone: known, zones: {} }
    const isTaken = (id: string): boolean => zones.has(id)
    if (stranger) {
      const zone = untaken('internet', isTaken)
      return { zone, zones: { [zone]: { title: 'The internet', trust: 0 } } }
    }
    const network = address.includes(':') ? address : address.replace(/\.\d+$/, '.0')
    const zone = untaken(idFrom(`network-${network}`), isTaken)
    return { zone, zones: { [zone]: { cidrs: [`${network}/${address.includes(':') ? 128 : 24}`] } } }
  }

  /** A machine by its address. */
  function machine(address: string, stranger: boolean): Newcomer {
    const { zone, zones } = zoneFor(address, stranger)
    const name = names.get(address) ?? ''
    const id = untaken(idFrom(`host-${address}`), (text) => assets.has(text))
    const entry: Entry = {
      kind: stranger ? 'external-api' : 'server',
      zone,
      ...(name === '' ? {} : { hosts: [name] }),
      addresses: [address],
    }
    return { id, zones, assets: { [id]: entry } }
  }

  /** Whoever stands in a zone. */
  function anybody(place: Place): Newcomer {
    const { zone, zones }: Zoned = place.zone === '' ? zoneFor('', true) : { zone: place.zone, zones: {} }
    const isOther = (text: string): boolean => assets.has(text) && !place.names.includes(text)
    const id = untaken(idFrom(`anybody-in-${zone}`), isOther)
    return { id, zones, assets: assets.has(id) ? {} : { [id]: { kind: 'browser', zone } } }
  }

  return {
    machine,
    /** An end as an asset: its own, or a new one. */
    assetFor(place: Place): Newcomer {
      if (place.asset) return { id: place.asset.id, zones: {}, assets: {} }
      return place.address === '' ? anybody(place) : machine(place.address, place.stranger)
    },
  }
}
