// A drafted rule as YAML text.
import type { DraftItem } from './items.ts'

export interface DraftRule {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly date: string
  readonly source: readonly (readonly [string, string])[]
  readonly items: readonly DraftItem[]
  /** Words anywhere in the record, where fields give nothing. */
  readonly keywords: readonly string[]
  readonly level: string
  /** What was seen and left out, a line each. */
  readonly remarks: readonly string[]
}

/** A plain text as a value of Sigma: `*`, `?` and a backslash before them (or before another) stand behind one (Sigma 2.1, "Escape Character"). */
export const sigmaText = (text: string): string =>
  text.replaceAll(/[*?]|\\(?=[\\*?])/g, (letter) => (letter === '\\' ? '\\\\' : `\\${letter}`))

/** A text that YAML reads as the same text; small whole numbers stand bare. */
export function yamlText(text: string): string {
  if (/^(?:0|[1-9]\d{0,8})$/.test(text)) return text
  if (/^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`
  return JSON.stringify(text)
}

const sourceText = (text: string): string =>
  /^[a-z][a-z0-9_]{0,60}$/.test(text) && !['true', 'false', 'null'].includes(text) ? text : yamlText(text)
const yamlKey = (key: string): string => (/^[A-Za-z_][\w.|-]*$/.test(key) ? key : yamlText(key))
const listed = (key: string, values: readonly string[], indent: string): string[] => {
  const [only] = values
  const written = values.map((value) => yamlText(sigmaText(value)))
  return values.length === 1 && only !== undefined
    ? [`${indent}${key}: ${written[0]}`]
    : [`${indent}${key}:`, ...written.map((value) => `${indent}  - ${value}`)]
}
/** What stands behind `#`: on one line, whatever it holds. */
const comment = (text: string): string => `# ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`

/** The rule's text. */
export function draftText(rule: DraftRule): string {
  const selection = rule.items.flatMap(({ field, modifiers, values }) =>
    listed(yamlKey([field, ...modifiers].join('|')), values, '    '),
  )
  const words = rule.keywords.length === 0 ? [] : ['  keywords:', ...listed("'|all'", rule.keywords, '    ')]
  const lines = [
    ...rule.remarks.map(comment),
    `title: ${yamlText(rule.title)}`,
    `id: ${rule.id}`,
    'status: experimental',
    `description: ${yamlText(rule.description)}`,
    `date: ${rule.date}`,
    'logsource:',
    ...rule.source.map(([name, value]) => `  ${name}: ${sourceText(value)}`),
    'detection:',
    ...(selection.length === 0 ? [] : ['  selection:', ...selection]),
    ...words,
    `  condition: ${selection.length === 0 ? 'keywords' : 'selection'}`,
    'falsepositives:',
    '  - Unknown',
    `level: ${rule.level}`,
  ]
  return `${lines.join('\n')}\n`
}
