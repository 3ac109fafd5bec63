// Values cut to what a model file takes: lengths, numbers, words. What is cut is said in a remark above the entry.
import type { Entry, Noun, Value } from './types.ts'

/** Most letters of a text, by key. */
const longest: Readonly<Record<string, number>> = {
  title: 200,
  kind: 60,
  owner: 100,
  protocol: 40,
  authentication: 60,
  authorization: 200,
  purpose: 300,
  subjects: 200,
  function: 100,
  environment: 60,
}
const standard = 60
/** Most items of a list, and most letters of one. */
const mostItems: Readonly<Record<string, number>> = { tags: 100, needs: 1_000, uses: 1_000 }
const standardItems = 500
const longestItem: Readonly<Record<string, number>> = { hosts: 253, addresses: 60, cidrs: 60 }
const mostRemarks = 40

/** A text in one line: no control characters, no halves of surrogate pairs. */
export const oneLine = (text: string, most = 300): string =>
  text
    .slice(0, most * 2)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\uFEFF]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()

/** A tag of the model: letters, digits, dashes and underscores, at most 60. Empty when nothing of the text can stay. */
export const tag = (name: string, value?: string): string =>
  (value === undefined ? name : `${name}-${value}`)
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60)
    .replace(/-+$/, '')

interface Around {
  readonly id: string
  readonly notes: string[]
}

/** The entry with every value as a model file takes it. What is cut away is told in a note. */
export function fitting(noun: Noun, { values, remarks }: Entry, { id, notes }: Around): Entry {
  const kept = Object.entries(values).flatMap(([key, value]): [string, Value][] => {
    const fitted = fitted1(key, value, (what) => notes.push(`${noun} ${id}: ${what}`))
    return fitted === undefined || fitted === '' || (Array.isArray(fitted) && fitted.length === 0)
      ? []
      : [[key, fitted]]
  })
  const said = remarks.map((remark) => oneLine(remark)).filter((remark) => remark !== '')
  if (said.length > mostRemarks) notes.push(`${noun} ${id}: ${said.length - mostRemarks} remarks more than are shown`)
  return { values: Object.fromEntries(kept), remarks: said.slice(0, mostRemarks) }
}

function fitted1(key: string, value: Value | undefined, say: (what: string) => void): Value | undefined {
  if (typeof value === 'string') {
    const most = longest[key] ?? standard
    const line = oneLine(value, most)
    if (oneLine(value, most + 1).length > line.length) say(`${key} is cut to ${most} letters`)
    return line
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (!isList(value)) return value
  const items = [...new Set(value.map((item) => itemOf(key, item)))].filter((item) => item !== '')
  const unread = value.filter((item) => item !== '' && itemOf(key, item) === '')
  if (unread.length > 0)
    say(
      `${key} that cannot be written: ${unread
        .map((item) => JSON.stringify(item))
        .slice(0, 5)
        .join(', ')}`,
    )
  const most = mostItems[key] ?? standardItems
  if (items.length > most) say(`of ${items.length} ${key} the first ${most} are written`)
  return items.slice(0, most)
}

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)
const itemOf = (key: string, item: Value): Value =>
  typeof item !== 'string' ? item : key === 'tags' ? tag(item) : oneLine(item, longestItem[key] ?? 100)
