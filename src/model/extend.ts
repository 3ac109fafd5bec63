// What other files add to an entry (`extend: { assets.portal-db: { tags: [pci] } }`), put together with it.
import { type Issue, type Place, placeText } from '#kernel'
import type { YamlDocument } from '#platform'
import { isMap, pairsIn, type Sheet } from './documents.ts'
import { error } from './issues.ts'
import { partNameOf } from './names.ts'
import { additions, isPart, type Part, partName } from './source.ts'

/** One writing about an entry: the entry itself, or what another place adds to it. */
export interface Layer {
  readonly document: YamlDocument
  readonly path: readonly string[]
  readonly raw: unknown
}

/** What is added, by part and id. */
export type Extensions = ReadonlyMap<string, readonly Layer[]>

const keyOf = (part: Part, id: string): string => `${part}.${id}`

/** Everything below `extend` in all files. What has a problem of its own is left out; names that cannot be any are problems. */
export function extensionsIn(sheets: readonly Sheet[], issues: Issue[]): Extensions {
  const found = new Map<string, Layer[]>()
  for (const { document, parsed } of sheets) {
    for (const [key, raw] of pairsIn(document, 'extend')) {
      const name = partNameOf(key)
      const path = ['extend', key]
      if (!name || name.part === 'moved') {
        const help = 'write the part and the id: assets.portal-db'
        issues.push(
          error('bad-id', document.place(path, 'key'), `${key.slice(0, 60)} cannot be the name of an entry`, help),
        )
      } else if (parsed || additions[name.part].safeParse(raw).success) {
        const all = found.get(keyOf(name.part, name.id)) ?? []
        found.set(keyOf(name.part, name.id), [...all, { document, path, raw }])
      }
    }
  }
  return found
}

/** What is added to one entry. */
export const layersOf = (extensions: Extensions, part: Part, id: string): readonly Layer[] =>
  extensions.get(keyOf(part, id)) ?? []

/** Extensions of entries that do not exist. `known` says which ids a part has. */
export function strayExtensions(
  extensions: Extensions,
  known: (part: Part, id: string) => string | undefined,
): Issue[] {
  return [...extensions].flatMap(([key, layers]) => {
    const dot = key.indexOf('.')
    const [part, id] = [key.slice(0, dot), key.slice(dot + 1)]
    const help = isPart(part) ? known(part, id) : undefined
    if (!isPart(part) || help === undefined) return []
    return layers.map(({ document, path }) =>
      error(
        'unknown-reference',
        document.place(path, 'key'),
        `extend names the ${partName(part)} ${id}, which does not exist`,
        help,
      ),
    )
  })
}

/** Lists and maps grow; what is one value may be said once. What is said twice in two ways is a problem, and the first holds. */
export function mergeLayers(id: string, layers: readonly Layer[], issues: Issue[]): unknown {
  const [first, ...more] = layers
  if (!first || more.length === 0 || !isMap(first.raw)) return first?.raw
  const result = new Map(Object.entries(first.raw))
  for (const layer of more) {
    for (const [key, value] of isMap(layer.raw) ? Object.entries(layer.raw) : []) {
      const before = result.get(key)
      if (before === undefined) result.set(key, value)
      else if (Array.isArray(before) && Array.isArray(value)) result.set(key, [...before, ...value])
      else if (isMap(before) && isMap(value)) result.set(key, { ...value, ...before })
      else if (before !== value) issues.push(conflict(id, key, layer, layers))
    }
  }
  return Object.fromEntries(result)
}

function conflict(id: string, key: string, layer: Layer, layers: readonly Layer[]): Issue {
  const said = layers.find(({ raw }) => isMap(raw) && raw[key] !== undefined) ?? layer
  const at = layer.document.place([...layer.path, key])
  const before = said.document.place([...said.path, key])
  return error('said-twice', at, `${key} of ${id} is another one at ${placeText(before)}`, 'say it in one place')
}

/** Where the value at a path of a merged entry was written. */
export function placeInLayers(
  layers: readonly Layer[],
  [key, part, ...rest]: readonly PropertyKey[],
): Place | undefined {
  if (key === undefined) return undefined
  let passed = 0
  for (const { document, path, raw } of layers) {
    const value = isMap(raw) ? raw[String(key)] : undefined
    if (value === undefined) continue
    if (part === undefined) return document.place([...path, key])
    if (Array.isArray(value) && typeof part === 'number') {
      if (part - passed < value.length) return document.place([...path, key, part - passed, ...rest])
      passed += value.length
    } else if (isMap(value) && Object.hasOwn(value, part)) return document.place([...path, key, part, ...rest])
  }
  return undefined
}
