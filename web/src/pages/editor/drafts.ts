// Drafts of rules in this browser: each change is kept at once, so that nothing is lost on a reload. Pure given the storage.

export interface Draft {
  /** The id of the rule that is changed, or `new`. */
  readonly name: string
  readonly text: string
  /** The text of the rule's file when the draft was begun; empty for a new rule. */
  readonly was: string
  readonly at: number
}
type Keeps = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'castellan.rule.'
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The browser's storage; nothing where it is switched off. */
export function keeper(): Keeps | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

function read(name: string, body: string | null): Draft | undefined {
  try {
    const value: unknown = JSON.parse(body ?? 'null')
    if (!isRecord(value)) return undefined
    const { text, was, at } = value
    if (typeof text !== 'string' || typeof was !== 'string' || typeof at !== 'number') return undefined
    return { name, text, was, at }
  } catch {
    return undefined
  }
}

export const draftOf = (storage: Keeps | undefined, name: string): Draft | undefined =>
  storage && read(name, storage.getItem(prefix + name))

/** Keeps a draft; a text that is what it was needs none. False where the browser has no room for it. */
export function keepDraft(storage: Keeps | undefined, draft: Draft): boolean {
  if (!storage) return false
  try {
    if (draft.text === draft.was || draft.text.trim() === '') storage.removeItem(prefix + draft.name)
    else storage.setItem(prefix + draft.name, JSON.stringify({ text: draft.text, was: draft.was, at: draft.at }))
    return true
  } catch {
    return false
  }
}

export const dropDraft = (storage: Keeps | undefined, name: string): void => storage?.removeItem(prefix + name)

/** All drafts, the newest first. */
export function allDrafts(storage: Keeps | undefined): Draft[] {
  if (!storage) return []
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
  return names
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => draftOf(storage, key.slice(prefix.length)) ?? [])
    .sort((a, b) => b.at - a.at)
}

/** The title that a rule's text has; empty without one. */
export const titleIn = (text: string): string =>
  /^title:[ \t]*(.{0,300})$/m
    .exec(text)?.[1]
    ?.trim()
    .replace(/^['"]|['"]$/g, '') ?? ''

/** The id that a rule's text has. */
export const idIn = (text: string): string => /^id:[ \t]*['"]?([\w-]{1,80})/m.exec(text)?.[1] ?? ''

/** What a new rule begins with. */
export const startText = ({ id, day, author }: { id: string; day: string; author: string }): string => `title: 
id: ${id}
status: experimental
description: 
author: ${author}
date: ${day}
tags:
  - attack.execution
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\whoami.exe'
  condition: selection
falsepositives:
  - Unknown
level: medium
`

/** A UUID of version 4 from 16 random bytes. */
export function uuidFrom(bytes: Uint8Array): string {
  const hex = [...bytes.subarray(0, 16)]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A copy with an id of its own that says what it was derived from. A rule that names relations keeps them. */
export function derivedText(text: string, id: string): string {
  const old = idIn(text)
  const named = /^id:.*$/m.test(text) ? text.replace(/^id:.*$/m, `id: ${id}`) : `id: ${id}\n${text}`
  if (old === '') return named
  const relation = `  - id: ${old}\n    type: derived`
  return /^related:[ \t]*$/m.test(named)
    ? named.replace(/^related:[ \t]*$/m, `related:\n${relation}`)
    : named.replace(/^(id:.*)$/m, `$1\nrelated:\n${relation}`)
}
