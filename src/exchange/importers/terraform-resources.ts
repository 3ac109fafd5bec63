// Resources of `terraform show -json`, of a state or of a plan, and which of them each one names.
import { at, type Fields, isMap, listOf, mapOf, mapsOf, once, textOf } from '../values.ts'

export interface Resource {
  readonly address: string
  readonly type: string
  readonly name: string
  /** Whether it is only read (`data`), not managed. */
  readonly read: boolean
  readonly values: Fields
  /** Addresses that its configuration names: all that a plan knows of ids that do not exist yet. */
  readonly references: readonly string[]
}

const deepest = 20

/** Every resource of a document, those of modules too. */
export function resourcesOf(value: unknown): Resource[] {
  const references = new Map<string, string[]>()
  referencesIn(at(value, 'configuration', 'root_module'), '', { found: references, depth: 0 })
  const root = at(value, 'values', 'root_module') ?? at(value, 'planned_values', 'root_module')
  return modulesOf(root, 0).flatMap((module) =>
    mapsOf(module['resources']).map((resource) => {
      const address = textOf(resource['address'])
      return {
        address,
        type: textOf(resource['type']),
        name: textOf(resource['name']),
        read: resource['mode'] === 'data',
        values: mapOf(resource['values']),
        references: references.get(plainAddress(address)) ?? [],
      }
    }),
  )
}

const modulesOf = (module: unknown, depth: number): Fields[] =>
  isMap(module) && depth < deepest
    ? [module, ...mapsOf(module['child_modules']).flatMap((child) => modulesOf(child, depth + 1))]
    : []

/** An address without the indexes of count and for_each. */
const plainAddress = (address: string): string => address.replace(/\[[^\]]*\]/g, '')

interface Walk {
  readonly found: Map<string, string[]>
  readonly depth: number
}

function referencesIn(module: unknown, prefix: string, { found, depth }: Walk): void {
  if (!isMap(module) || depth > deepest) return
  for (const resource of mapsOf(module['resources'])) {
    const names = namedBelow(resource['expressions'], 0).map(
      (name) =>
        prefix +
        name
          .split('.')
          .slice(0, name.startsWith('data.') ? 3 : 2)
          .join('.'),
    )
    found.set(prefix + textOf(resource['address']), once(names))
  }
  for (const [name, call] of Object.entries(mapOf(module['module_calls'])))
    referencesIn(at(call, 'module'), `${prefix}module.${name}.`, { found, depth: depth + 1 })
}

function namedBelow(value: unknown, depth: number): string[] {
  if (depth > 8) return []
  if (Array.isArray(value)) return value.flatMap((one) => namedBelow(one, depth + 1))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'references'
      ? listOf(one)
          .map(textOf)
          .filter((name) => /^(data\.)?[a-z]\w*\.\w/.test(name))
      : namedBelow(one, depth + 1),
  )
}

/** Looks up resources by what others write to name them. */
export interface Known {
  readonly all: readonly Resource[]
  /** Resources that this one names, in the order it names them. */
  named(resource: Resource): Resource[]
  /** The resource that an id, ARN, link, name or address means, of one of these types when given. */
  find(text: string, types?: readonly string[]): Resource | undefined
}

/** Texts below a value that can be ids of others, at most some thousands. */
function textsBelow(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value.length <= 500 ? [value] : []
  if (depth > 5) return []
  const below = Array.isArray(value)
    ? value
    : isMap(value)
      ? Object.entries(value).flatMap(([key, one]) => (own.has(key) ? [] : [one]))
      : []
  return below.slice(0, 2_000).flatMap((one: unknown) => textsBelow(one, depth + 1))
}
const own = new Set(['id', 'arn', 'self_link', 'name', 'tags', 'tags_all', 'labels', 'description', 'user_data'])

/** An index of resources. Names count only where an id, ARN or link does not. */
export function known(all: readonly Resource[]): Known {
  const exact = new Map<string, Resource>()
  const byName = new Map<string, Resource[]>()
  for (const resource of all) {
    for (const key of ['id', 'arn', 'self_link']) {
      const text = textOf(resource.values[key])
      if (text.length > 3 && !exact.has(text)) exact.set(text, resource)
    }
    exact.set(resource.address, resource)
    if (!exact.has(plainAddress(resource.address))) exact.set(plainAddress(resource.address), resource)
    const name = textOf(resource.values['name'])
    if (name !== '') byName.set(name, [...(byName.get(name) ?? []), resource])
  }
  const find = (text: string, types?: readonly string[]): Resource | undefined => {
    const fits = (one: Resource | undefined) => one !== undefined && (types === undefined || types.includes(one.type))
    const found = exact.get(text)
    if (fits(found)) return found
    const named = byName.get(text)?.filter(fits) ?? []
    return types === undefined && named.length !== 1 ? undefined : named[0]
  }
  const names = new Map<Resource, Resource[]>()
  return {
    all,
    find,
    named(resource) {
      const before = names.get(resource)
      if (before) return before
      const texts = [...textsBelow(resource.values), ...resource.references]
      const found = once(texts.flatMap((text) => find(text) ?? [])).filter((one) => one !== resource)
      names.set(resource, found)
      return found
    },
  }
}
