// Files whose columns are named in lines at the top (Zeek, W3C, CloudFront, flows of AWS and SiLK; CSV if asked): each record carries the names it needs in front of itself.
// A record is one line, and the spool and a restart know nothing of the line before. So the header goes with every record, as its first lines;
// the store's compression makes nearly nothing of the repetition, and the raw text stays enough to read the event again.
import { flowHeader } from './cloud/flow.ts'
import { silkHeader } from './silk.ts'

const zeek = /^#(separator|set_separator|empty_field|unset_field|path|fields|types|open|close)(?=[\t ])/
const w3c = /^#(Fields|Software|Version|Date|Start-Date|End-Date|Remark):/i
/** More than any real header; what is longer is no header. */
const longest = 16_384

export interface Headed {
  /** A line of the file; gives the record it makes, or nothing when it only says how the next ones are to be read. */
  push(line: string): string | undefined
  /** The header in force, to be kept with the file's position or made again by pushing the first lines of the file. */
  readonly header: string
}
export interface HeadedOptions {
  /** The header in force where reading begins. */
  readonly known?: string | undefined
  /** The first line of the file names columns. */
  readonly csv?: boolean
  /** Reading begins in the middle: the first line to come is not the first of the file. */
  readonly begun?: boolean
}

/** Which header words a record needs; the others (when a file was opened, by which program) are no part of it. */
const needed = new Set(['separator', 'set_separator', 'empty_field', 'unset_field', 'path', 'fields', 'types'])

/**
 * Puts headers in front of the lines they are for. Lines of files without a header come out as they went in. After a restart in the middle of a file, begin
 * with the header that was in force (`known`), or push the file's first lines up to the first that gives a record, and drop that record.
 */
export function headed(options: HeadedOptions = {}): Headed {
  const lines = new Map<string, string>()
  let header = options.known ?? ''
  let first = options.begun !== true && header === ''
  for (const line of header.split('\n')) {
    const word = zeek.exec(line)?.[1]
    if (word !== undefined) lines.set(word, line)
  }
  const add = (word: string, line: string): void => {
    if (word === 'separator') lines.clear() // a new header begins
    if (!needed.has(word)) return
    lines.set(word, line)
    const text = [...lines.values()].join('\n')
    header = text.length <= longest ? text : ''
  }
  /** The first line of a file, when it names columns. */
  const names = (line: string): string | undefined => {
    if (options.csv === true) return `#Columns: ${line}`
    return flowHeader(line) || silkHeader(line) ? line : undefined
  }
  const hashed = (line: string): string | undefined => {
    const ofZeek = zeek.exec(line)?.[1]
    if (ofZeek !== undefined) {
      add(ofZeek, line)
      return undefined
    }
    const ofW3c = w3c.exec(line)?.[1]?.toLowerCase()
    if (ofW3c === undefined) return line
    if (ofW3c === 'fields') {
      lines.clear()
      header = line.length <= longest ? line : ''
    }
    return undefined
  }
  return {
    get header() {
      return header
    },
    push(line) {
      const named = first ? names(line) : undefined
      first = false
      if (named !== undefined) {
        header = named
        return undefined
      }
      if (line.startsWith('#')) return hashed(line)
      return header === '' ? line : `${header}\n${line}`
    },
  }
}
