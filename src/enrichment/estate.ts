// What the model knows: zone, owner and criticality of the event's asset, and whose the addresses are.
import type { Asset, Estate, Locator } from '#model'
import { type Enricher, ends } from './enricher.ts'

/** The model as this enricher sees it; `estate` is another object after each reading. */
export interface EstateView {
  readonly estate: Pick<Estate, 'assets' | 'people'>
  readonly locate: Locator
}

/** Reads the model of the moment: an edit counts from the next event on. */
export function estateEnricher(model: EstateView): Enricher {
  let read: EstateView['estate'] | undefined
  let assets = new Map<string, Asset>()
  const assetOf = (id: string | undefined): Asset | undefined => {
    if (id === undefined) return undefined
    if (read !== model.estate) {
      read = model.estate
      assets = new Map(read.assets.map((asset) => [asset.id, asset]))
    }
    return assets.get(id)
  }
  return {
    name: 'estate',
    gives: [
      { name: 'asset.zone', does: 'zone of the asset that the event is about' },
      { name: 'asset.kind', does: 'its kind' },
      { name: 'asset.owner', does: 'its owner' },
      { name: 'asset.criticality', does: 'its criticality' },
      { name: 'src.asset', does: 'asset that the source address belongs to' },
      { name: 'src.zone', does: 'its zone' },
      { name: 'dst.asset', does: 'asset that the destination address belongs to' },
      { name: 'dst.zone', does: 'its zone' },
    ],
    add(event, id, facts) {
      const asset = assetOf(id)
      if (asset) {
        if (asset.zone !== '') facts['asset.zone'] = asset.zone
        if (asset.kind !== '') facts['asset.kind'] = asset.kind
        if (asset.owner !== '') facts['asset.owner'] = asset.owner
        facts['asset.criticality'] = asset.criticality
      }
      for (const [end, column] of ends) {
        const address = event[column]
        const other = address === undefined ? undefined : assetOf(model.locate({ addresses: [address] }))
        if (!other) continue
        facts[`${end}.asset`] = other.id
        if (other.zone !== '') facts[`${end}.zone`] = other.zone
      }
    },
  }
}
