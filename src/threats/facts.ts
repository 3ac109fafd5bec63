// The estate as rules ask about it: who reaches what, who holds which data, who may log in where, what protects it.
import {
  type Asset,
  type Category,
  type Control,
  type Criticality,
  criticalities,
  type DataClass,
  type Estate,
  type Flow,
  type Kind,
  type Person,
  type Service,
  type Trait,
  type Trust,
  type Use,
  type Zone,
} from '#model'
import { flowsBy, type Reach, reachOf } from './reach.ts'
import type { Harm, Witness } from './words.ts'

/** Zones up to this trust are anyone's: what stands in them is not ours and may be an attacker. */
export const outsideTrust = 10
/** Outermost zones up to this trust are other organisations'. */
export const partnerTrust = 35

export interface Login {
  readonly person: Person
  readonly use: Use
}

export interface Facts {
  readonly estate: Estate
  /** Assets of ours and of partners: everything but what stands outside. */
  readonly assets: readonly Asset[]
  /** Flows with the assets at their ends. */
  readonly flows: readonly { readonly flow: Flow; readonly from: Asset; readonly to: Asset }[]
  asset(id: string): Asset | undefined
  data(id: string): DataClass | undefined
  into(asset: string): readonly Flow[]
  outOf(asset: string): readonly Flow[]
  /** Trust of the zone that it stands in, 0 to 100; 50 when the zone is not known. */
  trustOf(asset: string): number
  zoneOf(asset: string): Zone | undefined
  /** Stands where anybody is. */
  isOutside(asset: string): boolean
  /** Stands with another organisation. */
  isPartner(asset: string): boolean
  readonly reach: Readonly<Record<'internet' | 'partner' | 'workplace', Reach>>
  /** The shortest way from the internet, else from a partner, else from a workplace; at most `hops` long. */
  nearest(asset: string, hops: number, text: string): Witness | undefined
  /** Data kept there. */
  kept(asset: string): readonly DataClass[]
  /** Data kept there, and when none is, data that passes through. */
  held(asset: string): readonly DataClass[]
  /** Data carried by a flow in either direction. */
  carried(flow: Flow): readonly DataClass[]
  logins(asset: string): readonly Login[]
  /** Trust relations whose credentials open it. */
  keysTo(asset: string): readonly Trust[]
  services(asset: string): readonly Service[]
  inZone(zone: string): readonly Asset[]
  /** What things of its kind do with data. */
  roleOf(asset: Asset): Kind['data']
  /** Data that something that makes backups keeps or is sent. */
  readonly copied: ReadonlySet<string>
}

/** Prepares an estate for the rules. Linear in its size; nothing is looked up by name. */
export function factsOf(estate: Estate): Facts {
  const assets = new Map(estate.assets.map((asset) => [asset.id, asset]))
  const zones = new Map(estate.zones.map((zone) => [zone.id, zone]))
  const data = new Map(estate.data.map((one) => [one.id, one]))
  const [outOf, into] = [flowsBy(estate, 'from'), flowsBy(estate, 'to')]
  const zoneOf = (id: string) => zones.get(assets.get(id)?.zone ?? '')
  const trustOf = (id: string) => zoneOf(id)?.trust ?? 50
  const outside = new Set(estate.assets.map(({ id }) => id).filter((id) => trustOf(id) <= outsideTrust))
  const isOutside = (id: string) => outside.has(id)
  const theirs = partnerZones(estate)
  const isPartner = (id: string) => {
    const asset = assets.get(id)
    return asset !== undefined && !isOutside(id) && (asset.category === 'saas' || theirs.has(asset.zone))
  }
  const classes = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => data.get(id) ?? [])
  const carried = once((flow: Flow) => classes([...flow.data, ...flow.back]))
  const kept = once((id: string) => classes(assets.get(id)?.stores ?? []))
  const passing = (id: string) => classes([...into(id), ...outOf(id)].flatMap((flow) => [...flow.data, ...flow.back]))
  const held = once((id: string) => (kept(id).length > 0 ? kept(id) : passing(id)))
  const reach = reaches({ estate, outOf, isOutside, isPartner })
  return {
    estate,
    assets: estate.assets.filter(({ id }) => !isOutside(id)),
    flows: estate.flows.flatMap((flow) => {
      const [from, to] = [assets.get(flow.from), assets.get(flow.to)]
      return from && to ? [{ flow, from, to }] : []
    }),
    asset: (id) => assets.get(id),
    data: (id) => data.get(id),
    into,
    outOf,
    trustOf,
    zoneOf,
    isOutside,
    isPartner,
    reach,
    nearest(asset, hops, text) {
      const within = [reach.internet, reach.partner, reach.workplace].find(
        (one) => (one.hops(asset) ?? Infinity) <= hops,
      )
      return within?.way(asset, text)
    },
    kept,
    held,
    carried,
    ...people(estate),
    ...places(estate),
  }
}

/** A function that remembers its answers: rules ask the same again and again. */
function once<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = find(key)
    known.set(key, value)
    return value
  }
}

