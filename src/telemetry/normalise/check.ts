// An OCSF event held against the schema: what is missing, unknown, of the wrong type, outside its enumeration, or does not add up.
import { type OcsfAttribute, type OcsfClassShape, ocsfSchema, type OcsfShape } from '#standards'
import { fits, isOcsfObject } from './value.ts'

export interface OcsfProblem {
  /** Path of the attribute, empty for the event as a whole. */
  readonly path: string
  readonly text: string
}
type Bag = { readonly [name: string]: unknown }
const isBag = (value: unknown): value is Bag => isOcsfObject(value)

const most = 200
const deepest = 20

class Checker {
  readonly problems: OcsfProblem[] = []

  say(path: string, text: string): void {
    if (this.problems.length < most) this.problems.push({ path, text })
  }

  shape(shape: OcsfShape, object: Bag, { at, depth }: { at: string; depth: number }): void {
    if (depth > deepest) return this.say(at, 'is nested too deep')
    for (const { name, need } of shape.attributes.values())
      if (need === 'required' && object[name] === undefined) this.say(`${at}${name}`, 'is required and missing')
    for (const names of shape.anyOf)
      if (names.every((name) => object[name] === undefined))
        this.say(at.slice(0, -1), `needs at least one of ${names.join(', ')}`)
    for (const names of shape.justOne) {
      const there = names.filter((name) => object[name] !== undefined)
      if (there.length !== 1) this.say(at.slice(0, -1), `needs exactly one of ${names.join(', ')}, has ${there.length}`)
    }
    for (const [name, value] of Object.entries(object)) {
      const attribute = shape.attributes.get(name)
      if (attribute) this.value(attribute, value, { at: `${at}${name}`, depth })
      else if (at !== '') this.say(`${at}${name}`, `is no attribute of ${shape.name}`)
    }
  }

  value(attribute: OcsfAttribute, value: unknown, place: { at: string; depth: number }): void {
    if (!attribute.list) return this.one(attribute, value, place)
    if (!Array.isArray(value)) return this.say(place.at, 'must be a list')
    for (const [index, one] of value.entries()) this.one(attribute, one, { ...place, at: `${place.at}[${index}]` })
  }

  one(
    { type, object, captions, objectName }: OcsfAttribute,
    value: unknown,
    { at, depth }: { at: string; depth: number },
  ): void {
    if (type === 'object') {
      if (!object) return
      if (isBag(value)) this.shape(object, value, { at: `${at}.`, depth: depth + 1 })
      else this.say(at, `must be an object ${objectName}`)
    } else if (!fits(type, value)) this.say(at, `must be ${type}`)
    else if (captions && typeof value === 'number' && !captions.has(value))
      this.say(at, `${value} is not in its enumeration`)
  }
}

/** The event's own attributes beyond those of its class come with profiles, and each profile must be named. */
function checkProfiles(checker: Checker, shape: OcsfClassShape, event: Bag): void {
  const { metadata } = event
  const list = isBag(metadata) && Array.isArray(metadata['profiles']) ? metadata['profiles'] : []
  const named = new Set<unknown>(list)
  for (const [name, value] of Object.entries(event)) {
    if (shape.attributes.has(name)) continue
    const added = shape.byProfile.get(name)
    if (!added) checker.say(name, `is no attribute of ${shape.name}`)
    else if (!named.has(added.profile)) checker.say(name, `needs the profile ${added.profile} in metadata.profiles`)
    if (added) checker.value(added.attribute, value, { at: name, depth: 0 })
  }
  for (const { profile, attribute } of shape.byProfile.values())
    if (named.has(profile) && attribute.need === 'required' && event[attribute.name] === undefined)
      checker.say(attribute.name, `is required by the profile ${profile} and missing`)
}

/** What the schema objects to in an OCSF event; an empty list is a valid one. At most 200 problems. */
export function checkOcsf(event: unknown): readonly OcsfProblem[] {
  const checker = new Checker()
  if (!isBag(event)) return [{ path: '', text: 'is no object' }]
  const uid = event['class_uid']
  const shape = typeof uid === 'number' ? ocsfSchema().classes.get(uid) : undefined
  if (!shape) return [{ path: 'class_uid', text: `is no class that is known here: ${String(uid)}` }]
  checker.shape(shape, event, { at: '', depth: 0 })
  checkProfiles(checker, shape, event)
  if (event['category_uid'] !== shape.category)
    checker.say('category_uid', `must be ${shape.category} for ${shape.name}`)
  const type = shape.uid * 100 + Number(event['activity_id'])
  if (event['type_uid'] !== type) checker.say('type_uid', `must be class_uid × 100 + activity_id, here ${type}`)
  return checker.problems
}
