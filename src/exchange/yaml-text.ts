// A draft as YAML texts: one file a noun, an origin above, what the source said more as comments.
import { oneLine } from './fitting.ts'
import { type Draft, type Entry, type Noun, nouns, type Value } from './types.ts'

/** One file to be written, its path from the folder of the workspace. */
export interface FileText {
  readonly path: string
  readonly text: string
}

const about: Readonly<Record<Noun, string>> = {
  zones: 'Networks and areas, and how much each is trusted: 0 is anyone, 100 is the most.',
  assets: 'What there is.',
  flows: 'Who speaks to whom, and with what. What is not here is not expected.',
  data: 'What is kept, and how bad it is when it leaks, changes or is gone.',
  services: 'What people rely on, and what it stands on.',
  people: 'Who works with it.',
}

/** Most entries and letters of one file: what the model reads in one piece. */
const mostEntries = 5_000
const mostLetters = 3_000_000

/** The files of a draft below `folder` (`model/import`). Nouns without entries have none; large ones are split. */
export const yamlTexts = (draft: Draft, folder: string): FileText[] =>
  nouns.flatMap((noun) =>
    pages(noun, draft[noun]).map((lines, page) => ({
      path: `${folder}/${noun}${page === 0 ? '' : `-${page + 1}`}.yaml`,
      text: `${comments([about[noun], `Imported from ${draft.origin}. It is yours: mend it, split it, add what the source does not say.`])}${noun}:\n${lines}`,
    })),
  )

function pages(noun: Noun, entries: ReadonlyMap<string, Entry>): string[] {
  const done: string[] = []
  let page: string[] = []
  let letters = 0
  for (const [key, entry] of entries) {
    const text = entryText(noun, key, entry)
    if (page.length > 0 && (page.length >= mostEntries || letters + text.length > mostLetters)) {
      done.push(page.join(''))
      page = []
      letters = 0
    }
    page.push(text)
    letters += text.length
  }
  return page.length === 0 ? done : [...done, page.join('')]
}

function entryText(noun: Noun, key: string, { values, remarks }: Entry): string {
  const given = Object.entries(values).filter(([, value]) => says(value))
  const head = `${comments(remarks, '  ')}  ${keyText(key)}:`
  if (given.length === 0) return `${head} {}\n`
  const pairs = given.map(([name, value]) => `${keyText(name)}: ${valueText(value)}`)
  return noun === 'flows' && pairs.join(', ').length < 140
    ? `${head} { ${pairs.join(', ')} }\n`
    : `${head}\n${pairs.map((pair) => `    ${pair}\n`).join('')}`
}

/** Whether a value says anything: empty lists and texts are what holds anyway. */
const says = (value: Value | undefined): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

/** Words that YAML 1.2 (or 1.1, in other programs) reads as something else than text. */
const reserved = /^(true|false|yes|no|on|off|null|y|n)$/i
const plain = /^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$/
const address = /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/
const plainKey = /^[a-z][A-Za-z0-9._-]*( -> [a-z][A-Za-z0-9._-]*)?( \([A-Za-z0-9 ._-]+\))?$/

const keyText = (key: string): string => (plainKey.test(key) && !reserved.test(key) ? key : JSON.stringify(key))

/** A text as YAML: plain where every reader agrees, else a JSON string, which YAML 1.2 reads alike. */
const textText = (text: string): string =>
  (plain.test(text) && !reserved.test(text)) || address.test(text) ? text : JSON.stringify(text)

function valueText(value: Value | undefined): string {
  if (typeof value === 'string') return textText(value)
  if (value === undefined) return 'null'
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`
  const pairs = Object.entries(value).filter(([, one]) => says(one))
  return `{ ${pairs.map(([name, one]) => `${keyText(name)}: ${valueText(one)}`).join(', ')} }`
}
const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

const comments = (lines: readonly string[], indent = ''): string =>
  lines.map((text) => `${indent}# ${oneLine(text)}\n`).join('')
