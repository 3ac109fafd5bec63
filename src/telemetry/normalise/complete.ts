// What the schema asks for beyond what the source says: numbers and captions of enumerations, and required attributes that nothing is known of.
import type { OcsfAttribute, OcsfShape } from '#standards'
import { derive } from './derive.ts'
import { synonym } from './synonyms.ts'
import { isOcsfObject, type OcsfObject, type OcsfValue } from './value.ts'

const unknown = 'Unknown'
const other = 99

/** Gives every enumeration its number and its caption, and every object what it must have, down to the leaves. */
export function complete(shape: OcsfShape, object: OcsfObject): void {
  derive(shape.name, object)
  const steps = stepsOf(shape)
  for (const name of Object.keys(object)) {
    const step = steps.get(name)
    if (!step) continue
    const value = object[name]
    if (step.within && value !== undefined) completeInside(step.within, value)
    if (step.enumeration) caption(step.enumeration, object)
  }
  for (const attribute of requiredOf(shape)) object[attribute.name] ??= least(attribute, object)
  for (const names of shape.anyOf) oneOf(shape, names, object)
  for (const names of shape.justOne) oneOf(shape, names, object)
}

function oneOf(shape: OcsfShape, names: readonly string[], object: OcsfObject): void {
  if (names.some((name) => object[name] !== undefined)) return
  const first = shape.attributes.get(stand(shape, names))
  if (first) object[first.name] = least(first, object)
}

/** Completes the value of an attribute that comes with a profile. */
export function completeInside(attribute: OcsfAttribute, value: OcsfValue): void {
  const { object } = attribute
  if (!object) return
  for (const one of Array.isArray(value) ? value : [value]) if (isOcsfObject(one)) complete(object, one)
}

/** Number from caption, caption from number. */
export function caption({ name, captions, ids, sibling, list }: OcsfAttribute, object: OcsfObject): void {
  if (!captions || sibling === undefined || list) return
  const text = object[sibling]
  let id = object[name]
  if (id === undefined && typeof text === 'string')
    object[name] = id = ids?.get(text.toLowerCase()) ?? synonym(name, text) ?? other
  if (typeof id !== 'number') return
  // The source's own word stands only where the schema has none: at Unknown and Other.
  const own = text !== undefined && (id === 0 || id === other)
  if (!own) object[sibling] = captions.get(id) ?? text ?? unknown
}

/** What an attribute that is there asks for: its own object to be completed, the number or the caption beside it. */
interface Step {
  readonly within: OcsfAttribute | undefined
  readonly enumeration: OcsfAttribute | undefined
}
const steps = new WeakMap<OcsfShape, ReadonlyMap<string, Step>>()
function stepsOf(shape: OcsfShape): ReadonlyMap<string, Step> {
  let found = steps.get(shape)
  if (!found) steps.set(shape, (found = makeSteps(shape)))
  return found
}
function makeSteps(shape: OcsfShape): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>()
  const enumerations = new Map<string, OcsfAttribute>()
  for (const attribute of shape.attributes.values()) {
    if (!attribute.captions) continue
    enumerations.set(attribute.name, attribute)
    if (attribute.sibling !== undefined) enumerations.set(attribute.sibling, attribute)
  }
  for (const name of new Set([...shape.attributes.keys(), ...enumerations.keys()])) {
    const attribute = shape.attributes.get(name)
    const step = { within: attribute?.object ? attribute : undefined, enumeration: enumerations.get(name) }
    if (step.within ?? step.enumeration) found.set(name, step)
  }
  return found
}
const required = new WeakMap<OcsfShape, readonly OcsfAttribute[]>()
function requiredOf(shape: OcsfShape): readonly OcsfAttribute[] {
  let found = required.get(shape)
  if (!found) required.set(shape, (found = [...shape.attributes.values()].filter(({ need }) => need === 'required')))
  return found
}

/** Of several that would do, the name: it can honestly say that it is not known. */
const stand = (shape: OcsfShape, names: readonly string[]): string =>
  names.find((name) => name === 'name') ??
  names.find((name) => shape.attributes.get(name)?.type === 'string_t') ??
  names[0] ??
  ''

/** The least that the schema takes for this attribute: `Unknown`, the number that stands for it, an object of such. */
export function least(attribute: OcsfAttribute, beside: OcsfObject): OcsfValue {
  const one = leastOne(attribute, beside)
  return attribute.list ? [one] : one
}
function leastOne({ name, type, object, captions, sibling }: OcsfAttribute, beside: OcsfObject): OcsfValue {
  if (captions) {
    const id = captions.has(0) ? 0 : other
    if (sibling !== undefined) beside[sibling] ??= captions.get(id) ?? unknown
    return id
  }
  if (type === 'object') {
    const made: OcsfObject = {}
    if (object) complete(object, made)
    return made
  }
  if (type === 'boolean_t') return false
  if (type === 'string_t' || type === 'hostname_t' || type === 'email_t') return namedBeside(name, beside) ?? unknown
  return 0
}

/** A file's name is the end of its path; an identifier that must be there is the name, where there is one. */
function namedBeside(name: string, beside: OcsfObject): string | undefined {
  const { path, name: called, uid, caption } = beside
  if (name === 'name' && typeof path === 'string') return baseName(path)
  const text = name === 'name' ? uid : (called ?? caption)
  return (name === 'name' || name === 'uid') && typeof text === 'string' ? text : undefined
}

/** The last part of a path of either kind of system. */
export const baseName = (path: string): string => {
  const end = path.replace(/[\\/]$/, '')
  return end.slice(Math.max(end.lastIndexOf('/'), end.lastIndexOf('\\')) + 1) || path
}
