// The part of YAML that models are written in, read in one pass: maps and lists in blocks and in brackets, words, numbers, quotes, comments.
// Anything else (anchors, tags, texts over several lines, several documents, every mistake) is left to the whole parser.
import { plainValue, unusual } from './scalars.ts'

/** A value, and the offset at which it begins. */
export interface PlainNode {
  readonly value: unknown
  readonly at: number
  readonly entries?: ReadonlyMap<string, PlainEntry>
  readonly items?: readonly PlainNode[]
}
export interface PlainEntry {
  readonly keyAt: number
  readonly node: PlainNode
}

/** Characters and lines that the whole parser treats in ways of its own. */
const strange = /[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]|^(?:---|\.\.\.|%)/mu
/** What no plain scalar begins with; `-`, `?` and `:` begin one when no space follows. */
const indicators = new Set(',[]{}#&*!|>\'"%@`')
const before = new Set('-?:')
const inBrackets = new Set(',[]{}')
/** Where plain scalars end. */
const endInBlock = /:(?=[ \n]|$)|(?<= )#|\n/g
const endInBrackets = /:(?=[ \n,[\]{}]|$)|(?<= )#|[\n,[\]{}]/g
const limits = { depth: 50, values: 500_000, key: 1_000 }

const bail: unique symbol = Symbol('left to the whole parser')

/** The tree of a text, or undefined when it holds anything unusual. */
export function plainYaml(text: string): PlainNode | undefined {
  if (strange.test(text)) return undefined
  try {
    return new Reader(text).whole()
  } catch (thrown) {
    if (thrown === bail) return undefined
    throw thrown
  }
}

class Reader {
  private readonly text: string
  private at = 0
  private lineStart = 0
  private values = 0

  constructor(text: string) {
    this.text = text
  }

  whole(): PlainNode {
    if (!this.nextLine() || this.column !== 0) this.leave()
    const node = this.char() === '{' ? this.brackets(-1, 0) : this.block(0, 0)
    if (this.char() === '{' || this.at < this.text.length) this.endOfLine()
    if (this.nextLine()) this.leave()
    return node
  }

  private char(): string {
    return this.text.charAt(this.at)
  }
  private get column(): number {
    return this.at - this.lineStart
  }
  private leave(): never {
    // oxlint-disable-next-line no-throw-literal
    throw bail
  }
  private isSpaceAt(at: number): boolean {
    const char = this.text.charAt(at)
    return char === ' ' || char === '\n' || char === ''
  }

  private spaces(): void {
    while (this.char() === ' ') this.at += 1
  }

  /** Behind spaces and a comment; a comment begins a line or follows a space. */
  private comment(): void {
    const from = this.at
    this.spaces()
    if (this.char() !== '#') return
    if (this.at === from && this.column > 0) this.leave()
    const end = this.text.indexOf('\n', this.at)
    this.at = end < 0 ? this.text.length : end
  }

  private endOfLine(): void {
    this.comment()
    if (this.at < this.text.length && this.char() !== '\n') this.leave()
  }

  /** To the next thing written, from the end or the start of a line; false at the end of the text. */
  private nextLine(): boolean {
    for (;;) {
      this.comment()
      if (this.at >= this.text.length) return false
      if (this.char() !== '\n') return true
      this.at += 1
      this.lineStart = this.at
    }
  }

  private count(depth: number): void {
    this.values += 1
    if (depth > limits.depth || this.values > limits.values) this.leave()
  }

  private block(indent: number, depth: number): PlainNode {
    return this.char() === '-' && this.isSpaceAt(this.at + 1) ? this.list(indent, depth) : this.map(indent, depth)
  }

  /** Entries that begin in this column, the reader standing on the first. */
  private map(indent: number, depth: number): PlainNode {
    this.count(depth)
    const start = this.at
    const entries = new Map<string, PlainEntry>()
    do {
      const keyAt = this.at
      const key = this.key(false)
      if (entries.has(key)) this.leave()
      entries.set(key, { keyAt, node: this.valueAfterColon(indent, depth + 1) })
    } while (this.onwards(indent))
    return mapNode(start, entries)
  }

  private list(indent: number, depth: number): PlainNode {
    this.count(depth)
    const start = this.at
    const items: PlainNode[] = []
    do {
      if (this.char() !== '-' || !this.isSpaceAt(this.at + 1)) {
        // A list in the column of its key ends where the next key begins.
        if (items.length > 0) break
        this.leave()
      }
      this.at += 1
      this.spaces()
      if (this.char() === '\n' || this.char() === '' || this.char() === '#') this.leave()
      items.push(this.isKey() ? this.map(this.column, depth + 1) : this.inline(indent, depth + 1))
    } while (this.onwards(indent))
    return { value: items.map(({ value }) => value), at: start, items }
  }

  /** Whether another entry begins in this column. What stands further in belongs nowhere. */
  private onwards(indent: number): boolean {
    if (!this.nextLine()) return false
    if (this.column > indent) this.leave()
    return this.column === indent
  }

  /** Whether a key stands here, up to its colon on the same line. */
  private isKey(): boolean {
    if (this.char() === '{' || this.char() === '[') return false
    const end = this.text.indexOf('\n', this.at)
    const line = this.text.slice(this.at, end < 0 ? this.text.length : end)
    return /:(?= |$)/.test(line)
  }

