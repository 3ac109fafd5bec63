// OCSF 1.6.0 as a structure to look into: classes, objects, attributes with type, need and enumeration. Read from the tables at the first question.
import { enumTable, typeTable } from './attributes.ts'
import { categoryCaptions, classTable, groupTable } from './classes.ts'
import { objectTable } from './objects.ts'

export const ocsfVersion = '1.6.0'

export type OcsfNeed = 'required' | 'recommended' | 'optional'
/** Types of single values; every other type is the name of an object. */
export const ocsfScalars = [
  'string_t',
  'integer_t',
  'long_t',
  'float_t',
  'boolean_t',
  'timestamp_t',
  'port_t',
  'ip_t',
  'mac_t',
  'hostname_t',
  'email_t',
  'json_t',
] as const
export type OcsfScalar = (typeof ocsfScalars)[number]

export interface OcsfAttribute {
  readonly name: string
  readonly need: OcsfNeed
  /** A scalar's name, or `object`: then `object` says which, and undefined there is one that is not looked into. */
  readonly type: OcsfScalar | 'object'
  readonly object: OcsfShape | undefined
  readonly objectName: string | undefined
  readonly list: boolean
  /** Number → caption, for attributes that are enumerations. */
  readonly captions: ReadonlyMap<number, string> | undefined
  /** Caption in small letters → number. */
  readonly ids: ReadonlyMap<string, number> | undefined
  /** The attribute that holds the caption of this number. */
  readonly sibling: string | undefined
}
export interface OcsfShape {
  readonly name: string
  readonly attributes: ReadonlyMap<string, OcsfAttribute>
  /** Of each list at least one attribute is there. */
  readonly anyOf: readonly (readonly string[])[]
  /** Of each list exactly one attribute is there. */
  readonly justOne: readonly (readonly string[])[]
}
export interface OcsfClassShape extends OcsfShape {
  readonly uid: number
  readonly caption: string
  readonly category: number
  readonly categoryName: string
  readonly activities: ReadonlyMap<number, string>
  /** Attributes that come with a profile: attribute → profile. */
  readonly byProfile: ReadonlyMap<string, { readonly profile: string; readonly attribute: OcsfAttribute }>
  readonly profiles: readonly string[]
}
export interface OcsfSchema {
  readonly classes: ReadonlyMap<number, OcsfClassShape>
  readonly objects: ReadonlyMap<string, OcsfShape>
}

const linesOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
const wordsOf = (text = ''): string[] => text.split(' ').filter(Boolean)
/** Lists of names parted by `;`: at least one of each, or exactly one where `=1` stands before it. */
function constraintsOf(cell: string): Pick<OcsfShape, 'anyOf' | 'justOne'> {
  const lists = cell
    .split(';')
    .map(wordsOf)
    .filter((list) => list.length > 0)
  const exact = (list: readonly string[]): boolean => list[0] === '=1'
  return {
    anyOf: lists.filter((list) => !exact(list)),
    justOne: lists.filter(exact).map((list) => list.slice(1)),
  }
}
const isScalar = (name: string): name is OcsfScalar => ocsfScalars.some((scalar) => scalar === name)

function captionsOf(text: string): Map<number, string> {
  const captions = new Map([
    [0, 'Unknown'],
    [99, 'Other'],
  ])
  for (const one of text.split(', ').filter(Boolean)) {
    const space = one.indexOf(' ')
    captions.set(Number(one.slice(0, space)), one.slice(space + 1))
  }
  return captions
}

interface Typed {
  readonly type: string
  readonly list: boolean
}
function readTypes(): Map<string, Typed> {
  const types = new Map<string, Typed>()
  for (const [type = '', names] of linesOf(typeTable))
    for (const name of wordsOf(names)) types.set(name.replace('[]', ''), { type, list: name.endsWith('[]') })
  return types
}

const siblings: Readonly<Record<string, string>> = {
  activity_id: 'activity_name',
  class_uid: 'class_name',
  category_uid: 'category_name',
  type_uid: 'type_name',
}
const profilesOfNetwork = ['network_proxy', 'load_balancer']
const profilesOfFindings = ['incident']

/** Reads the tables, sharing what classes have in common. */
class Reader {
  readonly objects = new Map<string, OcsfShape>()
  readonly #types = readTypes()
  readonly #enums = new Map(linesOf(enumTable).map(([name = '', text = '']) => [name, captionsOf(text)]))
  readonly #groups = new Map(linesOf(groupTable).map(([name = '', names = '']) => [name, names]))

