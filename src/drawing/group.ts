// Which assets are drawn as one box, so that a drawing has no more boxes than an eye can take in.
import type { Asset, Estate } from '#model'
import { type Grouping, mostBoxes, mostUngrouped } from './types.ts'

/** Assets that are one box: by themselves, by what they share in their zone, or as their whole zone. */
export interface Bundle {
  readonly by: 'asset' | 'kind' | 'owner' | 'zone' | 'rest'
  /** The kind, owner or zone that they share. */
  readonly value: string
  /** The zone of its assets; the outermost around them where that was needed. */
  readonly zone: string
  readonly assets: readonly Asset[]
}

/** How far a zone is folded: each asset, assets of one kind or owner, the zone. */
const steps = ['asset', 'shared', 'zone'] as const
type Share = 'kind' | 'owner'

/**
 * The boxes of a drawing. Without a grouping, the fullest zones are folded first by kind, then whole, until at most 60 boxes are left; then
 * outermost zones stand for what is in them, and at last the smallest are one box together.
 */
export function bundlesOf(
  assets: readonly Asset[],
  grouping: Grouping | '',
  outermost: (zone: string) => string,
  most = grouping === 'none' ? mostUngrouped : mostBoxes,
): Bundle[] {
  const share: Share = grouping === 'owner' ? 'owner' : 'kind'
  const first = grouping === 'zone' ? 2 : grouping === '' || grouping === 'none' ? 0 : 1
  const byZone = grouped(assets, ({ zone }) => zone)
  const folded = new Map([...byZone].map(([zone, inside]) => [zone, foldsOf(zone, inside, share).slice(first)]))
  const countNow = (): number => sum([...folded.values()].map(([now]) => now?.length ?? 0))
  for (let count = countNow(); count > most;) {
    const fullest = [...folded].reduce((a, b) => ((b[1][0]?.length ?? 0) > (a[1][0]?.length ?? 0) ? b : a))
    const [now, next] = fullest[1]
    if (!now || !next || now.length === 1) break
    folded.set(fullest[0], fullest[1].slice(1))
    count += next.length - now.length
  }
  const bundles = [...folded.values()].flatMap(([now]) => now ?? [])
  return bundles.length > most ? fewest(assets, outermost, most) : bundles
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** A zone's boxes at each step. */
function foldsOf(zone: string, inside: readonly Asset[], share: Share): Bundle[][] {
  const each = (asset: Asset): Bundle => ({ by: 'asset', value: asset.id, zone, assets: [asset] })
  const of: Record<(typeof steps)[number], () => Bundle[]> = {
    asset: () => inside.map(each),
    shared: () =>
      [...grouped(inside, (asset) => asset[share])].map(([value, assets]) => {
        const [only, second] = assets
        return only && !second ? each(only) : { by: share, value, zone, assets }
      }),
    zone: () => [{ by: 'zone', value: zone, zone, assets: inside }],
  }
  return steps.map((step) => of[step]())
}

function fewest(assets: readonly Asset[], outermost: (zone: string) => string, most: number): Bundle[] {
  const roots = [...grouped(assets, ({ zone }) => outermost(zone))].map(([zone, inside]): Bundle => ({
    by: 'zone',
    value: zone,
    zone,
    assets: inside,
  }))
  if (roots.length <= most) return roots
  const kept = new Set(roots.toSorted((a, b) => b.assets.length - a.assets.length).slice(0, most - 1))
  const rest = roots.filter((root) => !kept.has(root)).flatMap((root) => root.assets)
  return [...roots.filter((root) => kept.has(root)), { by: 'rest', value: '', zone: '', assets: rest }]
}

/** What a bundle is called. */
export function titleOf({ by, value, assets }: Bundle, { kinds, zones }: Pick<Estate, 'kinds' | 'zones'>): string {
  const titled = (things: readonly { id: string; title: string }[]) =>
    things.find(({ id }) => id === value)?.title ?? value
  switch (by) {
    case 'asset':
      return assets[0]?.title ?? value
    case 'kind':
      return titled(kinds)
    case 'owner':
      return value === '' ? 'nobody’s' : value
    case 'zone':
      return titled(zones)
    case 'rest':
      return 'Other zones'
  }
}
