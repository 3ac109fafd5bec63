// Zeek's logs as JSON, with `_path` or told apart by the fields only one log has.
import { flatten } from '../flatten.ts'
import type { JsonObject, JsonParser } from '../parser.ts'
import { textOf } from '../values.ts'
import { zeekEvent, zeekOcsf } from './event.ts'
import { pathOf } from './kinds.ts'

const times = new Set(['number', 'string'])
const isZeekTime = (object: JsonObject): boolean => times.has(typeof object['ts'])
const marks = [
  'id.orig_h',
  'id',
  'uid',
  'fuid',
  'fingerprint',
  'note',
  'uids',
  'software_type',
  'peer',
  'certificate.serial',
]

export const zeekJson: JsonParser = {
  name: 'zeek',
  reads: 'json',
  does: "reads Zeek's JSON logs: connections, names, requests, certificates, files, logons as the sensor saw them",
  recognises: '`ts` with `_path`, or with `id.orig_h`, `fuid`, `note` and other fields only one log has',
  recognise: (object) =>
    isZeekTime(object) &&
    (typeof object['_path'] === 'string' ||
      object['id.orig_h'] !== undefined ||
      (marks.some((name) => object[name] !== undefined) && pathOf(flatten(object)) !== undefined)),
  parse: (object, received) => {
    const fields = flatten(object)
    return zeekEvent(textOf(fields['_path']) ?? pathOf(fields) ?? 'unknown', fields, received)
  },
  ocsf: zeekOcsf,
}
