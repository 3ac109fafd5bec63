// What can be mended by itself: for a finding of the linter the text as it should be. Pure.
import type { LintFinding } from '../../client/nouns.ts'
import { lineStart, withLine, withLineAfter } from './text.ts'

/** What a fix may need that the text does not say. */
export interface Fixing {
  readonly uuid: () => string
  /** `2026-01-31`. */
  readonly day: string
}
type Found = Pick<LintFinding, 'code' | 'text' | 'help' | 'at'>
type Mend = (
  text: string,
  found: Required<Pick<Found, 'text' | 'help'>> & { readonly line: number },
  with_: Fixing,
) => string

const onLine =
  (change: (line: string, found: { text: string; help: string }) => string | undefined): Mend =>
  (text, found) =>
    withLine(text, found.line, (line) => change(line, found))
const addAfter =
  (after: RegExp, put: (with_: Fixing) => string): Mend =>
  (text, _, with_) =>
    withLineAfter(text, after, put(with_))

const didYouMean = /did you mean ([\w.|-]{1,80})\?/
/** The word that the finding is about: the longest of its words that stands in the line. */
function wordIn(line: string, text: string): string | undefined {
  const words = text.split(/[\s,:]+/).filter((word) => word !== '' && line.includes(word))
  return words.sort((a, b) => b.length - a.length)[0]
}
/** The word of the finding replaced by the one that was meant. */
const asMeant = onLine((line, { text, help }) => {
  const meant = didYouMean.exec(help)?.[1]
  const word = wordIn(line, text)
  if (meant === undefined || word === undefined) return line
  return line.replace(word, word.startsWith('attack.') && !meant.startsWith('attack.') ? `attack.${meant}` : meant)
})
/** The part behind the first colon changed. */
const inValue =
  (change: (value: string) => string) =>
  (line: string): string => {
    const colon = line.indexOf(':')
    return `${line.slice(0, colon + 1)}${change(line.slice(colon + 1))}`
  }
const withoutEdgeStars = inValue((value) =>
  value.replace(/^(\s{0,20}['"]?)\*{1,20}/, '$1').replace(/\*{1,20}(['"]?)$/, '$1'),
)
const withoutEdgeSpaces = inValue((value) =>
  value.replace(/^(\s{0,20}['"])\s{1,200}/, '$1').replace(/\s{1,200}(['"])$/, '$1'),
)
const lower = inValue((value) => {
  const word = value.trim()
  return value.replace(word, word.toLowerCase().replaceAll(' ', '_'))
})

const mends: Readonly<Record<string, Mend>> = {
  'sigma-title-dot': onLine((line) => line.replace(/\.(['"]?)\s*$/, '$1')),
  'sigma-id': addAfter(/^title:/, ({ uuid }) => `id: ${uuid()}`),
  'sigma-id-form': (text, { line }, { uuid }) => withLine(text, line, () => `id: ${uuid()}`),
  'sigma-status-missing': addAfter(/^(?:id|title):/, () => 'status: experimental'),
  'sigma-status': onLine(() => 'status: experimental'),
  'sigma-level': (text, { line }) =>
    /^level:/m.test(text)
      ? withLine(text, line, () => 'level: medium')
      : `${text}${text.endsWith('\n') ? '' : '\n'}level: medium\n`,
  'sigma-date-missing': addAfter(/^(?:author|description|status|id|title):/, ({ day }) => `date: ${day}`),
  'sigma-date-slash': onLine((line) => line.replace(/(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3')),
  'sigma-logsource-case': onLine(lower),
  'sigma-key-unknown': asMeant,
  'sigma-tag-tactic': asMeant,
  'sigma-modifier-unknown': asMeant,
  'sigma-field-unknown': asMeant,
  'sigma-tag-replaced': onLine((line, { help, text }) => {
    const now = /\b(t\d{4}(?:\.\d{3})?)\b/i.exec(help)?.[1] ?? /by (t\d{4}(?:\.\d{3})?)/i.exec(text)?.[1]
    return now === undefined ? line : line.replace(/t\d{4}(?:\.\d{3})?/i, now.toLowerCase())
  }),
  'sigma-tag-twice': onLine(() => undefined),
  'sigma-references-twice': onLine(() => undefined),
  'sigma-all-single': onLine((line) => line.replace(/\|all(?=[|:])/, '')),
  'sigma-modifier-twice': onLine((line, { text }) => {
    const name = /modifier (\w+) stands twice/.exec(text)?.[1]
    const at = name === undefined ? -1 : line.lastIndexOf(`|${name}`)
    return at < 0 ? line : line.slice(0, at) + line.slice(at + 1 + (name?.length ?? 0))
  }),
  'sigma-contains-star': onLine(withoutEdgeStars),
  'sigma-windash-none': onLine((line) => line.replace(/\|windash(?=[|:])/, '')),
  'sigma-operator-case': onLine((line) => line.replace(/\b(AND|OR|NOT)\b/g, (word) => word.toLowerCase())),
  'sigma-value-space': onLine(withoutEdgeSpaces),
}

/** The text with the finding mended; nothing where a person has to decide. */
export function fixOf(text: string, { code, text: says, help, at }: Found, with_: Fixing): string | undefined {
  const mend = mends[code]
  if (!mend) return undefined
  const fixed = mend(text, { text: says, help, line: at.line ?? 1 }, with_)
  return fixed === text ? undefined : fixed
}

/** Whether a finding could be mended, without making anything up. */
export const isFixable = (text: string, found: Found): boolean =>
  fixOf(text, found, { uuid: () => '00000000-0000-4000-8000-000000000000', day: '2000-01-01' }) !== undefined

/** The caret as near to where it was as the new text allows: in the same line. */
export function caretAfter(before: string, after: string, caret: number): number {
  const line = before.slice(0, caret).split('\n').length
  return Math.min(after.length, lineStart(after, line) + (caret - lineStart(before, line)))
}