  /** Objects refer to one another, so their names are filled in after all shapes are there. */
  readObjects(): void {
    const open = new Map<string, Map<string, OcsfAttribute>>()
    for (const [name = '', , anyOf = ''] of linesOf(objectTable)) {
      const attributes = new Map<string, OcsfAttribute>()
      open.set(name, attributes)
      this.objects.set(name, { name, attributes, ...constraintsOf(anyOf) })
    }
    for (const [name = '', words = ''] of linesOf(objectTable))
      for (const attribute of this.#attributes(words, [name])) open.get(name)?.set(attribute.name, attribute)
  }

  readClass(line: readonly string[]): OcsfClassShape {
    const [head = '', caption = '', activities = '', group = '', own = '', anyOf = ''] = line
    const [uid = '', name = ''] = wordsOf(head)
    const groups = wordsOf(group)
    const holders = [name, ...groups]
    const attributes = new Map<string, OcsfAttribute>()
    const words = ['base', ...groups].map((one) => this.#groups.get(one) ?? '').join(' ')
    for (const attribute of this.#attributes(`${words} ${own}`, holders)) attributes.set(attribute.name, attribute)
    const captions = captionsOf(activities)
    const activity = attributes.get('activity_id')
    if (activity) attributes.set('activity_id', { ...activity, captions, ids: idsOf(captions) })
    const profiles = this.#profilesOf(groups)
    const category = categoryOf(Number(uid))
    return {
      uid: Number(uid),
      name,
      caption,
      category,
      categoryName: categoryCaptions[category] ?? '',
      activities: captions,
      attributes,
      ...constraintsOf(anyOf),
      byProfile: this.#byProfile(profiles, attributes, holders),
      profiles,
    }
  }

  /** What profiles add to a class that it does not have itself. */
  #byProfile(
    profiles: readonly string[],
    own: ReadonlyMap<string, OcsfAttribute>,
    holders: readonly string[],
  ): Map<string, { profile: string; attribute: OcsfAttribute }> {
    const added = new Map<string, { profile: string; attribute: OcsfAttribute }>()
    for (const profile of profiles)
      for (const attribute of this.#attributes(this.#groups.get(`profile ${profile}`) ?? '', holders))
        if (!own.has(attribute.name) && !added.has(attribute.name)) added.set(attribute.name, { profile, attribute })
    return added
  }

  #profilesOf(groups: readonly string[]): string[] {
    return [...this.#groups.keys()]
      .filter((name) => name.startsWith('profile '))
      .map((name) => name.slice('profile '.length))
      .filter((name) => groups.includes('network') || !profilesOfNetwork.includes(name))
      .filter((name) => groups.includes('finding') || !profilesOfFindings.includes(name))
  }

  #attributes(words: string, holders: readonly string[]): OcsfAttribute[] {
    return wordsOf(words).flatMap((word) => {
      const need = word.endsWith('!') ? 'required' : word.endsWith('+') ? 'recommended' : 'optional'
      const attribute = this.#attribute(need === 'optional' ? word : word.slice(0, -1), need, holders)
      if (attribute.type !== 'timestamp_t') return [attribute]
      // The datetime profile: every time may stand beside as a text of RFC 3339.
      return [attribute, this.#attribute(`${attribute.name}_dt`, 'optional', holders)]
    })
  }

  #attribute(name: string, need: OcsfNeed, holders: readonly string[]): OcsfAttribute {
    const own = holders.map((holder) => `${holder}.${name}`)
    const typed = own.map((key) => this.#types.get(key)).find(Boolean) ?? this.#types.get(name)
    const { type = 'string_t', list = false } = typed ?? {}
    const captions = own.map((key) => this.#enums.get(key)).find(Boolean) ?? this.#enums.get(name)
    return {
      name,
      need,
      type: isScalar(type) ? type : 'object',
      object: this.objects.get(type),
      objectName: isScalar(type) ? undefined : type,
      list,
      captions,
      ids: captions && idsOf(captions),
      sibling: siblings[name] ?? (captions && name.endsWith('_id') ? name.slice(0, -3) : undefined),
    }
  }
}

const idsOf = (captions: ReadonlyMap<number, string>): Map<string, number> =>
  new Map([...captions].map(([id, caption]) => [caption.toLowerCase(), id]))
/** Extensions count from 100000 on: 201001 is class 1 of the system category in the Windows extension. */
const categoryOf = (uid: number): number => Math.floor((uid % 100_000) / 1_000)

let read: OcsfSchema | undefined
/** The schema of the classes that logs become. */
export function ocsfSchema(): OcsfSchema {
  if (read) return read
  const reader = new Reader()
  reader.readObjects()
  const classes = linesOf(classTable).map((line) => reader.readClass(line))
  read = { classes: new Map(classes.map((shape) => [shape.uid, shape])), objects: reader.objects }
  return read
}

/** Name of a class for people; undefined for a number that is no class of ours. */
export const ocsfClassCaption = (uid: number): string | undefined => ocsfSchema().classes.get(uid)?.caption
