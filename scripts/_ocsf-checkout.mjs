// Resolves a checkout of github.com/ocsf/ocsf-schema (events, objects, dictionary, profiles, extensions) to the form of a server's export:
// inheritance, inclusions and the dictionary's defaults worked in. Only what a comparison of tables needs: no descriptions.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => read(join(folder, name)))
    : []

/** Attributes with those of the files they include; an inclusion that is a profile marks what it brings. */
function included(roots, attributes = {}) {
  const { $include: list = [], ...own } = attributes
  const all = {}
  for (const path of [list].flat()) {
    const file = roots.map((root) => join(root, path)).find((one) => existsSync(one))
    if (file === undefined) throw new Error(`${path} is included and not there`)
    const { attributes: theirs, name, meta } = read(file)
    const profile = path.includes('profiles/') || meta === 'profile' ? { profile: name } : {}
    for (const [key, value] of Object.entries(included(roots, theirs))) all[key] = { ...profile, ...value }
  }
  return merged(all, own)
}
/** One set of attributes over another: what the upper says of an attribute counts, its enumeration is added. */
function merged(lower, upper) {
  const all = { ...lower }
  for (const [name, value] of Object.entries(upper)) {
    const under = all[name] ?? {}
    all[name] = { ...under, ...value }
    if (under.enum || value.enum) all[name].enum = { ...under.enum, ...value.enum }
  }
  return all
}

/** Follows `extends` down to the root; constraints of the child replace those of the parent. */
function inherited(items, name, seen = new Set()) {
  const item = items.get(name)
  if (!item || seen.has(name)) return { attributes: {} }
  seen.add(name)
  const parent = item.extends === undefined || item.extends === name ? undefined : inherited(items, item.extends, seen)
  return { ...parent, ...item, attributes: merged(parent?.attributes ?? {}, item.attributes) }
}

/** The dictionary's defaults under what the class or object says of an attribute. */
function defined(attributes, { dictionary, objects }) {
  const all = {}
  for (const [name, own] of Object.entries(attributes)) {
    const base = dictionary[name] ?? {}
    const type = own.type ?? base.type
    const one = { ...base, ...own, requirement: own.requirement ?? base.requirement ?? 'optional' }
    if (base.enum || own.enum) one.enum = { ...base.enum, ...own.enum }
    if (objects.has(type) || type === 'object') Object.assign(one, { type: 'object_t', object_type: type })
    if (one.profile === null) delete one.profile
    all[name] = one
  }
  return all
}

/** A new object, or attributes added to one of the core by an extension (which has no name of its own then). */
function addItem(items, item, roots) {
  const name = item.name ?? item.extends
  const whole = { ...item, name, attributes: included(roots, item.attributes) }
  const there = items.get(name)
  items.set(name, there ? { ...there, attributes: merged(there.attributes, whole.attributes) } : whole)
}

/** The whole schema of a checkout: `{ version, classes, objects }` as `/export/schema` has it. */
export function readCheckout(root) {
  const dictionary = { ...read(join(root, 'dictionary.json')).attributes }
  const categories = { ...read(join(root, 'categories.json')).attributes }
  const [events, objects] = [new Map(), new Map()]
  for (const item of filesBelow(join(root, 'events'))) addItem(events, item, [root])
  for (const item of filesBelow(join(root, 'objects'))) addItem(objects, item, [root])
  const extensions = existsSync(join(root, 'extensions')) ? readdirSync(join(root, 'extensions')) : []
  for (const folder of extensions.map((name) => join(root, 'extensions', name))) {
    if (!existsSync(join(folder, 'extension.json'))) continue
    const { uid } = read(join(folder, 'extension.json'))
    if (existsSync(join(folder, 'dictionary.json')))
      Object.assign(dictionary, merged(dictionary, read(join(folder, 'dictionary.json')).attributes))
    for (const item of filesBelow(join(folder, 'objects'))) addItem(objects, item, [folder, root])
    for (const item of filesBelow(join(folder, 'events'))) addItem(events, { ...item, extension: uid }, [folder, root])
  }
  const finished = (items, name) => {
    const { attributes, constraints, uid, category, extension = 0, caption } = inherited(items, name)
    return {
      name,
      caption,
      uid,
      category,
      extension,
      constraints,
      attributes: defined(attributes, { dictionary, objects }),
    }
  }
  const classes = {}
  for (const [name, item] of events) {
    const one = finished(events, name)
    const number = categories[one.category]?.uid ?? 0
    if (item.uid !== undefined || name === 'base_event')
      classes[name] = { ...one, uid: one.extension * 100_000 + number * 1_000 + (item.uid ?? 0) }
  }
  const shown = [...objects.keys()].filter((name) => name !== 'object' && !name.startsWith('_'))
  return {
    version: read(join(root, 'version.json')).version,
    classes,
    objects: Object.fromEntries(shown.map((name) => [name, finished(objects, name)])),
  }
}
