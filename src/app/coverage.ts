// Which attack techniques a running rule would see on an asset: what attack paths ask of detection.
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

/** A technique is covered on an asset when a rule for it runs on a log source that the model says the asset writes. A rule for T1059 covers T1059.001 too. */
export const coverageOf =
  (model: Pick<Model, 'estate'>, detection: Pick<Detection, 'rules'>): Coverage =>
  (asset, technique) => {
    const logs = model.estate.assets.find(({ id }) => id === asset)?.logs ?? []
    return detection
      .rules()
      .some(
        ({ state, techniques, source }) =>
          state === 'running' &&
          techniques.some((one) => technique === one || technique.startsWith(`${one}.`)) &&
          sourcesOf(source).some((name) => logs.includes(name)),
      )
  }
