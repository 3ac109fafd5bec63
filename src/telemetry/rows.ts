// Events as rows of the table, in RowBinary: measured a quarter of the work of JSON to write, and a third for the engine to read.
import type { BinaryRows } from '#platform'
import { columns, type ColumnName, fieldText, heldTime, maps } from './columns.ts'
import { inSlices } from './pause.io.ts'
import type { Event, FieldValue, Fields, Scalar } from './types.ts'

const plainType = (type: string): string => type.split(' codec(')[0] ?? type

/** The columns of the table in their order, with their types. */
export const rowColumns: BinaryRows['columns'] = [...Object.entries(columns), ...Object.entries(maps)].map(
  ([name, column]) => ({ name, type: plainType(typeof column === 'string' ? column : column.type) }),
)

/**
 * As the rows say them: plain texts, which the engine puts into dictionaries column by column. To read them into dictionaries one by one was
 * measured to be three quarters of an insert's work (19 µs of 26).
 */
const wireColumns: BinaryRows['columns'] = rowColumns.map(({ name, type }) => ({
  name,
  type: type.replaceAll('LowCardinality(String)', 'String'),
}))

const whole = (value: number | undefined, most: number): number =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value <= most ? value : 0

/** Three bytes a letter of UTF-16 at most. */
const widest = 3
/** Texts up to here are at most 126 bytes, so that one byte holds their length. */
const shortest = 42
const fewEnoughToLoop = 24

/** Bytes that grow. Lengths stand before their texts as LEB128, filled up to a fixed width where the length is known only afterwards. */
class RowWriter {
  private bytes: Buffer
  private at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.at)
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + more))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  text(text: string | undefined): void {
    const length = text === undefined ? 0 : text.length
    this.room(length * widest + 5)
    if (text === undefined || length === 0) this.bytes[this.at++] = 0
    else if (length <= fewEnoughToLoop && this.ascii(text)) return
    else if (length <= shortest) {
      const written = this.bytes.write(text, this.at + 1)
      this.bytes[this.at] = written
      this.at += 1 + written
    } else {
      const written = this.bytes.write(text, this.at + 5)
      this.length(written, 5)
      this.at += written
    }
  }

  /** Short texts letter by letter: a call of the encoder costs more. Nothing is written when there is a letter beyond ASCII. */
  private ascii(text: string): boolean {
    const { bytes, at } = this
    const { length } = text
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index)
      if (code > 127) return false
      bytes[at + 1 + index] = code
    }
    bytes[at] = length
    this.at += length + 1
    return true
  }

  private length(value: number, width: number): void {
    for (let index = 1; index < width; index += 1) {
      this.bytes[this.at++] = (value & 127) | 128
      value >>>= 7
    }
    this.bytes[this.at++] = value & 127
  }

  number(value: number, width: 1 | 2 | 4 | 8): void {
    this.room(8)
    const { bytes, at } = this
    if (width === 1) bytes[at] = value
    else if (width === 2) bytes.writeUInt16LE(value, at)
    else bytes.writeUInt32LE(value >>> 0, at)
    if (width === 8) bytes.writeInt32LE(Math.floor(value / 4_294_967_296), at + 4)
    this.at += width
  }

  list(texts: readonly string[]): void {
    this.room(3)
    this.length(texts.length, 3)
    for (const text of texts) this.text(text)
  }

  /** The fields that have several values, value by value. */
  lists(values: Fields): void {
    this.room(3)
    const start = this.at
    this.at += 3
    let count = 0
    for (const name in values) {
      const value = values[name]
      if (!isSeveral(value)) continue
      this.text(name)
      this.list(value.map(fieldText))
      count += 1
    }
    const end = this.at
    this.at = start
    this.length(count, 3)
    this.at = end
  }

  /** Values without a text are left out. */
  map(values: Readonly<Record<string, unknown>>, textOf: (name: string) => string): void {
    this.room(3)
    const start = this.at
    this.at += 3
    let count = 0
    for (const name in values) {
      const text = textOf(name)
      if (text === '') continue
      this.text(name)
      this.text(text)
      count += 1
    }
    const end = this.at
    this.at = start
    this.length(count, 3)
    this.at = end
  }
}

