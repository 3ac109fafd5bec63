// An OCSF event while it is being put together: values are placed by path, and only where the class has a place for them.
import type { OcsfAttribute, OcsfClassShape, OcsfShape } from '#standards'
import type { FieldValue, Scalar } from '../types.ts'
import { converted, isOcsfObject, type OcsfObject, type OcsfValue } from './value.ts'

/** Set: it stands there now. Same: it stood there. Taken: something else stands there. No: the class has no such place, or the value does not fit. */
export type Placed = 'set' | 'same' | 'taken' | 'no'

interface Road {
  readonly steps: readonly OcsfAttribute[]
  readonly profile: string | undefined
}
const roads = new WeakMap<OcsfClassShape, Map<string, Road | undefined>>()

function findRoad(shape: OcsfClassShape, path: string): Road | undefined {
  const names = path.split('.')
  const steps: OcsfAttribute[] = []
  let within: OcsfShape | undefined = shape
  let profile: string | undefined
  for (const [at, name] of names.entries()) {
    const added = at === 0 ? shape.byProfile.get(name) : undefined
    const step: OcsfAttribute | undefined = within?.attributes.get(name) ?? added?.attribute
    if (!step) return undefined
    if (!within?.attributes.has(name)) profile = added?.profile
    steps.push(step)
    within = step.object
  }
  return { steps, profile }
}
function roadsOf(shape: OcsfClassShape): Map<string, Road | undefined> {
  let known = roads.get(shape)
  if (!known) roads.set(shape, (known = new Map()))
  return known
}

const sameValue = (a: OcsfValue, b: OcsfValue): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
const isScalars = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value)

/** Holds the event, the profiles it needs, and what found no place. */
export class Draft {
  readonly event: OcsfObject = {}
  readonly profiles = new Set<string>()
  readonly shape: OcsfClassShape
  readonly #roads: Map<string, Road | undefined>

  constructor(shape: OcsfClassShape) {
    this.shape = shape
    this.#roads = roadsOf(shape)
  }

  /** Whether the class, or a profile that it may have, has this attribute. */
  has(path: string): boolean {
    return this.#road(path) !== undefined
  }

  /** Places a value. A list of values below a list of objects makes one object each. */
  place(path: string, value: FieldValue | undefined): Placed {
    if (value === undefined || value === null || value === '') return 'no'
    const road = this.#road(path)
    if (!road) return 'no'
    const placed = this.#along(road, value)
    if (placed === 'set' && road.profile !== undefined) this.profiles.add(road.profile)
    return placed
  }

  /** Places a value at the first path that takes it. */
  placeFirst(paths: readonly string[], value: FieldValue | undefined): Placed {
    let taken: Placed = 'no'
    for (const path of paths) {
      const placed = this.place(path, value)
      if (placed === 'set' || placed === 'same') return placed
      if (placed === 'taken') taken = placed
    }
    return taken
  }

  /** The text that stands at a path without lists. */
  text(path: string): string | undefined {
    let value: OcsfValue | undefined = this.event
    for (const name of path.split('.')) value = isOcsfObject(value) ? value[name] : undefined
    return typeof value === 'string' ? value : undefined
  }

  /** Places a list of objects that are whole; false where the class has no such list or something stands there. */
  placeList(path: string, objects: readonly OcsfObject[]): boolean {
    const road = this.#road(path)
    const last = road?.steps.at(-1)
    const holder = road && last?.list ? holderOf(this.event, road.steps.slice(0, -1), 0) : undefined
    if (!road || !last || !holder || holder[last.name] !== undefined) return false
    holder[last.name] = [...objects]
    if (road.profile !== undefined) this.profiles.add(road.profile)
    return true
  }

  #road(path: string): Road | undefined {
    let road = this.#roads.get(path)
    if (road === undefined && !this.#roads.has(path)) this.#roads.set(path, (road = findRoad(this.shape, path)))
    return road
  }

  #along({ steps }: Road, value: FieldValue): Placed {
    const last = steps.at(-1)
    if (!last) return 'no'
    const before = steps.slice(0, -1)
    const each = last.list ? undefined : elements(before, value)
    if (!each) return write(before, last, { root: this.event, index: 0, value })
    if (each.some((one) => converted(last, one) === undefined)) return 'no'
    const results = each.map((one, index) => write(before, last, { root: this.event, index, value: one }))
    return results.every((one) => one === 'set' || one === 'same') ? (results[0] ?? 'no') : 'taken'
  }
}

/** The values that make one object each; undefined where there is one only. The store joins lists with commas: answers are parted again. */
function elements(before: readonly OcsfAttribute[], value: FieldValue): readonly Scalar[] | undefined {
  if (!before.some(({ list }) => list)) return undefined
  const joined = typeof value === 'string' && before[0]?.name === 'answers' && value.includes(', ')
  const all: readonly Scalar[] = joined ? value.split(', ') : isScalars(value) ? value : []
  const said = all.filter((one) => one !== null && one !== '')
  return said.length > 1 ? said : undefined
}

interface Writing {
  readonly root: OcsfObject
  /** Which element of the lists on the way. */
  readonly index: number
  readonly value: FieldValue
}

function write(before: readonly OcsfAttribute[], last: OcsfAttribute, { root, index, value }: Writing): Placed {
  const fitting = converted(last, value)
  const known = fitting ?? (last.captions && last.sibling !== undefined ? 99 : undefined)
  if (known === undefined) return 'no'
  const holder = holderOf(root, before, index)
  if (!holder) return 'taken'
  const there = holder[last.name]
  if (there !== undefined) return sameValue(there, known) ? 'same' : 'taken'
  if (fitting === undefined && last.sibling !== undefined) {
    if (holder[last.sibling] !== undefined) return 'taken'
    holder[last.sibling] = String(value)
  }
  holder[last.name] = known
  return 'set'
}

/** The object that holds the last step; objects on the way are made. */
function holderOf(root: OcsfObject, before: readonly OcsfAttribute[], index: number): OcsfObject | undefined {
  let holder = root
  for (const step of before) {
    const inside: OcsfValue = (holder[step.name] ??= step.list ? [] : {})
    const next: OcsfValue | undefined = Array.isArray(inside) ? (inside[index] ??= {}) : inside
    if (!isOcsfObject(next)) return undefined
    holder = next
  }
  return holder
}
