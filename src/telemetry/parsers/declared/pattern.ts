// The small language of patterns in declared parsers: text as it stands, and `%{type:name}` where a value is. One walk over the line, never back.
import { no, ok, type Result } from '#kernel'
import { setField } from '../flatten.ts'
import type { OpenFields } from '../parser.ts'
import { addressOf } from '../values.ts'

/** One kind of value: how far it reaches at most, and what it may hold. */
const types: Readonly<Record<string, RegExp>> = {
  word: /[^\s]{1,1024}/y,
  name: /[\w.@\\-]{1,256}/y,
  user: /[^\s,;:"'()[\]]{1,256}/y,
  host: /[A-Za-z0-9_.-]{1,255}/y,
  ip: /\[?[0-9a-fA-F.:]{2,45}(?:%[\w.]{1,16})?\]?/y,
  port: /\d{1,5}/y,
  int: /[+-]?\d{1,19}/y,
  number: /[+-]?\d{1,19}(?:\.\d{1,19})?/y,
  hex: /(?:0x)?[0-9A-Fa-f]{1,64}/y,
  mac: /[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}/y,
  uuid: /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/y,
  path: /(?:\/|[A-Za-z]:\\)[^\s"']{0,2048}/y,
  url: /[a-zA-Z][a-zA-Z0-9+.-]{1,16}:\/\/[^\s"']{1,8192}/y,
  quoted: /"(?:[^"\\]|\\.){0,16384}"/y,
  iso: /\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?/y,
  bsd: /[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?/y,
  clf: /\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?/y,
  epoch: /\d{9,19}(?:\.\d{1,9})?/y,
  blank: /[ \t]{1,64}/y,
}
/** Those that reach to the next text of the pattern, or to the end. */
const open = new Set(['text', 'rest'])
export const patternTypes: readonly string[] = [...Object.keys(types), ...open]

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly type: string; readonly name: string }
  | { readonly kind: 'maybe'; readonly parts: readonly Part[] }

/** What is wrong with a pattern, and where in it (from 0). */
export interface PatternTrouble {
  readonly at: number
  readonly text: string
  readonly help: string
}
export interface Pattern {
  /** The values of a line that fits; undefined when it does not. Time linear in the line. */
  match(line: string): OpenFields | undefined
  readonly names: readonly string[]
}

const value = /%\{([a-z]{1,16})(?::([\w.@-]{1,64}))?\}/y

interface Reader {
  readonly source: string
  at: number
}

/** Reads parts up to the end, or to `%]` inside an optional part. */
function readParts(reader: Reader, inside: boolean): Result<Part[], PatternTrouble> {
  const parts: Part[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text })
    text = ''
  }
  const { source } = reader
  while (reader.at < source.length) {
    const two = source.slice(reader.at, reader.at + 2)
    if (two === '%%') {
      text += '%'
      reader.at += 2
    } else if (two === '%]' && inside) {
      flush()
      reader.at += 2
      return ok(parts)
    } else if (two === '%[') {
      flush()
      const maybe = readMaybe(reader, inside)
      if (!maybe.ok) return maybe
      parts.push(maybe.value)
    } else if (two === '%{') {
      flush()
      const one = readValue(reader)
      if (!one.ok) return one
      parts.push(one.value)
    } else {
      text += source[reader.at] ?? ''
      reader.at++
    }
  }
  flush()
  return inside
    ? no({ at: source.length, text: '`%[` has no `%]`', help: 'write %] where the optional part ends' })
    : ok(parts)
}

function readMaybe(reader: Reader, inside: boolean): Result<Part, PatternTrouble> {
  const at = reader.at
  if (inside) return no({ at, text: 'an optional part stands in another', help: 'write two patterns instead' })
  reader.at += 2
  const parts = readParts(reader, true)
  return parts.ok ? ok({ kind: 'maybe', parts: parts.value }) : parts
}

