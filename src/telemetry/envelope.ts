// What a sender's protocol says about a record beside it: host, time, kind, labels. Kept in the spool with the record, so that its raw text stays what was sent.
import { z } from 'zod'

const Value = z.union([z.string(), z.number(), z.boolean()])

/** The envelope of one record. Absent parts were not said. */
export const Envelope = z.strictObject({
  /** Who sent or wrote it. */
  host: z.string().optional(),
  /** Milliseconds since 1970, UTC. */
  time: z.number().optional(),
  /** OCSF severity_id. */
  severity: z.number().optional(),
  /** What the sender calls its format: Splunk's sourcetype, a data set, a tag. */
  format: z.string().optional(),
  /** Everything else, under the protocol's names. */
  fields: z.record(z.string(), Value),
})
export type Envelope = z.output<typeof Envelope>
export type EnvelopeValue = z.output<typeof Value>

const mostFields = 128
const longestName = 200
const longestValue = 16_000
/** Below the 65,535 bytes that a name in the spool may have. */
const mostBytes = 48_000
/** Time between 1980 and 2100; others are no times of logs. */
const isTime = (time: number): boolean => time > 315_532_800_000 && time < 4_102_444_800_000

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text)

/** Facts of a sender while they are collected. */
export interface Facts {
  readonly host?: string | undefined
  readonly time?: number | undefined
  readonly severity?: number | undefined
  readonly format?: string | undefined
  readonly fields?: Readonly<Record<string, unknown>>
}

const plainOf = (value: unknown): EnvelopeValue | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : cut(value, longestValue)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean') return value
  return value === null || value === undefined ? undefined : cut(JSON.stringify(value) ?? '', longestValue)
}

/** Fields that fit, and `envelope_cut`: how many did not. */
function fitting(fields: Readonly<Record<string, unknown>>): Record<string, EnvelopeValue> {
  const kept: Record<string, EnvelopeValue> = {}
  let [count, bytes, left] = [0, 0, 0]
  for (const [name, given] of Object.entries(fields)) {
    const value = plainOf(given)
    if (value === undefined || name === '') continue
    const size = Buffer.byteLength(JSON.stringify([name.slice(0, longestName), value]))
    if (count >= mostFields || name.length > longestName || bytes + size > mostBytes) {
      left += 1
      continue
    }
    Object.defineProperty(kept, name, { value, enumerable: true, configurable: true, writable: true })
    count += 1
    bytes += size
  }
  if (left > 0) kept['envelope_cut'] = left
  return kept
}

const named = (text: string | undefined): text is string => text !== undefined && text !== ''

/** An envelope of bounded size: what does not fit is cut or left out, and `envelope_cut` says how many fields were. */
export function envelopeOf({ host, time, severity, format, fields = {} }: Facts): Envelope {
  return {
    ...(named(host) ? { host: cut(host, 255) } : {}),
    ...(time !== undefined && isTime(time) ? { time: Math.trunc(time) } : {}),
    ...(severity === undefined ? {} : { severity }),
    ...(named(format) ? { format: cut(format, 255) } : {}),
    fields: fitting(fields),
  }
}

/** Parser and envelope in the one name that a record in the spool has for them: the parser, and behind a line feed the envelope. */
export const slotOf = (parser: string | undefined, envelope: Envelope | undefined): string =>
  envelope === undefined ? (parser ?? '') : `${parser ?? ''}\n${JSON.stringify(envelope)}`

/** The other way. What cannot be read is no envelope. */
export function slotIn(slot: string): { parser?: string; envelope?: Envelope } {
  const end = slot.indexOf('\n')
  const parser = end < 0 ? slot : slot.slice(0, end)
  const named = parser === '' ? {} : { parser }
  if (end < 0) return named
  try {
    const read = Envelope.safeParse(JSON.parse(slot.slice(end + 1)))
    return read.success ? { ...named, envelope: read.data } : named
  } catch {
    return named
  }
}

/** Envelope's facts as an event's fields. */
export const fieldsOf = (envelope: Envelope): Readonly<Record<string, EnvelopeValue>> => ({
  ...envelope.fields,
  ...(envelope.format === undefined ? {} : { sourcetype: envelope.format }),
})
