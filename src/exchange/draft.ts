// A draft under work: entries get their ids once, and an account says what became of each element of the source.
import { idGiver } from './ids.ts'
import { fitting } from './fitting.ts'
import { settled } from './settle.ts'
import {
  type Counted,
  countsOf,
  type Draft,
  type Entries,
  type Entry,
  type Noun,
  nouns,
  type Place,
  type Value,
  type Values,
} from './types.ts'
import { grouped } from './values.ts'

/** A new entry. `of` names the source's noun that it stands for; without it the entry is added. */
export interface Written {
  readonly of?: string | undefined
  /** Text that the id is made of. */
  readonly id: string
  readonly values: Values
  readonly remarks?: readonly string[]
}
export interface WrittenFlow {
  readonly of?: string | undefined
  readonly from: string
  readonly to: string
  /** Tells it apart from others between the same two. */
  readonly label?: string
  readonly values: Values
  readonly remarks?: readonly string[]
}

/** A draft under work. */
export interface Drafting {
  /** Elements of the source were met. Each must end in one of the calls below with the same noun. */
  see(noun: string, count?: number): void
  /** Writes an entry; its id. */
  put(noun: Exclude<Noun, 'flows'>, entry: Written): string
  /** Writes a flow between two ids. A flow from an asset to itself becomes a note; an added one that is there already is left out. */
  flow(flow: WrittenFlow): void
  /** Adds values to an entry: lists grow, others are set. */
  amend(noun: Exclude<Noun, 'flows'>, id: string, values: Values): void
  /** The values of an entry so far. */
  values(noun: Exclude<Noun, 'flows'>, id: string): Values
  /** Elements that became tags, remarks or notes of others. */
  tagged(noun: string, count?: number): void
  /** A note; with a noun, elements that became it. */
  note(text: string, noun?: string, count?: number): void
  finish(): Draft
}

/** A new draft. `origin` is shown at the top of the files. */
export function newDraft(origin: string): Drafting {
  const entries = emptyEntries()
  const giver = { zones: idGiver(), assets: idGiver(), data: idGiver(), services: idGiver(), people: idGiver() }
  const notes: string[] = []
  const book = newBook()
  const numbers = new Map<string, number>()
  return {
    see: (noun, count) => book.see(noun, count),
    put(noun, { of, id: wanted, values, remarks = [] }) {
      const id = giver[noun](wanted, noun.replace(/s$/, ''))
      entries[noun].set(id, fitting(noun, { values, remarks }, { id, notes }))
      book.count(of, noun)
      return id
    },
    flow({ of, from, to, label = '', values, remarks = [] }) {
      if (from === to) {
        if (of !== undefined)
          this.note(`${of}: ${from} speaks to itself${label === '' ? '' : ` (${label})`}; not written as a flow`, of)
        return
      }
      const entry = fitting('flows', { values, remarks }, { id: `${from} -> ${to}`, notes })
      const key = flowKey({ flows: entries.flows, numbers, from, to, label, entry, added: of === undefined })
      if (key === undefined) return
      entries.flows.set(key, entry)
      book.count(of, 'flows')
    },
    amend(noun, id, values) {
      const entry = entries[noun].get(id)
      if (entry) entries[noun].set(id, fitting(noun, { ...entry, values: grown(entry.values, values) }, { id, notes }))
    },
    values: (noun, id) => entries[noun].get(id)?.values ?? {},
    tagged: (noun, count = 1) => book.count(noun, 'tags', count),
    note(text, noun, count = 1) {
      notes.push(text)
      if (noun !== undefined) book.count(noun, 'notes', count)
    },
    finish() {
      const all = settled(entries, notes)
      const written = countsOf((noun) => all[noun].size)
      const rows = book.rows()
      return {
        ...all,
        origin,
        notes: fewNotes(notes),
        counts: {
          seen: Object.fromEntries(rows.map(({ noun, seen }) => [noun, seen])),
          written,
          added: book.added,
          rows,
        },
      }
    },
  }
}

const emptyEntries = (): Entries => ({
  zones: new Map(),
  assets: new Map(),
  flows: new Map(),
  data: new Map(),
  services: new Map(),
  people: new Map(),
})

