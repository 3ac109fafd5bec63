// The operations as TypeScript types, for the console's client.
import { z } from 'zod'

const name = (text) => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text))
const union = (parts) => [...new Set(parts)].join(' | ')
const wrapped = (text) => (text.includes(' | ') ? `(${text})` : text)

function objectType(schema) {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const fields = Object.entries(properties).map(([key, inner]) =>
    required.includes(key) ? `${name(key)}: ${typeOf(inner)}` : `${name(key)}?: ${union([typeOf(inner), 'undefined'])}`,
  )
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  const open = typeof additionalProperties === 'object' && additionalProperties !== null
  if (!open) return additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>'
  const keys = propertyNames?.enum ? union(propertyNames.enum.map((key) => JSON.stringify(key))) : 'string'
  return `Record<${keys}, ${typeOf(additionalProperties)}>`
}

/** A JSON Schema as a TypeScript type. */
export function typeOf(schema) {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map(typeOf))
  if (schema.allOf) return schema.allOf.map((part) => wrapped(typeOf(part))).join(' & ')
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })))
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return `${wrapped(typeOf(schema.items ?? {}))}[]`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

const json = (schema, io) => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

/** The text of web/src/client/generated.ts. */
export const clientText = (operations) => {
  const types = operations.map(
    (one) =>
      `  '${one.name}': {\n    kind: '${one.kind}'\n    input: ${typeOf(json(one.input, 'input'))}\n    output: ${typeOf(json(one.output, 'output'))}\n  }`,
  )
  const rows = (valueOf) => operations.map((one) => `  '${one.name}': ${valueOf(one)},`).join('\n')
  return `// The operations of the server, as the client calls them. Printed from the operations' schemas by npm run docs; do not edit.

export interface Operations {
${types.join('\n')}
}

export const operationKinds: Readonly<Record<keyof Operations, 'read' | 'write' | 'act'>> = {
${rows((one) => `'${one.kind}'`)}
}

/** The roles that may run each operation. */
export const operationRoles: Readonly<Record<keyof Operations, readonly string[]>> = {
${rows((one) => `[${one.may.map((role) => `'${role}'`).join(', ')}]`)}
}
`
}
