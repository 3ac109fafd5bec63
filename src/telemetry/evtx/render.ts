// Binary XML as the JSON that evtx_dump writes and the Sigma regression data uses: attributes under "#attributes", text beside them under "#text".
import { Damage, type Json, put, spend } from './bytes.ts'
import { type Chunk, type ElementNode, type Node, type Substitutions, readFragment, templateAt } from './binxml.ts'
import { binXmlType, decodeValue } from './values.ts'

type JsonObject = { [name: string]: Json }

const maxDepth = 64

/** What an element holds, while it is being put together. */
interface Content {
  /** Child elements by name. */
  object: JsonObject | undefined
  /** Text: several pieces are joined, a single value keeps its type. */
  text: Json | undefined
  /** How often a name came, once it came twice. */
  repeats: Map<string, number> | undefined
}

/** Renders a record's binary XML between two offsets. Throws Damage. Elements repeated under one name become Name, Name_1, Name_2 … */
export function renderRecord(chunk: Chunk, at: number, end: number): JsonObject {
  const content: Content = { object: undefined, text: undefined, repeats: undefined }
  fill(content, { chunk, values: [], depth: 0, container: false }, readFragment(chunk, at, end, false))
  if (!content.object) throw new Damage('it holds no element')
  return content.object
}

interface Scope {
  readonly chunk: Chunk
  readonly values: Substitutions
  readonly depth: number
  /** Inside EventData or UserData, whose unnamed Data elements are one list. */
  readonly container: boolean
}

/** One level further in. Written out: a spread here costs as much as reading the record. */
const deeper = (scope: Scope, values: Substitutions): Scope => ({
  chunk: scope.chunk,
  values,
  depth: scope.depth + 1,
  container: scope.container,
})

function fill(content: Content, scope: Scope, nodes: readonly Node[]): void {
  const { chunk, values } = scope
  if (scope.depth > maxDepth) throw new Damage(`it nests deeper than ${maxDepth} levels`)
  for (const node of nodes) {
    spend(chunk, 8)
    if (node.kind === 'element') addElement(content, scope, node)
    else if (node.kind === 'value') addText(content, node.value)
    else if (node.kind === 'instance') fill(content, deeper(scope, node.values), templateAt(chunk, node.template))
    else {
      const type = values[node.index * 3]
      if (type === undefined || type === 0) continue // no such value, or an explicit null
      const at = values[node.index * 3 + 1] ?? 0
      const size = values[node.index * 3 + 2] ?? 0
      if (type === binXmlType) fill(content, deeper(scope, []), readFragment(chunk, at, at + size, false))
      else addText(content, decodeValue(chunk, type, at, size))
    }
  }
}

function addText(content: Content, value: Json): void {
  if (value === null || value === '') return
  if (content.text === undefined) content.text = value
  else if (Array.isArray(content.text)) append(content.text, value)
  else if (Array.isArray(value)) content.text = [content.text, ...value]
  else content.text = `${scalar(content.text)}${scalar(value)}`
}
const scalar = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

function append(list: Json[], value: Json): void {
  if (Array.isArray(value)) for (const item of value) list.push(item)
  else list.push(value)
}

function addElement(content: Content, scope: Scope, element: ElementNode): void {
  const { name } = element
  const container = name === 'EventData' || name === 'UserData'
  const inner: Scope = { chunk: scope.chunk, values: scope.values, depth: scope.depth + 1, container }
  const held: Content = { object: undefined, text: undefined, repeats: undefined }
  fill(held, inner, element.children)
  const object = (content.object ??= {})
  if (name === 'Data') {
    const label = attributeText(element, 'Name', scope)
    if (label !== '') return addData(content, object, label, held)
    if (scope.container && element.attributes.length === 0) return addUnnamed(object, held)
  }
  const attributes = attributesOf(element, scope)
  add(content, object, name, attributes ? withAttributes(attributes, held) : bare(held))
}

/** An element without attributes: nothing, its text, or its children. */
function bare(held: Content): Json {
  if (!held.object) return held.text ?? null
  if (held.text !== undefined) put(held.object, '#text', held.text)
  return held.object
}

function withAttributes(attributes: JsonObject, held: Content): Json {
  const object: JsonObject = { '#attributes': attributes }
  if (held.text !== undefined) object['#text'] = held.text
  for (const name in held.object) put(object, name, held.object[name] ?? null)
  return object
}

/** `<Data Name="LogonType">3</Data>` is `"LogonType": 3`; the same name twice makes a list. */
function addData(content: Content, object: JsonObject, label: string, held: Content): void {
  const value = held.object ? bare(held) : (held.text ?? '')
  if (!Object.hasOwn(object, label)) return put(object, label, value)
  if (typeof object[label] === 'object' && !Array.isArray(object[label])) return add(content, object, label, value)
  const before = object[label] ?? ''
  if (Array.isArray(before)) before.push(value)
  else put(object, label, [before, value])
}

/** Data without a name: `"Data": {"#text": first}`, from the second on a list. */
function addUnnamed(object: JsonObject, held: Content): void {
  const value = held.object ? bare(held) : (held.text ?? '')
  const there = object['Data']
  if (typeof there !== 'object' || there === null || Array.isArray(there)) {
    object['Data'] = { '#text': value }
    return
  }
  const before = there['#text'] ?? ''
  if (Array.isArray(before)) before.push(value)
  else there['#text'] = [before, value]
}

/** Adds under the name, or under name_1, name_2 … when it is taken. */
function add(content: Content, object: JsonObject, name: string, value: Json): void {
  if (!Object.hasOwn(object, name)) return put(object, name, value)
  const repeats = (content.repeats ??= new Map())
  let next = (repeats.get(name) ?? 0) + 1
  while (Object.hasOwn(object, `${name}_${next}`)) next++
  repeats.set(name, next)
  put(object, `${name}_${next}`, value)
}

function attributeValue(scope: Scope, parts: readonly Node[]): Json | undefined {
  const held: Content = { object: undefined, text: undefined, repeats: undefined }
  fill(held, deeper(scope, scope.values), parts)
  if (!Array.isArray(held.text)) return held.text
  return held.text.map(scalar).join(',')
}

function attributesOf(element: ElementNode, scope: Scope): JsonObject | undefined {
  let attributes: JsonObject | undefined
  for (const { name, parts } of element.attributes) {
    const value = attributeValue(scope, parts)
    if (value !== undefined) put((attributes ??= {}), name, value)
  }
  return attributes
}

function attributeText(element: ElementNode, name: string, scope: Scope): string {
  const found = element.attributes.find((attribute) => attribute.name === name)
  const value = found && attributeValue(scope, found.parts)
  return value === undefined ? '' : scalar(value)
}
