// MISP events as JSON: attributes, alone and in objects, that are meant for detection (`to_ids`).
import { z } from 'zod'
import { indicatorValue } from './indicator.ts'
import { typeNamed } from './lines.ts'
import { type FeedContext, feedTime, labelOf, type Read, usualConfidence } from './reading.ts'

const Attribute = z.looseObject({
  type: z.string(),
  value: z.string().max(100_000),
  to_ids: z.union([z.boolean(), z.enum(['0', '1'])]).optional(),
  deleted: z.union([z.boolean(), z.enum(['0', '1'])]).optional(),
  timestamp: z.union([z.string(), z.number()]).optional(),
  last_seen: z.union([z.string(), z.null()]).optional(),
})
type Attribute = z.output<typeof Attribute>
const Attributes = z.array(z.unknown()).default([])
const MispEvent = z.looseObject({
  info: z.string().default(''),
  Attribute: Attributes,
  Object: z.array(z.looseObject({ Attribute: Attributes })).default([]),
})
type MispEvent = z.output<typeof MispEvent>
const One = z.looseObject({ Event: MispEvent })
const Answer = z.looseObject({ response: z.union([z.array(One), z.looseObject({ Attribute: Attributes })]) })

/** The events of a document: one, a list, an answer of the API. Undefined when it is not MISP's. */
function eventsOf(document: unknown): MispEvent[] | undefined {
  const one = One.safeParse(document)
  if (one.success) return [one.data.Event]
  const many = z.array(One).min(1).safeParse(document)
  if (many.success) return many.data.map(({ Event }) => Event)
  const answer = Answer.safeParse(document)
  if (!answer.success) return undefined
  const { response } = answer.data
  return Array.isArray(response)
    ? response.map(({ Event }) => Event)
    : [{ info: '', Object: [], Attribute: response.Attribute }]
}

/** Whether a JSON document is MISP's. */
export const isMisp = (document: unknown): boolean => eventsOf(document) !== undefined

const isSet = (flag: boolean | '0' | '1' | undefined): boolean => flag === true || flag === '1'
const composite = /^(?:filename\|.+|domain\|ip|ip-(?:src|dst)\|port|hostname\|port|regkey\|value|malware-sample)$/

/** `filename|sha256`, `domain|ip`, `ip-dst|port`: the parts that are indicators. */
function partsOf({ type, value }: Attribute): { readonly type: string; readonly value: string }[] {
  if (!composite.test(type)) return [{ type, value }]
  const [first = '', second = ''] = type === 'malware-sample' ? ['filename', 'md5'] : type.split('|')
  const [left = '', right = ''] = value.split('|')
  const parts = [
    { type: first, value: left },
    { type: second, value: right },
  ]
  return parts.filter((part) => !['filename', 'port', 'regkey', 'value'].includes(part.type))
}

function* indicatorsOf(attribute: Attribute, info: string, context: FeedContext): Generator<Read> {
  const { feed, lasts, fileTime } = context
  const seen = feedTime(attribute.last_seen) ?? feedTime(attribute.timestamp) ?? fileTime
  for (const part of partsOf(attribute)) {
    const type = typeNamed(part.type)
    const found = type && indicatorValue(part.value, type)
    if (found) yield { ...found, feed, label: labelOf(info), confidence: usualConfidence, until: seen + lasts }
    else yield { line: 0, text: `${part.type} ${part.value.slice(0, 60)}: nothing that is matched` }
  }
}

/** The indicators of MISP events. Attributes that are not meant for detection, or were deleted, are passed over. */
export function* readMisp(document: unknown, context: FeedContext): Generator<Read> {
  for (const { info, Attribute: own, Object: objects } of eventsOf(document) ?? [])
    for (const given of [...own, ...objects.flatMap((object) => object.Attribute)]) {
      const attribute = Attribute.safeParse(given)
      if (!attribute.success) yield { line: 0, text: 'an attribute without type and value' }
      else if (isSet(attribute.data.to_ids) && !isSet(attribute.data.deleted))
        yield* indicatorsOf(attribute.data, info, context)
    }
}
