// How heavy a finding is: what stands at its ends, what it carries, and how far trust drops between them. The reasons are told.
import { criticalities, type Asset, type Estate } from '#model'
import { type Level, levels } from '#standards'
import type { Place } from './places.ts'

/** A level and what made it so. */
export interface Weighed {
  readonly level: Level
  readonly why: string[]
}

type DataClasses = ReadonlyMap<string, Estate['data'][number]>
export const dataIn = (estate: Estate): DataClasses => new Map(estate.data.map((data) => [data.id, data]))

const high = criticalities.indexOf('high')
/** Zones that differ by less are alike. */
const step = 10
const untrusted = 10

const rankOfData = (ids: readonly string[], classes: DataClasses): number =>
  Math.max(-1, ...ids.map((id) => criticalities.indexOf(classes.get(id)?.confidentiality ?? 'low')))

/** A base level, made heavier by each reason that holds. */
function weigh(base: Level, reasons: readonly (string | false)[]): Weighed {
  const why = reasons.filter((reason) => reason !== false)
  return { level: levels[Math.min(levels.indexOf(base) + why.length, levels.length - 1)] ?? 'critical', why }
}

const precious = (asset: Asset | undefined, classes: DataClasses): string | false =>
  asset !== undefined &&
  (criticalities.indexOf(asset.criticality) >= high || rankOfData(asset.stores, classes) >= high) &&
  `${asset.id} is of ${asset.criticality} criticality${asset.stores.length === 0 ? '' : ` and keeps ${asset.stores.join(', ')}`}`

/** A flow that nobody declared. */
export function weighFlow(from: Place, to: Place, classes: DataClasses): Weighed {
  const [a, b] = [from.zone || 'no zone', to.zone || 'no zone']
  return weigh('low', [
    precious(to.asset, classes) || precious(from.asset, classes),
    to.trust - from.trust >= step && `it goes from ${a} (trust ${from.trust}) up to ${b} (trust ${to.trust})`,
    to.trust <= untrusted && from.trust > untrusted && `it leaves ${a} for ${b} (trust ${to.trust})`,
  ])
}

/** One level lighter, and why. */
export const lighter = ({ level, why }: Weighed, because: string): Weighed => ({
  level: levels[Math.max(0, levels.indexOf(level) - 1)] ?? 'informational',
  why: [...why, because],
})

/** Data in plain text that the model says is encrypted. */
export function weighPlain(carried: readonly string[], from: Place, to: Place, classes: DataClasses): Weighed {
  const rank = rankOfData(carried, classes)
  const low = Math.min(from.trust, to.trust)
  return weigh('medium', [
    rank >= high && `it carries ${carried.join(', ')}`,
    from.zone !== to.zone && low <= 30 && `one end stands in a zone of trust ${low}`,
  ])
}

/** A permission that nobody uses. */
export const weighUnused = (from: Place, to: Place, classes: DataClasses): Weighed =>
  weigh('informational', [
    from.trust <= untrusted && 'anybody on the internet may use it',
    precious(to.asset, classes) && to.trust - from.trust >= step && `it leads up to ${to.text}`,
  ])

/** A machine that nobody declared. */
export const weighHost = (trust: number, zone: string): Weighed =>
  weigh('low', [trust > untrusted && 'it stands inside', trust >= 60 && `${zone} is for what is trusted (${trust})`])
