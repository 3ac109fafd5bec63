// Binary XML tokens (MS-EVEN6 2.2.12) read into a small tree; template definitions are read once per chunk and shared.
import { type ChunkBytes, Damage, type Json, spend, utf16 } from './bytes.ts'
import { decodeValue } from './values.ts'

export interface ElementNode {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly AttributeNode[]
  readonly children: readonly Node[]
}
export interface AttributeNode {
  readonly name: string
  readonly parts: readonly Node[]
}
/** The values a record hands to its template: type, offset and size of each, three numbers a value. */
export type Substitutions = readonly number[]
export interface InstanceNode {
  readonly kind: 'instance'
  /** Offset of the template definition. */
  readonly template: number
  readonly values: Substitutions
}
export type Node =
  | ElementNode
  | InstanceNode
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'substitution'; readonly index: number }

export type Chunk = ChunkBytes<Node>

/** Where reading stands. */
interface Cursor {
  readonly chunk: Chunk
  at: number
  readonly end: number
  /** Elements inside template definitions carry a 16-bit dependency id; elements outside do not. */
  readonly inTemplate: boolean
}

const maxDepth = 64
const moreFlag = 0x40
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Reads a fragment: everything up to its end-of-stream token or `end`. Returns its top-level nodes. */
export function readFragment(chunk: Chunk, at: number, end: number, inTemplate: boolean): Node[] {
  if (end > chunk.bytes.length) throw new Damage('binary XML runs over the end of the chunk')
  return readNodes({ chunk, at, end, inTemplate }, 0)
}

/** The compiled template definition at an offset of the chunk; compiled at its first use. */
export function templateAt(chunk: Chunk, offset: number): readonly Node[] {
  const known = chunk.templates.get(offset)
  if (known) return known
  if (chunk.templates.has(offset)) throw new Damage('a template refers to itself')
  if (offset < 128) throw new Damage(`no template at offset ${offset}`)
  const size = chunk.view.getUint32(offset + 20, true)
  chunk.templates.set(offset, undefined)
  try {
    const nodes = readFragment(chunk, offset + 24, Math.min(offset + 24 + size, chunk.bytes.length), true)
    chunk.templates.set(offset, nodes)
    return nodes
  } catch (error) {
    chunk.templates.delete(offset)
    throw error
  }
}

/** Nodes until the element that holds them closes, or the stream ends. */
function readNodes(cursor: Cursor, depth: number): Node[] {
  if (depth > maxDepth) throw new Damage(`elements nest deeper than ${maxDepth} levels`)
  const nodes: Node[] = []
  const { chunk } = cursor
  while (cursor.at < cursor.end) {
    spend(chunk, 4)
    const token = chunk.view.getUint8(cursor.at++)
    if (token === 0x00 || token === 0x04) return nodes
    if (token === 0x0f) cursor.at += 3
    else if ((token & ~moreFlag) === 0x01) nodes.push(readElement(cursor, (token & moreFlag) !== 0, depth))
    else if (token === 0x0c) nodes.push(readInstance(cursor))
    else if (token === 0x0a) skipInstruction(cursor)
    else nodes.push(readPart(cursor, token))
  }
  return nodes
}

/** A text, reference or substitution: what may stand in an element and in an attribute's value. */
function readPart(cursor: Cursor, token: number): Node {
  const { chunk } = cursor
  switch (token & ~moreFlag) {
    case 0x05:
      return { kind: 'value', value: readValue(cursor) }
    case 0x07:
      return { kind: 'value', value: readText(cursor) }
    case 0x08:
      return { kind: 'value', value: String.fromCharCode(take(cursor, 2)).replace(/[\ud800-\udfff]/, '\ufffd') }
    case 0x09: {
      const name = readName(cursor)
      return { kind: 'value', value: entities[name] ?? `&${name};` }
    }
    case 0x0d:
    case 0x0e: {
      const index = chunk.view.getUint16(cursor.at, true)
      cursor.at += 3 // index and the type, which the record's own descriptor repeats
      return { kind: 'substitution', index }
    }
    default:
      throw new Damage(`byte 0x${token.toString(16)} at offset ${cursor.at - 1} is no binary XML token`)
  }
}

function take(cursor: Cursor, size: 2 | 4): number {
  const { view } = cursor.chunk
  const value = size === 2 ? view.getUint16(cursor.at, true) : view.getUint32(cursor.at, true)
  cursor.at += size
  return value
}

