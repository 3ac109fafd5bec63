// Search texts: terms added and taken away by clicking on values, and where an error points.

const plainValue = /^[\w.@$%+-]+$/
/** Words of the language: as a value they are quoted. */
const words = new Set(['and', 'or', 'not'])

/** `field:value`; quoted where the value has spaces or characters that mean something. Wildcards in a value are its own characters. */
export function termOf(field: string, value: string): string {
  const plain = plainValue.test(value) && !words.has(value.toLowerCase())
  return `${field}:${plain ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`}`
}

/** Whether a query has an `or` outside quotes, so that adding to it needs parentheses. */
const hasOr = (query: string): boolean => /\bor\b/i.test(query.replaceAll(/"(?:\\.|[^"\\])*"/g, '""'))

/** The query narrowed by a term, or by its absence; unchanged when it says so already. */
export function withTerm(query: string, term: string, how: 'include' | 'exclude'): string {
  const trimmed = query.trim()
  const addition = how === 'exclude' ? `not ${term}` : term
  if (trimmed === '') return addition
  const opposite = how === 'exclude' ? term : `not ${term}`
  if (trimmed === opposite) return addition
  if (trimmed === addition || trimmed.endsWith(` ${addition}`)) return trimmed
  return hasOr(trimmed) ? `(${trimmed}) and ${addition}` : `${trimmed} ${addition}`
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
