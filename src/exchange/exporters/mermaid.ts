// The estate as a Mermaid flowchart: zones as nested subgraphs, unencrypted flows dashed.
import type { Asset, Estate, Zone } from '#model'
import { entryOf, grouped } from '../values.ts'
import type { Exporter } from './exporter.ts'

export const mermaid: Exporter = {
  name: 'mermaid',
  title: 'Mermaid',
  file: 'estate.mmd',
  holds: 'zones, assets and flows with protocol and port, to be drawn in Markdown',
  write(estate) {
    const names = namesOf(estate)
    const zones = grouped(estate.zones, ({ parent = '' }) => parent)
    const assets = grouped(estate.assets, ({ zone }) => zone)
    const known = new Set(estate.zones.map(({ id }) => id))
    const draw = (zone: Zone, depth: number): string[] => [
      `${'  '.repeat(depth)}subgraph ${names.zone(zone.id)}["${label(zone.title)}"]`,
      ...(assets.get(zone.id) ?? []).map((asset) => drawn(asset, names.asset(asset.id), depth + 1)),
      ...(zones.get(zone.id) ?? []).flatMap((inner) => draw(inner, depth + 1)),
      `${'  '.repeat(depth)}end`,
    ]
    const loose = estate.assets.filter(({ zone }) => !known.has(zone))
    const flows = estate.flows.map(({ from, to, protocol, port, encrypted }) => {
      const said = port === 0 ? protocol : `${protocol} ${port}`
      return `  ${names.asset(from)} ${encrypted ? '-->' : '-.->'}|"${label(said)}"| ${names.asset(to)}`
    })
    const all = [
      ...(zones.get('') ?? []).flatMap((zone) => draw(zone, 1)),
      ...loose.map((asset) => drawn(asset, names.asset(asset.id), 1)),
      ...flows,
    ]
    return `flowchart LR\n${all.join('\n')}\n`
  },
}

/** Names that Mermaid takes: numbers in the order of the model, since its words (`end`, `graph`) may not stand alone. */
function namesOf({ zones, assets }: Estate) {
  const numbered = (ids: readonly { readonly id: string }[], letter: string) =>
    new Map(ids.map(({ id }, index) => [id, `${letter}${index + 1}`]))
  const [zone, asset] = [numbered(zones, 'z'), numbered(assets, 'a')]
  return { zone: (id: string) => zone.get(id) ?? 'z0', asset: (id: string) => asset.get(id) ?? 'a0' }
}

const label = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;')
    .replaceAll('`', '#96;')
    .slice(0, 120)

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  database: ['[("', '")]'],
  cache: ['[("', '")]'],
  storage: ['[("', '")]'],
  queue: ['[("', '")]'],
  person: ['(["', '"])'],
  browser: ['(["', '"])'],
}

function drawn({ title, category }: Asset, name: string, depth: number): string {
  const [open, close] = entryOf(shapes, category) ?? ['["', '"]']
  return `${'  '.repeat(depth)}${name}${open}${label(title)}${close}`
}
