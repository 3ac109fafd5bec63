// Pipes read plainly, row by row in memory: what tests hold the engine's answers against. A test file without tests of its own.
import { seqOf } from '../columns.ts'
import type { EventView } from '../types.ts'
import { type Checked, checkTree } from './check.ts'
import { holds, numberPasses, textPasses } from './oracle.test.ts'
import type { FieldName } from './parse.ts'
import { type Aggregate, parseHunt, type Pipe } from './pipes.ts'
import { eventTargets, ofEvents, ofResults, type ResultColumn, type ResultType } from './resolve.ts'

export type Cell = string | number | null
/** Rows in order, each an event or the cells of the columns. */
export interface Plain {
  readonly made: readonly ResultColumn[] | undefined
  readonly rows: readonly Row[]
}
interface Row {
  readonly event?: EventView
  readonly cells: readonly Cell[]
}
interface Read {
  readonly type: ResultType
  readonly of: (row: Row) => Cell
  readonly present: (row: Row) => boolean
  readonly number: (row: Row) => number | null
}

const asNumber = (cell: Cell): number | null =>
  typeof cell === 'number' ? cell : cell !== null && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null

function reader({ made }: Plain, field: FieldName): Read {
  if (made) {
    const at = made.findIndex(({ name }) => name === field.name)
    const type = made[at]?.type ?? 'text'
    const of = (row: Row): Cell => row.cells[at] ?? null
    const present = (row: Row) => (type === 'text' ? of(row) !== '' : of(row) !== null)
    return { type, of, present, number: (row) => asNumber(of(row)) }
  }
  const [target] = eventTargets(field, [])
  if (target?.kind !== 'column') {
    const map = target?.kind === 'enriched' ? 'enriched' : 'fields'
    const name = target && 'name' in target ? target.name : ''
    const of = ({ event }: Row): string => event?.[map][name] ?? ''
    return { type: 'text', of, present: (row) => of(row) !== '', number: (row) => asNumber(of(row)) }
  }
  const of = ({ event }: Row): Cell => {
    if (!event) return ''
    const value = target.name === 'seq' ? seqOf(event.id) : event[target.name]
    return typeof value === 'object' ? value.join(', ') : value
  }
  const type = target.type === 'time' || target.type === 'number' ? target.type : 'text'
  const present = (row: Row) => type === 'time' || (of(row) !== '' && of(row) !== 0)
  return { type, of, present, number: (row) => asNumber(of(row)) }
}

/** In the engine's order: texts by their bytes, null last whichever way. */
function compare(a: Cell, b: Cell, down: boolean): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
  return down ? -order : order
}
type By = readonly { readonly read: (row: Row) => Cell; readonly down: boolean }[]
const sorted = (rows: readonly Row[], by: By): Row[] =>
  [...rows].sort((a, b) => by.reduce((order, { read, down }) => order || compare(read(a), read(b), down), 0))

function grouped(rows: readonly Row[], keys: readonly Read[]): { key: Cell[]; rows: Row[] }[] {
  const groups = new Map<string, { key: Cell[]; rows: Row[] }>()
  for (const row of rows) {
    const key = keys.map(({ of }) => of(row))
    const known = groups.get(JSON.stringify(key))
    if (known) known.rows.push(row)
    else groups.set(JSON.stringify(key), { key, rows: [row] })
  }
  return [...groups.values()]
}
const at =
  (index: number) =>
  ({ cells }: Row): Cell =>
    cells[index] ?? null
const upwards = (from: number, to: number): By =>
  Array.from({ length: to - from }, (_, index) => ({ read: at(from + index), down: false }))
const columnOf = (name: string, type: ResultType): ResultColumn => ({ name, type, sql: name })
const present = <T>(value: T | null): value is T => value !== null

const byArrival = (a: Row, b: Row): number =>
  (a.event?.time ?? 0) - (b.event?.time ?? 0) || seqOf(a.event?.id ?? '') - seqOf(b.event?.id ?? '')

function ended(name: 'first' | 'last', rows: readonly Row[], read: Read | undefined): Cell {
  const inOrder = rows.filter((row) => !read || read.present(row)).sort(byArrival)
  const one = name === 'first' ? inOrder[0] : inOrder.at(-1)
  if (!read) return one?.event?.time ?? null
  return one ? read.of(one) : read.type === 'text' ? '' : 0
}

