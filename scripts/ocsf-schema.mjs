// Holds the tables of src/standards/ocsf/ against a copy of the schema and prints every difference.
// Usage: node scripts/ocsf-schema.mjs FILE|FOLDER   (the JSON of `/export/schema` of an OCSF schema server, or a checkout of ocsf/ocsf-schema; after npm run build)
import { readFileSync, statSync } from 'node:fs'
import { readCheckout } from './_ocsf-checkout.mjs'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.log('usage: node scripts/ocsf-schema.mjs FILE|FOLDER')
  process.exit(2)
}
const theirs = statSync(file).isDirectory() ? readCheckout(file) : JSON.parse(readFileSync(file, 'utf8'))
const { ocsfSchema, ocsfVersion } = await import('../dist/standards/index.js')
const { classes, objects } = ocsfSchema()
const differences = []
const say = (text) => differences.push(text)
const listOf = (bag) => Object.entries(bag ?? {})
/** Subtypes of text that are texts here. */
const scalars = new Set([
  'integer_t', 'long_t', 'float_t', 'boolean_t', 'timestamp_t', 'port_t', 'ip_t', 'mac_t', 'hostname_t', 'email_t', 'json_t',
]) // prettier-ignore
const typeOf = ({ type, object_type: object }) => object ?? (scalars.has(type) ? type : 'string_t')

function compareAttribute(at, ours, one) {
  const [type, wanted] = [ours.objectName ?? ours.type, typeOf(one)]
  if (type !== wanted && type !== 'object') say(`${at}: type ${type}, in the schema ${wanted}`)
  if (ours.list !== (one.is_array ?? false))
    say(`${at}: ${ours.list ? 'a list' : 'no list'}, in the schema the opposite`)
  if (ours.need !== one.requirement) say(`${at}: ${ours.need}, in the schema ${one.requirement}`)
  if (!ours.captions || !one.enum) return
  for (const [id, { caption }] of listOf(one.enum))
    if (ours.captions.get(Number(id)) !== caption)
      say(`${at}: ${id} is ${ours.captions.get(Number(id)) ?? 'missing'}, in the schema ${caption}`)
}

function compareShape(name, ours, one) {
  const mine = new Set(ours.attributes.keys())
  for (const [attribute, definition] of listOf(one.attributes)) {
    const here = ours.attributes.get(attribute) ?? ours.byProfile?.get(attribute)?.attribute
    if (here) compareAttribute(`${name}.${attribute}`, here, definition)
    else if (definition['@deprecated'] == null) say(`${name}.${attribute}: missing`)
    mine.delete(attribute)
  }
  for (const attribute of mine) if (!attribute.endsWith('_dt')) say(`${name}.${attribute}: not in the schema`)
  const constraints = [
    ['at least one', one.constraints?.at_least_one, ours.anyOf[0]],
    ['exactly one', one.constraints?.just_one, ours.justOne[0]],
  ]
  for (const [words, theirsOf = [], oursOf = []] of constraints) {
    const [wanted, has] = [theirsOf.toSorted().join(' '), oursOf.toSorted().join(' ')]
    if (wanted !== has) say(`${name}: ${words} of [${has}], in the schema [${wanted}]`)
  }
}

if (theirs.version !== ocsfVersion) say(`version ${ocsfVersion}, the copy is ${theirs.version}`)
for (const one of Object.values(theirs.classes)) {
  const ours = classes.get(one.uid)
  if (ours) compareShape(ours.name, ours, one)
}
for (const [name, ours] of objects) {
  const one = theirs.objects[name]
  if (one) compareShape(name, ours, one)
  else say(`object ${name}: not in the schema`)
}
for (const line of differences) console.log(line)
const compared = Object.values(theirs.classes).filter(({ uid }) => classes.has(uid)).length
console.log(`${differences.length} differences over ${compared} of ${classes.size} classes and ${objects.size} objects`)
process.exit(differences.length > 0 ? 1 : 0)
