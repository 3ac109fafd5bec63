// A drafted file as YAML text: maps of entries, small values in one line, every text so quoted that it reads back as itself.

export type Value = string | number | boolean | readonly string[]
export type EntryValues = Readonly<Record<string, Value | undefined>>

/** Words that YAML 1.2 (or 1.1, in other programs) reads as something else than text. */
const reserved = /^(true|false|yes|no|on|off|null|y|n)$/i
const plain = /^[A-Za-z][A-Za-z0-9_./*-]*( [A-Za-z0-9_./*-]+)*$/

/** A text as a YAML scalar. Quoted ones are JSON strings, which YAML 1.2 reads alike. */
export const scalar = (text: string): string => (plain.test(text) && !reserved.test(text) ? text : JSON.stringify(text))

const valueText = (value: Value): string =>
  typeof value === 'string' ? scalar(value) : Array.isArray(value) ? `[${value.map(item).join(', ')}]` : String(value)

/** A word, or an IPv4 address or network. */
const plainItem = /^([A-Za-z][A-Za-z0-9_.-]*|\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?)$/

/** In a list between brackets everything but plain words and addresses is quoted. */
const item = (text: string): string => (plainItem.test(text) && !reserved.test(text) ? text : JSON.stringify(text))

const keyText = (key: string): string =>
  /^[a-z][a-z0-9._-]*( -> [a-z][a-z0-9._-]*)?( \([a-z0-9 ]+\))?$/.test(key) && !reserved.test(key)
    ? key
    : JSON.stringify(key)

/** One comment line for each text; line ends inside become spaces. */
export const comments = (texts: readonly string[], indent = ''): string =>
  texts.map((text) => `${indent}# ${oneLine(text)}\n`).join('')

/** A text without control characters, line ends and halves of surrogate pairs, at most 200 letters. */
export const oneLine = (text: string): string =>
  text
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFE\uFFFF]+/gu, ' ')
    .trim()

/** A whole file: comments, then one top-level key with its entries. Values that say nothing are left out; a title is one line. */
export function fileText(head: readonly string[], kind: string, entries: ReadonlyMap<string, EntryValues>): string {
  const lines = [...entries].map(([key, values]) => {
    const given = Object.entries(values).flatMap(([name, value]) => {
      const said = name === 'title' && typeof value === 'string' ? oneLine(value) : value
      return said === undefined || said === '' || (Array.isArray(said) && said.length === 0)
        ? []
        : [`${name}: ${valueText(said)}`]
    })
    if (given.length === 0) return `  ${keyText(key)}:\n`
    if (kind === 'flows') return `  ${keyText(key)}: { ${given.join(', ')} }\n`
    return `  ${keyText(key)}:\n${given.map((text) => `    ${text}\n`).join('')}`
  })
  return `${comments(head)}${kind}:\n${lines.join('')}`
}