function computed({ name, level, field }: Aggregate, rows: readonly Row[], plain: Plain): Cell {
  if (name === 'first' || name === 'last') return ended(name, rows, field && reader(plain, field))
  if (!field) return rows.length
  const read = reader(plain, field)
  const there = rows.filter(read.present)
  if (name === 'count') return there.length
  const different = [...new Set(there.map(read.of))]
  if (name === 'dc') return different.length
  if (name === 'values') return different.sort((a, b) => compare(a, b, false)).join(', ')
  return ofNumbers(name, level, rows.map(read.number).filter(present))
}

function ofNumbers(name: 'sum' | 'avg' | 'min' | 'max' | 'p', level: number, found: readonly number[]): number | null {
  const numbers = [...found].sort((a, b) => a - b)
  if (numbers.length === 0) return null
  const sum = numbers.reduce((total, one) => total + one, 0)
  const results = {
    sum,
    avg: sum / numbers.length,
    min: numbers[0] ?? 0,
    max: numbers.at(-1) ?? 0,
    p: numbers[Math.floor((level / 100) * numbers.length)] ?? 0,
  }
  return results[name]
}
const typeOf = ({ name, field }: Aggregate, plain: Plain): ResultType => {
  if (name === 'values') return 'text'
  const type = field && reader(plain, field).type
  if (name === 'first' || name === 'last') return type ?? 'time'
  return (name === 'min' || name === 'max') && type === 'time' ? 'time' : 'number'
}

type Of<Kind extends Pipe['kind']> = Extract<Pipe, { kind: Kind }>
const steps: { readonly [Kind in Pipe['kind']]: (pipe: Of<Kind>, plain: Plain, now: number) => Plain } = {
  where(pipe, plain, now) {
    const { made, rows } = plain
    const tree = checkTree(pipe.tree, now, made ? ofResults(made) : ofEvents([]))
    return { made, rows: rows.filter((row) => (row.event ? holds(tree, row.event) : resultHolds(tree, row, plain))) }
  },
  stats({ made, by, byCount }, plain) {
    const keys = by.map((field) => reader(plain, field))
    const groups = by.length === 0 ? [{ key: [], rows: [...plain.rows] }] : grouped(plain.rows, keys)
    const rows = groups.map(({ key, rows: some }) => ({
      cells: [...key, ...made.map((one) => computed(one, some, plain))],
    }))
    const columns = [
      ...by.map(({ name }, index) => columnOf(name, keys[index]?.type ?? 'text')),
      ...made.map((one) => columnOf(one.title, typeOf(one, plain))),
    ]
    const order = upwards(0, by.length)
    return { made: columns, rows: sorted(rows, byCount ? [{ read: at(by.length), down: true }, ...order] : order) }
  },
  top: (pipe, plain) => ranked(pipe, plain),
  rare: (pipe, plain) => ranked(pipe, plain),
  dedupe({ by }, { made, rows }) {
    const groups = grouped(
      rows,
      by.map((field) => reader({ made, rows }, field)),
    )
    const first = new Set(groups.map((group) => group.rows[0]))
    return { made, rows: rows.filter((row) => first.has(row)) }
  },
  head: ({ most }, { made, rows }) => ({ made, rows: rows.slice(0, most) }),
  sort: ({ keys }, plain) => ({
    made: plain.made,
    rows: sorted(
      plain.rows,
      keys.map(({ field, down }) => ({ read: reader(plain, field).of, down })),
    ),
  }),
  fields({ fields }, plain) {
    const reads = fields.map((field) => reader(plain, field))
    const made = fields.map(({ name }, index) => columnOf(name, reads[index]?.type ?? 'text'))
    return { made, rows: plain.rows.map((row) => ({ cells: reads.map(({ of }) => of(row)) })) }
  },
  transaction({ by, maxspan = Infinity, maxpause = Infinity }, plain) {
    const keys = by.map((field) => reader(plain, field))
    const rows = grouped(
      plain.rows.filter((row) => keys.every((key) => key.present(row))),
      keys,
    ).flatMap((group) =>
      sequences(group.rows, maxspan, maxpause).map((some) => {
        const times = some.map(({ event }) => event?.time ?? 0)
        const [first, last] = [Math.min(...times), Math.max(...times)]
        const activities = [...new Set(some.map(({ event }) => event?.activity ?? ''))].sort()
        return { cells: [...group.key, first, last, (last - first) / 1_000, some.length, activities.join(', ')] }
      }),
    )
    const made = [
      ...by.map(({ name }, index) => columnOf(name, keys[index]?.type ?? 'text')),
      columnOf('first', 'time'),
      columnOf('last', 'time'),
      columnOf('duration', 'number'),
      columnOf('count', 'number'),
      columnOf('activities', 'text'),
    ]
    return { made, rows: sorted(rows, [{ read: at(by.length), down: true }, ...upwards(0, by.length)]) }
  },
  timechart: (_pipe, plain) => plain,
}

