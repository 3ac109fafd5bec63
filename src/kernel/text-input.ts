// Input that arrives as text (query strings, command-line flags) turned into what an operation's schema expects.
import { z } from 'zod'

/** The JSON Schema of one input field, as far as doors need it. */
export interface FieldSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly items?: FieldSchema
  readonly anyOf?: readonly FieldSchema[]
  readonly default?: unknown
  readonly description?: string
}

/** The fields of an operation's input, in order of the schema; `required` names those without which it cannot run. */
export interface InputFields {
  readonly fields: Readonly<Record<string, FieldSchema>>
  readonly required: readonly string[]
}

/** The fields of an object schema as JSON Schema (input side). Schemas that are not objects have none. */
export function inputFields(schema: z.ZodType): InputFields {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const properties: Record<string, unknown> = json.properties ?? {}
  return { fields: properties as Readonly<Record<string, FieldSchema>>, required: json.required ?? [] }
}

/** The types a field may have, alternatives included. */
export const typesOf = (field: FieldSchema): string[] =>
  field.anyOf ? field.anyOf.flatMap(typesOf) : field.type === undefined ? [] : [field.type]

function scalar(field: FieldSchema, text: string): unknown {
  const types = typesOf(field)
  if ((types.includes('number') || types.includes('integer')) && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  if (types.includes('boolean') && ['', 'true', 'yes', '1'].includes(text)) return true
  if (types.includes('boolean') && ['false', 'no', '0'].includes(text)) return false
  return text
}

/** Text values as the schema's types. What does not fit stays text, so that the schema's own check names it. A list may be repeated or comma-separated. */
export function inputFromText(
  schema: z.ZodType,
  given: Readonly<Record<string, string | readonly string[]>>,
): Record<string, unknown> {
  const { fields } = inputFields(schema)
  const turned = Object.entries(given).map(([name, value]) => {
    const field = fields[name] ?? {}
    const all = typeof value === 'string' ? [value] : value
    if (!typesOf(field).includes('array')) return [name, scalar(field, all.at(-1) ?? '')] as const
    const parts = all.flatMap((text) => text.split(',').filter((part) => part !== ''))
    return [name, parts.map((part) => scalar(field.items ?? {}, part))] as const
  })
  return Object.fromEntries(turned)
}

/** Zod's complaints as one readable line: `limit: too big; state: expected one of …`. */
export const inputComplaint = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')
