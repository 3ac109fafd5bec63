// What only a whole draft can show: names and addresses claimed twice, networks that overlap, references that lead nowhere.
import { contains, type Network, networkKey, networkOf, sameNetwork } from './networks.ts'
import type { Entries, Entry, Value } from './types.ts'
import { grouped } from './values.ts'

/** The entries made consistent, so that the model's own check finds no error in them. What gives way is told in notes. */
export function settled(entries: Entries, notes: string[]): Entries {
  const zones = settleZones(entries.zones, notes)
  const assets = settleAddresses(settleClaims(entries.assets, notes), zones, notes)
  return { ...entries, zones, assets }
}

const texts = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
const word = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const withValues = (entry: Entry, values: Entry['values']): Entry => ({
  ...entry,
  values: { ...entry.values, ...values },
})

interface ZoneNetwork {
  readonly zone: string
  readonly text: string
  readonly network: Network
}

/** Networks that lie in another zone's make it the parent; those that cannot are left out. */
function settleZones(zones: ReadonlyMap<string, Entry>, notes: string[]): Map<string, Entry> {
  const done = new Map([...zones].map(([id, entry]) => [id, withValues(entry, { cidrs: readable(id, entry, notes) })]))
  for (const [id, entry] of done) {
    const parent = word(entry.values['parent'])
    if (parent === undefined || (done.has(parent) && !liesIn(done, parent, id))) continue
    done.set(id, withValues(entry, { parent: undefined }))
    notes.push(`zone ${id}: ${parent} cannot be around it and was left out as its parent`)
  }
  for (let round = 0; round < 50; round += 1) {
    const [overlap] = overlaps(done)
    if (!overlap) break
    for (const one of overlaps(done)) giveWay(done, one, notes)
  }
  return done
}

function readable(id: string, entry: Entry, notes: string[]): string[] {
  const cidrs = texts(entry.values['cidrs'])
  const good = cidrs.filter((text) => networkOf(text) !== undefined)
  const bad = cidrs.filter((text) => networkOf(text) === undefined)
  if (bad.length > 0)
    notes.push(`zone ${id}: ${bad.slice(0, 5).join(', ')} cannot be read as networks and were left out`)
  const first = grouped(good, (text) => keyOf(text))
  return [...first.values()].flatMap(([text]) => text ?? [])
}

const keyOf = (text: string): string => {
  const network = networkOf(text)
  return network ? networkKey(network) : ''
}

interface Overlap {
  readonly inner: ZoneNetwork
  readonly outer: ZoneNetwork
}

/** Networks of zones beside each other that overlap, at most one for each zone. */
function overlaps(zones: ReadonlyMap<string, Entry>): Overlap[] {
  const found = new Map<string, Overlap>()
  const siblings = grouped(
    [...zones].flatMap(([zone, { values }]) =>
      networksIn(zone, values['cidrs']).map((one) => ({ ...one, parent: word(values['parent']) ?? '' })),
    ),
    ({ parent }) => parent,
  )
  for (const networks of siblings.values()) {
    const open: ZoneNetwork[] = []
    for (const here of networks.toSorted(byAddress)) {
      for (let last = open.at(-1); last && !contains(last.network, here.network); last = open.at(-1)) open.pop()
      const outer = open.findLast((one) => one.zone !== here.zone)
      if (outer && !found.has(here.zone)) found.set(here.zone, { inner: here, outer })
      open.push(here)
    }
  }
  return [...found.values()]
}

const networksIn = (zone: string, value: Value | undefined): ZoneNetwork[] =>
  texts(value).flatMap((text) => {
    const network = networkOf(text)
    return network ? [{ zone, text, network }] : []
  })

const byAddress = ({ network: a }: ZoneNetwork, { network: b }: ZoneNetwork): number =>
  a.bits - b.bits || (a.first < b.first ? -1 : a.first > b.first ? 1 : a.prefix - b.prefix)