function readText(cursor: Cursor): string {
  const end = cursor.at + 2 + cursor.chunk.view.getUint16(cursor.at, true) * 2
  const text = utf16(cursor.chunk.bytes, cursor.at + 2, end)
  spend(cursor.chunk, text.length)
  cursor.at = end
  return text
}

/** A value written in place. Only text carries its length; the other types have the size of their type. */
function readValue(cursor: Cursor): Json {
  const type = cursor.chunk.view.getUint8(cursor.at++)
  if (type === 0x01) return readText(cursor)
  const size = placeSizes[type]
  if (size === undefined) throw new Damage(`a value of type 0x${type.toString(16)} cannot stand in place`)
  const value = decodeValue(cursor.chunk, type, cursor.at, size)
  cursor.at += size
  return value
}
const placeSizes: Readonly<Record<number, number>> = {
  0x00: 0, 0x03: 1, 0x04: 1, 0x05: 2, 0x06: 2, 0x07: 4, 0x08: 4, 0x09: 8, 0x0a: 8, 0x0b: 4, 0x0c: 8, 0x0d: 4,
  0x0f: 16, 0x11: 8, 0x12: 16, 0x14: 4, 0x15: 8,
} // prettier-ignore

/** A name is kept once per chunk; the first use holds it in place, later uses point there. */
function readName(cursor: Cursor): string {
  const { chunk } = cursor
  const offset = take(cursor, 4)
  const known = chunk.names.get(offset)
  const length = chunk.view.getUint16(offset + 6, true)
  if (offset === cursor.at) cursor.at += 10 + length * 2
  if (known !== undefined) return known
  if (length > 1024) throw new Damage(`the name at offset ${offset} has ${length} characters`)
  const name = utf16(chunk.bytes, offset + 8, offset + 8 + length * 2)
  chunk.names.set(offset, name)
  return name
}

function readElement(cursor: Cursor, hasAttributes: boolean, depth: number): ElementNode {
  const { chunk } = cursor
  cursor.at += cursor.inTemplate ? 6 : 4 // dependency id, size of the element: neither is needed to read on
  const name = readName(cursor)
  if (hasAttributes) cursor.at += 4
  const attributes: AttributeNode[] = []
  for (;;) {
    spend(chunk, 4)
    const token = chunk.view.getUint8(cursor.at++)
    if (token === 0x02) return { kind: 'element', name, attributes, children: readNodes(cursor, depth + 1) }
    if (token === 0x03) return { kind: 'element', name, attributes, children: [] }
    if ((token & ~moreFlag) !== 0x06) throw new Damage(`element ${name} is not closed at offset ${cursor.at - 1}`)
    attributes.push({ name: readName(cursor), parts: readAttributeParts(cursor) })
  }
}

function readAttributeParts(cursor: Cursor): Node[] {
  const parts: Node[] = []
  for (;;) {
    const token = cursor.chunk.view.getUint8(cursor.at)
    const plain = token & ~moreFlag
    if (plain === 0x06 || token === 0x02 || token === 0x03) return parts
    spend(cursor.chunk, 4)
    cursor.at++
    parts.push(readPart(cursor, token))
  }
}

/** Processing instructions carry nothing an event needs: target name, then an optional text. */
function skipInstruction(cursor: Cursor): void {
  readName(cursor)
  if (cursor.at < cursor.end && cursor.chunk.view.getUint8(cursor.at) === 0x0b) {
    cursor.at++
    readText(cursor)
  }
}

/** A template used with values: the definition stands here at its first use, elsewhere in the chunk at later ones. */
function readInstance(cursor: Cursor): InstanceNode {
  const { chunk } = cursor
  const template = chunk.view.getUint32(cursor.at + 5, true)
  cursor.at += 9
  if (template === cursor.at) cursor.at += 24 + chunk.view.getUint32(cursor.at + 20, true)
  const count = take(cursor, 4)
  let from = cursor.at + count * 4
  if (from > cursor.end) throw new Damage(`a template is given ${count} values, more than the record holds`)
  spend(chunk, count * 4)
  const values: number[] = []
  for (let at = cursor.at; at < cursor.at + count * 4; at += 4) {
    const size = chunk.view.getUint16(at, true)
    values.push(chunk.view.getUint8(at + 2), from, size)
    from += size
  }
  if (from > cursor.end) throw new Damage('the values of a template run over the end of their record')
  cursor.at = from
  return { kind: 'instance', template, values }
}
