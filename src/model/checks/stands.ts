// Where an asset stands: itself, and each of its instances, as written.
import type { WrittenAsset } from '../source.ts'
import type { Entry } from '../written.ts'

/** One place where an asset stands. */
export interface Stand {
  readonly asset: Entry<WrittenAsset>
  /** As people call it: `asset shop`, `instance cork of asset shop`. */
  readonly name: string
  readonly zone: string
  readonly hosts: readonly string[]
  readonly addresses: readonly string[]
  /** Path of one of its keys, below the asset. */
  readonly path: (key: 'hosts' | 'addresses' | 'zone', index?: number) => readonly PropertyKey[]
}

const below = (above: readonly string[]) => (key: string, index?: number) =>
  index === undefined ? [...above, key] : [...above, key, index]

/** The asset itself, then its instances. */
export function standsOf(asset: Entry<WrittenAsset>): Stand[] {
  const { zone, hosts, addresses, instances } = asset.value
  const own: Stand = { asset, name: `asset ${asset.id}`, zone, hosts, addresses, path: below([]) }
  const written = Object.entries(instances)
  if (written.length === 0) return [own]
  return [
    own,
    ...written.map(([id, instance]): Stand => ({
      asset,
      name: `instance ${id} of asset ${asset.id}`,
      zone: instance.zone ?? zone,
      hosts: instance.hosts,
      addresses: instance.addresses,
      path: below(['instances', id]),
    })),
  ]
}