  /** A key and its colon. */
  private key(inFlow: boolean): string {
    const from = this.at
    const key = this.char() === '"' || this.char() === "'" ? this.quoted() : this.plainKey(inFlow)
    this.spaces()
    if (this.char() !== ':' || !this.isSpaceAt(this.at + 1) || this.at - from > limits.key) this.leave()
    this.at += 1
    return key
  }

  private plainKey(inFlow: boolean): string {
    const text = this.plain(inFlow)
    const value = plainValue(text)
    if (typeof value !== 'string' && !(typeof value === 'number' && String(value) === text)) this.leave()
    return text
  }

  private valueAfterColon(indent: number, depth: number): PlainNode {
    const end = this.at
    this.comment()
    if (this.at < this.text.length && this.char() !== '\n') return this.inline(indent, depth)
    const [at, lineStart] = [this.at, this.lineStart]
    if (this.nextLine()) {
      const isList = this.char() === '-' && this.isSpaceAt(this.at + 1)
      if (this.column > indent) return this.below(indent, depth)
      if (isList && this.column === indent) return this.list(indent, depth)
    }
    // Where nothing begins when spaces follow, only the whole parser knows.
    if (at !== end) this.leave()
    this.at = at
    this.lineStart = lineStart
    this.count(depth)
    return { value: null, at: end }
  }

  /** A value on the lines below its key, further in. */
  private below(indent: number, depth: number): PlainNode {
    if (this.char() === '{' || this.char() === '[') {
      const node = this.brackets(indent, depth)
      this.endOfLine()
      return node
    }
    return this.block(this.column, depth)
  }

  /** A value on one line, or in brackets over several. */
  private inline(indent: number, depth: number): PlainNode {
    const node = this.flowNode(indent, depth, false)
    this.endOfLine()
    return node
  }

  private flowNode(indent: number, depth: number, inFlow: boolean): PlainNode {
    const at = this.at
    const char = this.char()
    if (char === '{' || char === '[') return this.brackets(indent, depth)
    this.count(depth)
    if (char === '"' || char === "'") return { value: this.quoted(), at }
    const value = plainValue(this.plain(inFlow))
    if (value === unusual || this.char() === ':') this.leave()
    return { value, at }
  }

  private brackets(indent: number, depth: number): PlainNode {
    this.count(depth)
    const start = this.at
    const isMap = this.char() === '{'
    const close = isMap ? '}' : ']'
    const entries = new Map<string, PlainEntry>()
    const items: PlainNode[] = []
    this.at += 1
    for (;;) {
      this.inside(indent)
      if (this.char() === close) break
      if (isMap) this.entry(entries, indent, depth)
      else items.push(this.flowNode(indent, depth + 1, true))
      this.inside(indent)
      if (this.char() === ',') this.at += 1
      else if (this.char() !== close) this.leave()
    }
    this.at += 1
    return isMap ? mapNode(start, entries) : { value: items.map(({ value }) => value), at: start, items }
  }

  private entry(entries: Map<string, PlainEntry>, indent: number, depth: number): void {
    const keyAt = this.at
    const key = this.key(true)
    this.inside(indent)
    if (entries.has(key) || inBrackets.has(this.char()) !== (this.char() === '{' || this.char() === '[')) this.leave()
    entries.set(key, { keyAt, node: this.flowNode(indent, depth + 1, true) })
  }

  /** Behind spaces, line ends and comments within brackets; lines there stand further in than what holds them. */
  private inside(indent: number): void {
    const line = this.lineStart
    if (!this.nextLine()) this.leave()
    if (this.lineStart !== line && this.column <= indent) this.leave()
  }

  /** Text in quotes on one line. Escapes are left to the whole parser, but for a quote written twice. */
  private quoted(): string {
    const quote = this.char()
    const from = this.at + 1
    let end = this.text.indexOf(quote, from)
    if (quote === "'") while (end >= 0 && this.text.charAt(end + 1) === quote) end = this.text.indexOf(quote, end + 2)
    const inner = this.text.slice(from, end)
    if (end < 0 || inner.includes('\n') || (quote === '"' && inner.includes('\\'))) this.leave()
    this.at = end + 1
    return quote === "'" ? inner.replaceAll("''", "'") : inner
  }

  /** A plain scalar up to what ends it on its line: a colon before a space, a comment, in brackets also a comma or a bracket. */
  private plain(inFlow: boolean): string {
    const { text, at: from } = this
    const first = this.char()
    const isBracketAt = (at: number) => inBrackets.has(text.charAt(at))
    if (first === '' || indicators.has(first)) this.leave()
    if (before.has(first) && (this.isSpaceAt(from + 1) || isBracketAt(from + 1))) this.leave()
    const ending = inFlow ? endInBrackets : endInBlock
    ending.lastIndex = from
    const end = ending.exec(text)?.index ?? text.length
    const isColon = text.charAt(end) === ':'
    if (isColon && inFlow && isBracketAt(end + 1)) this.leave()
    let last = end
    while (text.charAt(last - 1) === ' ') last -= 1
    this.at = isColon ? end : last
    return text.slice(from, last)
  }
}

function mapNode(at: number, entries: ReadonlyMap<string, PlainEntry>): PlainNode {
  const value: Record<string, unknown> = {}
  for (const [key, { node }] of entries) {
    if (key === '__proto__')
      Object.defineProperty(value, key, { value: node.value, enumerable: true, configurable: true, writable: true })
    else value[key] = node.value
  }
  return { value, at, entries }
}
