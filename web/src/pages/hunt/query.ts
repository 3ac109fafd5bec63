// Search texts: terms added and taken away by clicking on values, and where an error points.

import { splitQuery, withFilter } from './language.ts'

const plainValue = /^[\w.@$%+-]+$/
/** Words of the language: as a value they are quoted. */
const words = new Set(['and', 'or', 'not'])

const plainName = /^[A-Za-z_@](?:[\w.@-]*\w)?$/
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
/** A field's name as a search has it: in quotes where it has spaces, say. */
export const nameTerm = (name: string): string => (plainName.test(name) ? name : quoted(name))

/** `field:value`; quoted where the value has spaces or characters that mean something. Wildcards in a value are its own characters. */
export function termOf(field: string, value: string): string {
  const plain = plainValue.test(value) && !words.has(value.toLowerCase())
  return `${nameTerm(field)}:${plain ? value : quoted(value)}`
}

/** Whether a query has an `or` outside quotes, so that adding to it needs parentheses. */
const hasOr = (query: string): boolean => /\bor\b/i.test(query.replaceAll(/"(?:\\.|[^"\\])*"/g, '""'))

/** The query's filter narrowed by a term, or by its absence; unchanged when it says so already. Pipes stay. */
export const withTerm = (query: string, term: string, how: 'include' | 'exclude'): string =>
  withFilter(query, narrowed(splitQuery(query).filter, term, how))

function narrowed(trimmed: string, term: string, how: 'include' | 'exclude'): string {
  const addition = how === 'exclude' ? `not ${term}` : term
  if (trimmed === '') return addition
  const opposite = how === 'exclude' ? term : `not ${term}`
  if (trimmed === opposite) return addition
  if (trimmed === addition || trimmed.endsWith(` ${addition}`)) return trimmed
  return hasOr(trimmed) ? `(${trimmed}) and ${addition}` : `${trimmed} ${addition}`
}

/** The end of a long path, which tells more than its beginning: `…\\System32\\cmd.exe`. Other texts as they are. */
export function tailOfPath(text: string, room = 22): string {
  if (text.length <= room || !/^(?:[A-Za-z]:)?[\\/]/.test(text)) return text
  const end = text.slice(-room)
  const at = end.search(/[\\/]/)
  return `…${at >= 0 && at < end.length - 3 ? end.slice(at) : end}`
}

/** The character (from 0) that an error points at; undefined when it names none. */
export function placeOfError(text: string, query: string): number | undefined {
  const found = /(?:character|column|position)\s+(\d+)/i.exec(text)
  const at = found ? Number(found[1]) - 1 : undefined
  return at === undefined || at < 0 ? undefined : Math.min(at, query.length)
}

const mostPretty = 200_000
/** A record's text set out in lines when it is JSON and not too long; else as it came in. */
export function prettyText(raw: string): string {
  if (raw.length > mostPretty || !/^\s*[[{]/.test(raw)) return raw
  try {
    return JSON.stringify(JSON.parse(raw), null, 2)
  } catch {
    return raw
  }
}