function readValue(reader: Reader): Result<Part, PatternTrouble> {
  value.lastIndex = reader.at
  const found = value.exec(reader.source)
  const at = reader.at
  if (!found)
    return no({
      at,
      text: 'this is no value',
      help: 'write %{type:name}, %{type} for what is not kept, or %% for a percent sign',
    })
  const [all, type = '', name = ''] = found
  if (types[type] === undefined && !open.has(type))
    return no({ at, text: `there is no type ${type}`, help: `one of ${patternTypes.join(', ')}` })
  reader.at += all.length
  return ok({ kind: 'value', type, name })
}

/** Two open values side by side could be parted anywhere: that is no pattern. */
function tooOpen(parts: readonly Part[]): string | undefined {
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1]
    if (part.kind === 'maybe') {
      const inner = tooOpen(part.parts)
      if (inner !== undefined) return inner
    }
    if (part.kind === 'value' && part.type === 'text' && next !== undefined && next.kind !== 'text')
      return `after %{text:${part.name}} must stand plain text`
    if (part.kind === 'value' && part.type === 'rest' && next !== undefined)
      return `after %{rest:${part.name}} nothing may stand`
  }
  return undefined
}

/** Reads a pattern. Fails with what is wrong and where. */
export function patternOf(source: string): Result<Pattern, PatternTrouble> {
  const parts = readParts({ source, at: 0 }, false)
  if (!parts.ok) return parts
  const trouble = tooOpen(parts.value)
  if (trouble !== undefined)
    return no({ at: 0, text: trouble, help: 'put the text that ends the value behind it, or use rest at the end' })
  if (!parts.value.some(({ kind }) => kind === 'text'))
    return no({ at: 0, text: 'the pattern has no text of its own', help: 'write what stands between the values' })
  const match = (line: string): OpenFields | undefined => {
    const fields: OpenFields = {}
    const end = walk(parts.value, line, 0, fields)
    return end === undefined || line.slice(end).trim() !== '' ? undefined : fields
  }
  return ok({ match, names: namesOf(parts.value) })
}

const namesOf = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) =>
    part.kind === 'maybe' ? namesOf(part.parts) : part.kind === 'value' && part.name !== '' ? [part.name] : [],
  )

/** Where the parts end in the line, from `at`; undefined when they do not fit. */
function walk(parts: readonly Part[], line: string, from: number, fields: OpenFields): number | undefined {
  let at = from
  for (const [index, part] of parts.entries()) {
    const end = step(part, parts[index + 1], line, at, fields)
    if (end === undefined) return undefined
    at = end
  }
  return at
}

// oxlint-disable-next-line max-params -- the hot path of declared parsers: an object for each part would be garbage for each part
function step(part: Part, next: Part | undefined, line: string, at: number, fields: OpenFields): number | undefined {
  if (part.kind === 'text') return line.startsWith(part.text, at) ? at + part.text.length : undefined
  if (part.kind === 'maybe') {
    const own: OpenFields = {}
    const end = walk(part.parts, line, at, own)
    if (end === undefined) return at
    for (const [name, found] of Object.entries(own)) setField(fields, name, found)
    return end
  }
  const end = open.has(part.type) ? openEnd(next, line, at) : typedEnd(part.type, line, at)
  if (end === undefined) return undefined
  const text = line.slice(at, end)
  if (part.type === 'ip' && addressOf(text) === undefined) return undefined
  if (part.name !== '')
    setField(fields, part.name, part.type === 'quoted' ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text)
  return end
}

function openEnd(next: Part | undefined, line: string, at: number): number | undefined {
  if (next?.kind !== 'text') return line.length
  const found = line.indexOf(next.text, at)
  return found < 0 ? undefined : found
}

function typedEnd(type: string, line: string, at: number): number | undefined {
  const known = types[type]
  if (!known) return undefined
  known.lastIndex = at
  return known.test(line) ? known.lastIndex : undefined
}
