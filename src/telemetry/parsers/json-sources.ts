// JSON records of services that Sigma has log sources for, told apart by the fields only they have.
import { ocsfClass, type OcsfClass } from '#standards'
import type { LogSource } from '../types.ts'
import type { OpenFields } from './parser.ts'
import { textOf } from './values.ts'

export interface JsonSource {
  readonly activity: string
  readonly class_uid: OcsfClass
  /** All of these fields must be there. */
  readonly has: readonly string[]
  readonly logsource: (fields: OpenFields) => LogSource
}

/** activity | OCSF class | product | service, `=field` when a field of the record decides | categories | fields that must be there */
const table = `
name looked up          | dnsActivity     | zeek       | dns                    | dns         | uid id.orig_h qtype_name
network connection      | networkActivity | zeek       | =_path                 |             | uid id.orig_h
decoy touched           | networkActivity | opencanary |                        | application | logtype node_id src_host
`

const isClass = (name: string): name is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, name)

const sources: readonly JsonSource[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [activity = '', className = '', product = '', service = '', category = '', has = ''] = line
      .split('|')
      .map((cell) => cell.trim())
    if (!isClass(className)) throw new Error(`json-sources.ts: no OCSF class ${className}`)
    const categories = category === '' ? [] : [category]
    const logsource = (fields: OpenFields): LogSource => {
      const name = service.startsWith('=') ? (textOf(fields[service.slice(1)])?.toLowerCase() ?? '') : service
      return name === '' ? { product, categories } : { product, service: name, categories }
    }
    return { activity, class_uid: ocsfClass[className], has: has.split(' '), logsource }
  })

/** The service a JSON record is from, where its fields say so. */
export const jsonSourceOf = (fields: OpenFields): JsonSource | undefined =>
  sources.find(({ has }) => has.every((name) => fields[name] !== undefined))