/** Outermost zones of little trust in which somebody else's machines stand, and none that we show to the internet. */
function partnerZones(estate: Estate): ReadonlySet<string> {
  const low = estate.zones.filter(
    ({ trust, parent }) => parent === undefined && trust > outsideTrust && trust < partnerTrust,
  )
  const others = new Set(estate.assets.filter(isSomebodyElses).map(({ zone }) => zone))
  const shown = new Set(estate.assets.filter(({ internetFacing }) => internetFacing).map(({ zone }) => zone))
  return new Set(low.map(({ id }) => id).filter((id) => others.has(id) && !shown.has(id)))
}

function people(estate: Estate): Pick<Facts, 'logins' | 'keysTo' | 'services'> {
  const logins = grouped(estate.people.flatMap((person) => person.uses.map((use) => [use.asset, { person, use }])))
  const keys = grouped(estate.trust.map((trust) => [trust.to, trust]))
  const services = grouped(estate.services.flatMap((service) => service.needs.map((asset) => [asset, service])))
  return {
    logins: (asset) => logins.get(asset) ?? [],
    keysTo: (asset) => keys.get(asset) ?? [],
    services: (asset) => services.get(asset) ?? [],
  }
}

function places(estate: Estate): Pick<Facts, 'inZone' | 'copied' | 'roleOf'> {
  const kinds = new Map(estate.kinds.map((kind) => [kind.id, kind]))
  const zones = grouped(estate.assets.map((asset) => [asset.zone, asset]))
  const keepers = new Set(
    estate.assets.filter((asset) => is(asset, 'backs-up') || among(asset, 'backup')).map(({ id }) => id),
  )
  const carried = estate.flows
    .filter(({ from, to }) => keepers.has(from) || keepers.has(to))
    .flatMap(({ data, back }) => [...data, ...back])
  const kept = estate.assets.filter(({ id }) => keepers.has(id)).flatMap(({ stores }) => stores)
  return {
    inZone: (zone) => zones.get(zone) ?? [],
    copied: new Set([...carried, ...kept]),
    roleOf: ({ kind }) => kinds.get(kind)?.data ?? 'processes',
  }
}

function grouped<Value>(pairs: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

interface Around {
  readonly estate: Estate
  readonly outOf: (asset: string) => readonly Flow[]
  readonly isOutside: (asset: string) => boolean
  readonly isPartner: (asset: string) => boolean
}

function reaches({ estate, outOf, isOutside, isPartner }: Around): Facts['reach'] {
  const internet = estate.zones.find(({ trust }) => trust === 0)?.id ?? 'internet'
  const exposed = estate.assets
    .filter(({ id, internetFacing }) => internetFacing && !isOutside(id))
    .map((asset) => ({ asset, start: internet }))
  const from = estate.assets
  return {
    internet: reachOf(
      { origin: 'internet', from: from.filter(({ id }) => isOutside(id)), exposed, outside: isOutside },
      outOf,
    ),
    partner: reachOf(
      { origin: 'partner', from: from.filter(({ id }) => isPartner(id)), exposed: [], outside: isOutside },
      outOf,
    ),
    workplace: reachOf(
      {
        origin: 'workplace',
        from: from.filter((asset) => isWorkplace(asset) && !isOutside(asset.id)),
        exposed: [],
        outside: isOutside,
      },
      outOf,
    ),
  }
}

export const is = (asset: Asset | undefined, ...traits: readonly Trait[]): boolean =>
  asset !== undefined && traits.some((trait) => asset.traits.includes(trait))
export const has = (asset: Asset | undefined, ...controls: readonly Control[]): boolean =>
  asset !== undefined && controls.some((control) => asset.controls.includes(control))
export const among = (asset: Asset | undefined, ...categories: readonly Category[]): boolean =>
  asset !== undefined && categories.includes(asset.category)

/** A machine at which people read mail and browse: where an attack by mail begins. */
export const isWorkplace = (asset: Asset | undefined): boolean =>
  among(asset, 'endpoint', 'mobile') && is(asset, 'browses-internet', 'reads-mail')

/** A machine that another organisation runs for us. */
export const isSomebodyElses = (asset: Asset | undefined): boolean =>
  among(asset, 'saas', 'person', 'browser', 'mobile') ||
  (is(asset, 'vendor-managed') && !among(asset, 'device', 'industrial', 'endpoint'))

/** Keeps data as its task: databases, files, objects, caches, backups. */
export const isStore = (asset: Asset | undefined): boolean =>
  among(asset, 'database', 'storage', 'cache', 'backup', 'queue')

export const rank = (criticality: Criticality): number => criticalities.indexOf(criticality)
export const atLeast = (criticality: Criticality, least: Criticality): boolean => rank(criticality) >= rank(least)

/** Whether any of the data is at least this bad to lose in this way. */
export const anyAtLeast = (data: readonly DataClass[], harm: Harm, least: Criticality): boolean =>
  data.some((one) => atLeast(one[harm], least))

/** Data about people. */
export const isPersonal = ({ subjects }: DataClass): boolean => !/^(|none|nobody|no one|-)$/i.test(subjects.trim())

/** What an organisation cannot afford to lose: marked critical and holding something, or keeping data whose leak or change is critical. */
export const isCrownJewel = (facts: Facts, asset: Asset): boolean => {
  const kept = facts.kept(asset.id)
  return (
    (asset.criticality === 'critical' && (kept.length > 0 || facts.services(asset.id).length > 0)) ||
    anyAtLeast(kept, 'confidentiality', 'critical') ||
    anyAtLeast(kept, 'integrity', 'critical')
  )
}