function giveWay(zones: Map<string, Entry>, { inner, outer }: Overlap, notes: string[]): void {
  const [zone, around] = [zones.get(inner.zone), zones.get(outer.zone)]
  if (!zone || !around) return
  const outside = networksIn(outer.zone, around.values['cidrs'])
  const own = networksIn(inner.zone, zone.values['cidrs'])
  const within = own.every(({ network }) => outside.some((one) => contains(one.network, network)))
  const equal = sameNetwork(inner.network, outer.network)
  const free = zone.values['parent'] === undefined && !liesIn(zones, outer.zone, inner.zone)
  if (within && !equal && free) return void zones.set(inner.zone, withValues(zone, { parent: outer.zone }))
  const cidrs = texts(zone.values['cidrs']).filter((text) => text !== inner.text)
  zones.set(inner.zone, withValues(zone, { cidrs }))
  notes.push(`zone ${inner.zone}: ${inner.text} overlaps ${outer.text} of zone ${outer.zone} and was left out`)
}

/** Whether a zone lies in another by way of its parents. */
export function liesIn(zones: ReadonlyMap<string, Entry>, zone: string, inside: string): boolean {
  const seen = new Set<string>()
  for (
    let id: string | undefined = zone;
    id !== undefined && !seen.has(id);
    id = word(zones.get(id)?.values['parent'])
  ) {
    if (id === inside) return true
    seen.add(id)
  }
  return false
}

const hostPattern = /^[A-Za-z0-9_*?][A-Za-z0-9_.*?-]{0,252}$/

/** A host name and an address mean one asset: the first that claims it. */
function settleClaims(assets: ReadonlyMap<string, Entry>, notes: string[]): Map<string, Entry> {
  const hosts = new Map<string, string>()
  const addresses = new Map<string, string>()
  const lost: string[] = []
  const keep = (id: string, claims: Map<string, string>, key: (text: string) => string) => (text: string) => {
    const claim = key(text)
    const owner = claims.get(claim)
    if (claim !== '' && owner === undefined) claims.set(claim, id)
    if (claim === '') lost.push(`${text} of ${id} (cannot be read)`)
    else if (owner !== undefined && owner !== id) lost.push(`${text} of ${id} (means ${owner})`)
    return claim !== '' && owner === undefined
  }
  const done = new Map(
    [...assets].map(([id, entry]) => {
      const named = texts(entry.values['hosts']).filter(
        keep(id, hosts, (text) => (hostPattern.test(text) && !/^[*?.]+$/.test(text) ? text.toLowerCase() : '')),
      )
      const placed = texts(entry.values['addresses']).filter(keep(id, addresses, keyOf))
      return [id, withValues(entry, { hosts: named, addresses: placed })] as const
    }),
  )
  if (lost.length > 0) notes.push(`${lost.length} names and addresses were left out: ${few(lost)}`)
  return done
}

/** At least one address of an asset lies in its zone, or else none lies in another's. */
function settleAddresses(
  assets: ReadonlyMap<string, Entry>,
  zones: ReadonlyMap<string, Entry>,
  notes: string[],
): Map<string, Entry> {
  const networks = new Map(
    [...zones].map(([id, { values }]) => [id, networksIn(id, values['cidrs']).map(({ network }) => network)]),
  )
  const all = [...networks.values()].flat()
  const lost: string[] = []
  const done = new Map(
    [...assets].map(([id, entry]) => {
      const own = networks.get(word(entry.values['zone']) ?? '') ?? []
      const addresses = texts(entry.values['addresses'])
      const inside = (list: readonly Network[], text: string) => {
        const network = networkOf(text)
        return network !== undefined && list.some((one) => contains(one, network))
      }
      if (own.length === 0 || addresses.some((text) => inside(own, text))) return [id, entry] as const
      const elsewhere = addresses.filter((text) => inside(all, text))
      lost.push(...elsewhere.map((text) => `${text} of ${id}`))
      return [id, withValues(entry, { addresses: addresses.filter((text) => !elsewhere.includes(text)) })] as const
    }),
  )
  if (lost.length > 0)
    notes.push(`${lost.length} addresses lie in another zone than their asset and were left out: ${few(lost)}`)
  return done
}

const few = (items: readonly string[]): string => `${items.slice(0, 8).join(', ')}${items.length > 8 ? ', …' : ''}`