function sequences(rows: readonly Row[], maxspan: number, maxpause: number): Row[][] {
  const chunks: Row[][] = []
  let last = -Infinity
  for (const row of [...rows].sort(byArrival)) {
    const time = row.event?.time ?? 0
    if (chunks.length === 0 || time - last > maxpause) chunks.push([])
    chunks.at(-1)?.push(row)
    last = time
  }
  return chunks.flatMap((chunk) => {
    const began = chunk[0]?.event?.time ?? 0
    const pieces = new Map<number, Row[]>()
    for (const row of chunk) {
      const piece = Math.floor(((row.event?.time ?? 0) - began) / maxspan)
      pieces.set(piece, [...(pieces.get(piece) ?? []), row])
    }
    return [...pieces.values()]
  })
}

function ranked({ kind, most, field, by }: Of<'top' | 'rare'>, plain: Plain): Plain {
  const value = reader(plain, field)
  const keys = by.map((one) => reader(plain, one))
  const groups = grouped(plain.rows.filter(value.present), [...keys, value])
  const counted = groups.map(({ key, rows }) => ({ cells: [...key, rows.length] }))
  const within = (row: Row): string => JSON.stringify(row.cells.slice(0, by.length))
  const width = by.length
  const total = (row: Row): number =>
    counted.filter((other) => within(other) === within(row)).reduce((sum, one) => sum + Number(at(width + 1)(one)), 0)
  const rows = counted.map((row) => ({ cells: [...row.cells, (100 * Number(at(width + 1)(row))) / total(row)] }))
  const order = [...upwards(0, width), { read: at(width + 1), down: kind === 'top' }, { read: at(width), down: false }]
  const seen = new Map<string, number>()
  const left = sorted(rows, order).filter((row) => {
    const number = (seen.get(within(row)) ?? 0) + 1
    seen.set(within(row), number)
    return number <= most
  })
  const made = [
    ...by.map(({ name }, index) => columnOf(name, keys[index]?.type ?? 'text')),
    columnOf(field.name, value.type),
    columnOf('count', 'number'),
    columnOf('percent', 'number'),
  ]
  return { made, rows: left }
}

function resultHolds(node: Checked, row: Row, plain: Plain): boolean {
  if (node.kind === 'not') return !resultHolds(node.part, row, plain)
  if ('parts' in node) {
    const part = (one: Checked) => resultHolds(one, row, plain)
    return node.kind === 'and' ? node.parts.every(part) : node.parts.some(part)
  }
  const { target, test } = node
  if (target.kind !== 'result') throw new Error('only results are asked here')
  const cell = row.cells[(plain.made ?? []).findIndex(({ sql }) => sql === target.sql)] ?? null
  if (cell === null) return false
  if (typeof cell === 'number') return test.is === 'there' || numberPasses(cell, test)
  return textPasses(cell, test, false)
}

/** The rows of a whole search over events, the newest first. A timechart is left out. */
export function readPlainly(query: string, events: readonly EventView[], now: number): Plain {
  const { tree, pipes } = parseHunt(query)
  const checked = checkTree(tree, now, ofEvents([]))
  const newest = events.filter((event) => holds(checked, event)).map((event): Row => ({ event, cells: [] }))
  const begin: Plain = { made: undefined, rows: newest.sort((a, b) => -byArrival(a, b)) }
  return pipes.reduce((plain, pipe) => step(pipe, plain, now), begin)
}
function step<Kind extends Pipe['kind']>(pipe: Of<Kind>, plain: Plain, now: number): Plain {
  const run: (pipe: Of<Kind>, plain: Plain, now: number) => Plain = steps[pipe.kind]
  return run(pipe, plain, now)
}