const none: Fields = {}
const isSeveral = (value: FieldValue | undefined): value is readonly Scalar[] =>
  Array.isArray(value) && value.length > 1

const bits8 = (value: number | undefined) => whole(value, 255)
const bits16 = (value: number | undefined) => whole(value, 65_535)
type Write = (out: RowWriter, event: Event) => void
type TextName = Exclude<ColumnName, 'categories' | 'product' | 'service' | NumberName>
type NumberName = 'seq' | 'time' | 'received' | 'class_uid' | 'activity_id' | 'severity_id' | 'src_port' | 'dst_port'

const writers: Readonly<Record<Exclude<ColumnName, TextName>, Write>> = {
  seq: (out, { seq }) => out.number(seq, 8),
  time: (out, { time }) => out.number(heldTime(time), 8),
  received: (out, { received }) => out.number(heldTime(received), 8),
  class_uid: (out, event) => out.number(whole(event.class_uid, 4_294_967_295), 4),
  activity_id: (out, event) => out.number(bits8(event.activity_id), 1),
  severity_id: (out, event) => out.number(bits8(event.severity_id), 1),
  src_port: (out, event) => out.number(bits16(event.src_port), 2),
  dst_port: (out, event) => out.number(bits16(event.dst_port), 2),
  product: (out, { logsource }) => out.text(logsource.product),
  service: (out, { logsource }) => out.text(logsource.service),
  categories: (out, { logsource }) => out.list(logsource.categories),
}
const isWritten = (name: string): name is keyof typeof writers => Object.hasOwn(writers, name)
const isText = (name: string): name is TextName => Object.hasOwn(columns, name) && !isWritten(name)
const inOrder: readonly Write[] = Object.keys(columns).map((name): Write => {
  if (isWritten(name)) return writers[name]
  const column = isText(name) ? name : undefined
  return (out, event) => out.text(column === undefined ? undefined : event[column])
})

function write(out: RowWriter, event: Event): void {
  for (const column of inOrder) column(out, event)
  const { fields, enriched = {} } = event
  let hasLists = false
  out.map(fields, (name) => {
    const value = fields[name] ?? null
    hasLists ||= typeof value === 'object' && value !== null
    return fieldText(value)
  })
  out.map(enriched, (name) => enriched[name] ?? '')
  out.lists(hasLists ? fields : none)
}

/** Room for a row beside its raw text: fields say it again. */
const aboutBytes = 1_024

/** Buffers done with: tens of MiB each, and garbage of that size is collected late. */
const spares: Buffer[] = []
const mostSpares = 2

/** Says that the bytes of these rows are done with and may be written over. */
export function doneWith({ bytes }: BinaryRows): void {
  if (spares.length < mostSpares) spares.push(Buffer.from(bytes.buffer))
}

/** Rows being made, one after another. `bytes` is about how long the raw texts are together. */
export class RowsOpen {
  private readonly out: RowWriter

  constructor(events: number, bytes: number) {
    this.out = new RowWriter(spares.pop() ?? Buffer.allocUnsafeSlow(Math.ceil(bytes * 2.25 + events * aboutBytes)))
  }

  add(event: Event): void {
    write(this.out, event)
  }

  rows(): BinaryRows {
    return { columns: wireColumns, bytes: this.out.written() }
  }
}

/** Rows of events, letting others have the event loop every few milliseconds. */
export async function rowsOf(events: readonly Event[]): Promise<BinaryRows> {
  const open = new RowsOpen(
    events.length,
    events.reduce((sum, { raw }) => sum + raw.length, 0),
  )
  await inSlices(events, (event) => open.add(event))
  return open.rows()
}
