// Finding, in a zod schema, which keys are allowed at a path of a value.
import { z } from 'zod'

/** The keys a schema allows at this path of the value; empty when it cannot be said (free keys, not an object). */
export function shapeAt(schema: z.ZodType, value: unknown, path: readonly PropertyKey[]): string[] {
  let schemas = [schema as z.core.$ZodType]
  let here = value
  for (const part of path) {
    schemas = schemas.flatMap((one) => choices(one, here)).flatMap((one) => step(one, part))
    here = typeof here === 'object' && here !== null ? Reflect.get(here, part) : undefined
  }
  const shapes = schemas.flatMap((one) => choices(one, here))
  return [...new Set(shapes.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : [])))]
}

/** Takes wrappers off (optional, default, pipe …) and spreads unions; a discriminated union gives only the branch that the value names. */
function choices(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return named(schema, value).flatMap((one) => choices(one, value))
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => choices(one, value))
  if (schema instanceof z.ZodIntersection)
    return [...choices(schema.def.left, value), ...choices(schema.def.right, value)]
  if (schema instanceof z.ZodPipe) return [...choices(schema.def.in, value), ...choices(schema.def.out, value)]
  if (schema instanceof z.ZodLazy) return choices(schema.def.getter(), value)
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNonOptional
  )
    return choices(schema.def.innerType, value)
  return [schema]
}

function named(union: z.ZodDiscriminatedUnion, value: unknown): readonly z.core.$ZodType[] {
  const { discriminator, options } = union.def
  const name = typeof value === 'object' && value !== null ? Reflect.get(value, discriminator) : undefined
  const fitting = options.filter((one) =>
    choices(one, value).some((branch) => {
      const field = branch instanceof z.ZodObject ? branch.shape[discriminator] : undefined
      return field instanceof z.ZodLiteral && field.values.has(name as string)
    }),
  )
  return fitting.length > 0 ? fitting : options
}

function step(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const field: z.core.$ZodType | undefined = schema.shape[String(part)]
    return field ? [field] : []
  }
  if (schema instanceof z.ZodRecord) return [schema.def.valueType]
  if (schema instanceof z.ZodArray) return [schema.def.element]
  if (schema instanceof z.ZodTuple) return schema.def.items.slice(Number(part), Number(part) + 1)
  return []
}
