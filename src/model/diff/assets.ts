// Differences of assets, in words.
import type { Asset, Instance } from '../types.ts'
import { beyond, fieldsSaid, listed, listSaid, type Said } from './change.ts'

/** What two readings of one asset say differently. `trust` is that of a zone in either estate. */
export function assetSaid(before: Asset, after: Asset, trust: (zone: string) => number): Said[] {
  const { id } = after
  const sameKind = before.kind === after.kind
  return [
    ...fieldsSaid(id, before, after, ['kind', 'title']),
    ...(before.zone === after.zone ? [] : [movedSaid(id, before, after, trust)]),
    ...controlsSaid(before, after),
    ...(sameKind ? weaknessesSaid(before, after) : []),
    ...listSaid(before.stores, after.stores, {
      more: (words) => ({ text: `${id} now stores ${words}` }),
      less: (words) => ({ text: `${id} no longer stores ${words}` }),
    }),
    ...fieldsSaid(id, before, after, ['owner', 'criticality', 'environment', 'replicas', 'tags']),
    ...(stands(before) === stands(after) ? [] : deployedSaid(before, after, trust)),
  ]
}

const movedSaid = (
  id: string,
  before: { zone: string },
  after: { zone: string },
  trust: (zone: string) => number,
): Said => ({
  text: `${id} moved from zone ${before.zone} to ${after.zone}`,
  weaker: trust(after.zone) < trust(before.zone),
})

const controlsSaid = (before: Asset, after: Asset): Said[] =>
  listSaid(before.controls, after.controls, {
    more: (words) => ({ text: `${after.id} is now protected by ${words}` }),
    less: (words) => ({ text: `${after.id} is no longer protected by ${words}`, weaker: true }),
  })

const weaknessesSaid = (before: Asset, after: Asset): Said[] =>
  listSaid(before.weaknesses, after.weaknesses, {
    more: (words) => ({ text: `${after.id} now has the weaknesses ${words}`, weaker: true }),
    less: (words) => ({ text: `${after.id} no longer has the weaknesses ${words}` }),
  })

const stands = ({ instances, hosts, addresses }: Asset): string => JSON.stringify([instances, hosts, addresses])

/** Names, addresses and instances: of the asset itself when it stands in one place before and after. */
function deployedSaid(before: Asset, after: Asset, trust: (zone: string) => number): Said[] {
  const { id } = after
  const own = fieldsSaid(id, before, after, ['hosts', 'addresses'])
  const [old, now] = [before, after].map(({ instances }) => new Map(instances.map((one) => [one.id, one])))
  if (!old || !now || isPlain(before) !== isPlain(after)) return [...own, ...instancesNamed(before, after)]
  if (isPlain(after)) return own
  const both = [...now.values()].flatMap((instance) => {
    const earlier = old.get(instance.id)
    return earlier ? instanceSaid(instance.id, [before, after], [earlier, instance], trust) : []
  })
  return [...own, ...instancesNamed(before, after), ...both]
}

const isPlain = ({ id, instances }: Asset): boolean => instances.length === 1 && instances[0]?.id === id

function instancesNamed(before: Asset, after: Asset): Said[] {
  const names = ({ id, instances }: Asset) => instances.map((one) => one.id).filter((one) => one !== id)
  const [come, gone] = [beyond(names(after), names(before)), beyond(names(before), names(after))]
  return [
    ...(come.length > 0 ? [{ text: `${after.id} is now also deployed as ${listed(come)}` }] : []),
    ...(gone.length > 0 ? [{ text: `${after.id} is no longer deployed as ${listed(gone)}` }] : []),
  ]
}

/** What an instance only has from its asset is said of the asset. */
function instanceSaid(
  id: string,
  [before, after]: Both<Asset>,
  [old, now]: Both<Instance>,
  trust: (zone: string) => number,
) {
  const name = `instance ${id} of ${after.id}`
  const own = (['environment', 'owner', 'criticality'] as const).filter(
    (key) => old[key] !== before[key] || now[key] !== after[key],
  )
  const inherited = old.zone === before.zone && now.zone === after.zone
  return [
    ...(old.zone === now.zone || inherited ? [] : [movedSaid(name, old, now, trust)]),
    ...fieldsSaid(name, old, now, ['site', 'replicas', 'hosts', 'addresses', ...own]),
  ]
}

type Both<Noun> = readonly [before: Noun, after: Noun]
