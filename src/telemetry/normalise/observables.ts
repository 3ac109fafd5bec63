// Observables: the values of an event that are looked for across events, with their kind by the schema's numbers.
import { type OcsfAttribute, type OcsfClassShape, ocsfSchema, type OcsfShape } from '#standards'
import { isOcsfObject, type OcsfObject, type OcsfValue } from './value.ts'

/** Attribute, or holder.attribute → type_id of the observable. */
const kinds: Readonly<Record<string, number>> = {
  'user.name': 4,
  'file.name': 7,
  'fingerprint.value': 8,
  'process.name': 9,
  'resource_details.uid': 10,
  'resource_details.name': 38,
  'user.uid': 31,
  'user.credential_uid': 19,
  'group.name': 32,
  'group.uid': 33,
  'account.name': 34,
  'account.uid': 35,
  'long_string.value': 36,
  'file.path': 45,
  'device.uid': 47,
  'reg_key.path': 28,
  'reg_value.name': 43,
  'email.subject': 40,
  'email.message_uid': 42,
  'location.country': 14,
  'cve.uid': 18,
  'cwe.uid': 17,
  'advisory.uid': 44,
  cmd_line: 13,
  url_string: 6,
  user_agent: 16,
  pid: 15,
}
const kindsByType: Readonly<Record<string, number>> = { hostname_t: 1, ip_t: 2, mac_t: 3, email_t: 5, port_t: 11 }
const most = 64
const longest = 4_096

const typeNames = (): ReadonlyMap<number, string> | undefined =>
  ocsfSchema().objects.get('observable')?.attributes.get('type_id')?.captions
const kindOf = (holder: string, attribute: OcsfAttribute): number =>
  kinds[`${holder}.${attribute.name}`] ?? kinds[attribute.name] ?? kindsByType[attribute.type] ?? 0

/** What of an object is looked at: values of a kind, and objects. */
interface Looked {
  readonly kind: number
  readonly object: OcsfShape | undefined
}
const looked = new WeakMap<OcsfShape, ReadonlyMap<string, Looked>>()
function lookedOf(shape: OcsfShape): ReadonlyMap<string, Looked> {
  let known = looked.get(shape)
  if (!known) {
    const all = [...shape.attributes.values()].map(
      (attribute) => [attribute.name, { kind: kindOf(shape.name, attribute), object: attribute.object }] as const,
    )
    looked.set(shape, (known = new Map(all.filter(([, { kind, object }]) => kind !== 0 || object))))
  }
  return known
}

interface Walk {
  readonly found: OcsfObject[]
  readonly seen: Set<string>
}

function note({ found, seen }: Walk, kind: number, [name, value]: readonly [string, OcsfValue]): void {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const key = `${kind}:${text}`
  if (text === '' || text === 'Unknown' || text.length > longest || seen.has(key) || found.length >= most) return
  seen.add(key)
  found.push({ name, type: typeNames()?.get(kind) ?? 'Other', type_id: kind, value: text })
}

function walkInto(walk: Walk, shape: OcsfShape, [object, path]: readonly [OcsfObject, string]): void {
  const of = lookedOf(shape)
  for (const name of Object.keys(object)) {
    const look = of.get(name)
    const value = object[name]
    if (look && value !== undefined) walkValue(walk, look, [`${path}${name}`, value])
  }
}
function walkValue(walk: Walk, look: Looked, [path, value]: readonly [string, OcsfValue]): void {
  if (Array.isArray(value)) for (const one of value) walkValue(walk, look, [path, one])
  else if (!isOcsfObject(value)) {
    if (look.kind !== 0) note(walk, look.kind, [path, value])
  } else if (look.object) walkInto(walk, look.object, [value, `${path}.`])
}

/** Addresses, names, hashes and the like of a finished event, each once; `name` is the path of its first place. */
export function observablesOf(shape: OcsfClassShape, event: OcsfObject): OcsfObject[] {
  const walk: Walk = { found: [], seen: new Set() }
  for (const name of Object.keys(event)) {
    const attribute = shape.attributes.get(name) ?? shape.byProfile.get(name)?.attribute
    const value = event[name]
    if (attribute?.object && value !== undefined) walkValue(walk, { kind: 0, object: attribute.object }, [name, value])
  }
  return walk.found
}