/** The account: what was seen and what it became. */
function newBook() {
  const added = countsOf(() => 0)
  const seen = new Map<string, { seen: number; became: Partial<Record<Place, number>> }>()
  const row = (noun: string) => {
    const known = seen.get(noun) ?? { seen: 0, became: {} }
    seen.set(noun, known)
    return known
  }
  return {
    added,
    see(noun: string, count = 1): void {
      row(noun).seen += count
    },
    count(noun: string | undefined, place: Place, count = 1): void {
      if (noun !== undefined) row(noun).became[place] = (row(noun).became[place] ?? 0) + count
      else if (place !== 'tags' && place !== 'notes') added[place] += count
    },
    rows: (): Counted[] =>
      [...seen].filter(([, { seen }]) => seen > 0).map(([noun, counted]) => ({ noun, ...counted })),
  }
}

/** What does not add up in a draft's account; empty when nothing was lost. */
export function unbalanced({ counts }: Draft): string[] {
  const sum = (numbers: readonly (number | undefined)[]) =>
    numbers.reduce<number>((total, number) => total + (number ?? 0), 0)
  const elements = counts.rows
    .filter(({ seen, became }) => seen !== sum(Object.values(became)))
    .map(({ noun, seen, became }) => `${seen} ${noun} seen, ${sum(Object.values(became))} accounted for`)
  const entries = nouns
    .map((noun) => ({ noun, became: sum(counts.rows.map((row) => row.became[noun])) + counts.added[noun] }))
    .filter(({ noun, became }) => became !== counts.written[noun])
    .map(({ noun, became }) => `${counts.written[noun]} ${noun} written, ${became} accounted for`)
  return [...elements, ...entries]
}

const grown = (old: Values, more: Values): Values => ({
  ...old,
  ...Object.fromEntries(
    Object.entries(more).map(([key, value]) => {
      const before = old[key]
      return [
        key,
        Array.isArray(before) && Array.isArray(value) ? [...new Set([...listed(before), ...listed(value)])] : value,
      ]
    }),
  ),
})
const listed = (value: readonly Value[]): readonly Value[] => value

interface FlowKey {
  readonly flows: ReadonlyMap<string, Entry>
  /** Last number given to flows of the same name. */
  readonly numbers: Map<string, number>
  readonly from: string
  readonly to: string
  readonly label: string
  readonly entry: Entry
  readonly added: boolean
}

/** A key that no flow has yet: the plain one, with the label, with the port, with a number. Undefined for an added flow that is there already. */
function flowKey({ flows, numbers, from, to, label, entry, added }: FlowKey): string | undefined {
  const plain = `${from} -> ${to}`
  const port = entry.values['port'] ?? 0
  const named = label
    .replace(/[^\p{L}\p{N} ._:/-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .slice(0, 50)
    .trim()
  const protocol = `${labelText(entry.values['protocol'])} ${labelText(port)}`.trim()
  const keys = [plain, ...[named, protocol].filter((text) => text !== '').map((text) => `${plain} (${text})`)]
  const same = (key: string) => {
    const values = flows.get(key)?.values
    return values?.['port'] === entry.values['port'] && values?.['protocol'] === entry.values['protocol']
  }
  if (added && keys.some(same)) return undefined
  const free = keys.find((key) => !flows.has(key))
  if (free !== undefined) return free
  const stem = `${plain} (${named || protocol || 'flow'}`
  for (let number = (numbers.get(stem) ?? 1) + 1; ; number += 1) {
    numbers.set(stem, number)
    if (!flows.has(`${stem} ${number})`)) return `${stem} ${number})`
  }
}
const labelText = (value: Value | undefined): string =>
  typeof value === 'string' ? value.replace(/[()]/g, '') : typeof value === 'number' && value > 0 ? String(value) : ''

/** Notes in the order they were made, equal ones once with how often. */
const fewNotes = (notes: readonly string[]): string[] =>
  [...grouped(notes, (note) => note)].map(([note, same]) => (same.length > 1 ? `${note} (${same.length} times)` : note))
