// What stands in a file of `parsers/`: a parser of the user's own, declared instead of written.
import { z } from 'zod'
import { ocsfClass } from '#standards'

const classNames = Object.keys(ocsfClass)
const isClassName = (word: string): boolean => Object.hasOwn(ocsfClass, word)
const ClassName = z
  .string()
  .refine(isClassName, { error: `one of ${classNames.join(', ')}` })
  .meta({ description: `OCSF class: ${classNames.join(', ')}` })

export const severityNames = ['unknown', 'informational', 'low', 'medium', 'high', 'critical', 'fatal'] as const
const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const scalar = z.union([z.string(), z.number(), z.boolean()])

export const columnNames = [
  'host', 'user', 'target_user', 'src_ip', 'src_port', 'src_host', 'dst_ip', 'dst_port', 'dst_host', 'domain', 'url',
  'process', 'parent_process', 'command_line', 'file',
] as const // prettier-ignore

const About = {
  class: ClassName.optional(),
  activity: z.string().min(1).max(100).optional().meta({ description: 'what happened, in two or three words' }),
  activity_id: z.number().int().min(0).max(99).optional().meta({ description: 'OCSF activity_id within the class' }),
  severity: z.enum(severityNames).optional(),
  outcome: z.enum(['success', 'failure']).optional(),
}

/** A parser declared in YAML. */
export const DeclaredFile = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,40}$/, { error: 'small letters, digits and dashes, beginning with a letter' })
    .meta({ description: 'name for `parser:` of a source' }),
  does: z.string().min(1).meta({ description: 'what it makes of a record, in a sentence' }),
  syslog: z
    .boolean()
    .default(false)
    .meta({ description: 'the records come in a syslog envelope; the rest speaks of the text inside' }),
  recognise: z
    .strictObject({
      program: oneOrMore.optional().meta({ description: 'programs of the syslog tag' }),
      starts: oneOrMore.optional().meta({ description: 'the text begins with one of these' }),
      contains: oneOrMore.optional().meta({ description: 'all of these stand in the first 4,096 characters' }),
      has: oneOrMore
        .optional()
        .meta({ description: 'JSON: all of these fields are there, dotted names for nested ones' }),
      equals: z.record(z.string(), scalar).optional().meta({ description: 'JSON: these fields have these values' }),
    })
    .meta({ description: 'how a record is known to be of this kind; every condition must hold' }),
  read: z
    .strictObject({
      patterns: z
        .array(z.string().min(1).max(4096))
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'the first that fits the whole text counts' }),
      pairs: z
        .strictObject({
          separator: z.string().length(1).optional().meta({ description: 'between pairs, besides blanks' }),
          assign: z.string().min(1).max(4).default('='),
          open: z.boolean().default(false).meta({ description: 'bare values run on to the next key' }),
        })
        .optional(),
      cells: z
        .strictObject({
          delimiter: z.string().min(1).max(4).default(','),
          names: z
            .array(z.string().min(1))
            .min(1)
            .meta({ description: 'names of the cells in turn; `-` for one that is not kept' }),
        })
        .optional(),
      json: z.literal(true).optional(),
    })
    .refine((read) => Object.values(read).filter((one) => one !== undefined).length === 1, {
      error: 'exactly one of patterns, pairs, cells, json',
    })
    .meta({ description: 'how fields are read' }),
  types: z
    .record(z.string(), z.enum(['text', 'number', 'truth', 'list']))
    .default({})
    .meta({ description: 'fields that are no text; a list is parted at commas' }),
  time: z
    .strictObject({
      field: oneOrMore,
      zone: z
        .string()
        .regex(/^[+-]\d\d:\d\d$/)
        .optional(),
    })
    .optional()
    .meta({ description: 'the field with the time, in any form devices write; `zone` where it says none' }),
  columns: z
    .partialRecord(z.enum(columnNames), oneOrMore)
    .default({})
    .meta({ description: 'column → field; of several the first that says something counts' }),
  event: z.strictObject(About).default({}),
  rules: z
    .array(
      z.strictObject({
        when: z
          .record(z.string(), z.union([scalar, z.array(scalar).min(1)]))
          .meta({ description: 'field → value or values; all must hold' }),
        ...About,
      }),
    )
    .default([])
    .meta({ description: 'what differs from `event`; the first whose conditions hold counts' }),
  values: z
    .record(z.string(), z.record(z.string(), scalar))
    .default({})
    .meta({ description: 'field → table of values: what the source writes → what is kept' }),
  logsource: z
    .strictObject({ product: z.string().optional(), service: z.string().optional(), category: z.string().optional() })
    .default({})
    .meta({ description: "Sigma's log source" }),
  ocsf: z.record(z.string(), oneOrMore).default({}).meta({ description: 'OCSF attribute → field' }),
  tests: z
    .array(
      z.strictObject({
        line: z.string().min(1),
        expect: z
          .record(z.string(), z.union([scalar, z.null()]))
          .optional()
          .meta({ description: 'column, `fields.name`, `class` or `time` (ISO) → value; null for absent' }),
        other: z.literal(true).optional().meta({ description: 'this line must not be recognised' }),
      }),
    )
    .min(1)
    .meta({ description: 'lines and what must come of them; `castellan parser check` tries them' }),
})
export type DeclaredFile = z.output<typeof DeclaredFile>

/** The JSON Schema of a declared parser, for editors. */
export const declaredJsonSchema = (): Record<string, unknown> => ({ ...z.toJSONSchema(DeclaredFile, { io: 'input' }) })
