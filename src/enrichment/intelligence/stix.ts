// STIX 2.0 and 2.1 bundles: indicators whose pattern names single values.
import { z } from 'zod'
import { type IndicatorType, indicatorValue } from './indicator.ts'
import { confidenceOf, type FeedContext, feedTime, labelOf, type Read } from './reading.ts'

const StixIndicator = z.looseObject({
  type: z.literal('indicator'),
  id: z.string(),
  pattern: z.string().max(100_000),
  pattern_type: z.string().optional(),
  name: z.string().optional(),
  valid_until: z.string().optional(),
  modified: z.string().optional(),
  confidence: z.number().optional(),
  revoked: z.boolean().optional(),
})
const Typed = z.looseObject({ type: z.string() })

/** Object paths (STIX 2.1, section 6) whose value is an indicator by itself. */
const paths: Readonly<Record<string, IndicatorType>> = {
  'ipv4-addr:value': 'address',
  'ipv6-addr:value': 'address',
  'domain-name:value': 'domain',
  'url:value': 'url',
  'email-addr:value': 'email',
  'email-message:from_ref.value': 'email',
  'email-message:sender_ref.value': 'email',
  'network-traffic:dst_ref.value': 'address',
  'network-traffic:src_ref.value': 'address',
}
const typeOfPath = (path: string): IndicatorType | undefined =>
  paths[path] ?? (/^(?:file|artifact|x509-certificate):(?:content_ref\.)?hashes\./.test(path) ? 'hash' : undefined)

/** One comparison: path, operator, value or list (STIX 2.1, section 9.6). */
const text = String.raw`'(?:[^'\\]|\\.){0,4000}'`
const comparison = new RegExp(
  String.raw`\s{0,20}([a-z0-9-]{3,64}:[A-Za-z0-9_.'"[\]*-]{1,200}?)\s{0,20}(=|IN|ISSUBSET)\s{0,20}(${text}|\(\s{0,20}${text}(?:\s{0,20},\s{0,20}${text}){0,1000}\s{0,20}\))\s{0,20}`,
  'y',
)
const quoted = /'((?:[^'\\]|\\.)*)'/g
const joined = /\s*(?:\]\s*OR\s*\[|OR)\s*/y

export interface PatternValue {
  readonly type: IndicatorType
  readonly text: string
}

/**
 * The values that a pattern names, where seeing any one of them is enough: comparisons joined by OR, also across observations.
 * Undefined when it asks for more: AND, FOLLOWEDBY, NOT, LIKE, MATCHES, qualifiers, other objects.
 */
export function patternValues(pattern: string): PatternValue[] | undefined {
  const trimmed = pattern.trim()
  if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return undefined
  const inner = trimmed.slice(1, -1)
  const values: PatternValue[] = []
  for (let at = 0; ;) {
    comparison.lastIndex = at
    const found = comparison.exec(inner)
    const type = found?.[1] === undefined ? undefined : typeOfPath(found[1].replace(/['"]/g, ''))
    if (!found || !type) return undefined
    for (const [, value = ''] of (found[3] ?? '').matchAll(quoted))
      values.push({ type, text: value.replace(/\\(['\\])/g, '$1') })
    at = comparison.lastIndex
    if (at >= inner.length) return values
    joined.lastIndex = at
    if (!joined.test(inner)) return undefined
    at = joined.lastIndex
  }
}

function* indicatorsOf(found: z.output<typeof StixIndicator>, context: FeedContext): Generator<Read> {
  const { id, pattern, pattern_type = 'stix', revoked = false } = found
  if (revoked) return
  const values = pattern_type === 'stix' ? patternValues(pattern) : undefined
  if (!values) {
    yield { line: 0, text: `${id}: its pattern asks for more than one value, which is matched by rules, not by lists` }
    return
  }
  const { feed, lasts, fileTime } = context
  const until = feedTime(found.valid_until) ?? (feedTime(found.modified) ?? fileTime) + lasts
  const about = { feed, label: labelOf(found.name), confidence: confidenceOf(found.confidence), until }
  for (const { type, text } of values) {
    const value = indicatorValue(text, type)
    yield value ? { ...value, ...about } : { line: 0, text: `${id}: ${text.slice(0, 60)} is no ${type}` }
  }
}

/** Whether a JSON document is STIX. */
export const isStix = (document: unknown): boolean =>
  z.looseObject({ type: z.literal('bundle') }).safeParse(document).success || StixIndicator.safeParse(document).success

/** The indicators of a bundle, or of a single one. What is not an indicator is passed over. */
export function* readStix(document: unknown, context: FeedContext): Generator<Read> {
  const bundle = z.looseObject({ objects: z.array(z.unknown()) }).safeParse(document)
  for (const object of bundle.success ? bundle.data.objects : [document]) {
    const typed = Typed.safeParse(object)
    if (!typed.success || typed.data.type !== 'indicator') continue
    const found = StixIndicator.safeParse(object)
    if (found.success) yield* indicatorsOf(found.data, context)
    else yield { line: 0, text: `an indicator without ${found.error.issues[0]?.path.join('.') ?? 'what it needs'}` }
  }
}
