// Proposed changes to the model, and how they are written as YAML.
import type { Flow } from '#model'
import type { Proposal } from './types.ts'

type Value = string | number | boolean | readonly string[]
export type Entry = Readonly<Record<string, Value>>
type Entries = Readonly<Record<string, Entry>>

/** A change: entries to write, and entries that go. */
export interface Draft {
  readonly does: Proposal['does']
  readonly zones: Entries
  readonly assets: Entries
  readonly flows: Entries
  /** What is to be taken out by hand: YAML has no word for it. */
  readonly out: readonly { readonly what: string; readonly at: { readonly file: string; readonly line: number } }[]
  /** Lines for people. */
  readonly notes: readonly string[]
}
export const emptyDraft: Draft = { does: 'nothing', zones: {}, assets: {}, flows: {}, out: [], notes: [] }

/** Plain words stand as they are; everything else in quotes, as JSON, which is YAML too. */
const plainWord = /^[A-Za-z][A-Za-z0-9_./-]*$/
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i
const scalar = (value: string | number | boolean): string =>
  typeof value !== 'string'
    ? String(value)
    : plainWord.test(value) && !reserved.test(value)
      ? value
      : JSON.stringify(value)
const plainKey = /^[A-Za-z0-9][A-Za-z0-9._-]*(?: -> [A-Za-z0-9][A-Za-z0-9._-]*)?(?: \([\w -]{1,60}\))?$/
const keyText = (key: string): string =>
  plainKey.test(key) && /^[A-Za-z]/.test(key) && !reserved.test(key) ? key : JSON.stringify(key)

const entryText = (entry: Entry): string => {
  const pairs = Object.entries(entry).map(
    ([key, value]) => `${key}: ${typeof value === 'object' ? `[${value.map(scalar).join(', ')}]` : scalar(value)}`,
  )
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

const partText = (name: string, entries: Entries): string[] => {
  const lines = Object.entries(entries).map(([key, entry]) => `  ${keyText(key)}: ${entryText(entry)}`)
  return lines.length === 0 ? [] : [`${name}:`, ...lines]
}

const comment = (text: string): string => `# ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`

/** Changes as one file of the model. What goes is told in comments: with them followed, the text stands beside the other files. */
export function draftText(drafts: readonly Draft[]): string {
  const all = (part: 'zones' | 'assets' | 'flows'): Entries => Object.assign({}, ...drafts.map((draft) => draft[part]))
  const out = drafts.flatMap((draft) => draft.out.map(({ what, at }) => `take out of ${at.file}:${at.line}: ${what}`))
  const notes = drafts.flatMap((draft) => draft.notes)
  const lines = [
    ...[...new Set([...notes, ...out])].map(comment),
    ...partText('zones', all('zones')),
    ...partText('assets', all('assets')),
    ...partText('flows', all('flows')),
  ]
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** A declared flow as its entry is written, with what is the same when left out left out. */
export const entryOf = (flow: Omit<Flow, 'id' | 'from' | 'to' | 'at'>): Entry => ({
  protocol: flow.protocol,
  port: flow.port,
  encrypted: flow.encrypted,
  ...(flow.authentication === 'none' ? {} : { authentication: flow.authentication }),
  ...(flow.authorization === 'none' ? {} : { authorization: flow.authorization }),
  ...(flow.data.length === 0 ? {} : { data: flow.data }),
  ...(flow.back.length === 0 ? {} : { back: flow.back }),
  ...(flow.purpose === '' ? {} : { purpose: flow.purpose }),
  ...(flow.tags.length === 0 ? {} : { tags: flow.tags }),
})
