// Which attack techniques a rule at work would see on an asset: what attack paths ask of detection.
import type { Detection } from '#detection'
import type { Model } from '#model'
import type { Coverage } from '#paths'

/** A log source as Sigma names it in the model: `windows/security`, `postgresql`, `webserver`. */
const sourcesOf = ({
  product,
  service,
  category,
}: {
  product?: string | undefined
  service?: string | undefined
  category?: string | undefined
}): string[] =>
  [
    product,
    category,
    product && service && `${product}/${service}`,
    product && category && `${product}/${category}`,
  ].filter((name): name is string => name !== undefined && name !== '')

type Working = ReturnType<Detection['working']>
type Seen = ReadonlyMap<string, ReadonlySet<string>>

/** For each log source the techniques that rules at work see in it. */
function techniquesBySource(rules: Working): Seen {
  const all = new Map<string, Set<string>>()
  for (const { techniques, source } of rules)
    for (const name of sourcesOf(source)) {
      const known = all.get(name) ?? new Set<string>()
      for (const technique of techniques) known.add(technique)
      all.set(name, known)
    }
  return all
}

/**
 * A technique is covered on an asset when a rule for it is at work on a log source that the model says the asset writes. A rule whose
 * log source or field was never seen covers nothing. A rule for T1059 covers T1059.001 too.
 */
export function coverageOf(model: Pick<Model, 'estate'>, detection: Pick<Detection, 'working'>): Coverage {
  let last: { rules: Working; seen: Seen } | undefined
  const seenNow = (): Seen => {
    const rules = detection.working()
    if (last?.rules !== rules) last = { rules, seen: techniquesBySource(rules) }
    return last.seen
  }
  return (asset, technique) => {
    const [base = technique] = technique.split('.')
    const seen = seenNow()
    const logs = model.estate.assets.find(({ id }) => id === asset)?.logs ?? []
    return logs.some((log) => seen.get(log)?.has(technique) === true || seen.get(log)?.has(base) === true)
  }
}
