// Columns of a table: what each shows, how wide it is, by what it sorts. Pure, so that it can be tested without a browser.
import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** What the column means, on hover. */
  readonly hint?: string
  /** Pixels; the least width of a column that grows. */
  readonly width: number
  /** Takes a share of the space left over. */
  readonly grow?: number
  /** Shown only in tables at least this wide, in pixels. */
  readonly from?: number
  readonly align?: 'end'
  readonly cell: (row: Row) => ReactNode
  /** What to sort by; absent means that the table cannot be sorted by this column. */
  readonly sort?: (row: Row) => string | number
  /** What the copy button of a cell copies; absent means no button. */
  readonly copy?: (row: Row) => string
}

export interface Sorting {
  readonly column: string
  readonly down: boolean
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a), String(b))

/** Rows in the order asked for; equal rows keep their order. An unknown column leaves all as it is. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const by = sorting && columns.find((column) => column.id === sorting.column)?.sort
  if (!sorting || !by) return rows
  const sign = sorting.down ? -1 : 1
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => sign * compare(a.value, b.value))
    .map(({ row }) => row)
}

/** Sizes that a person dragged win; then columns that grow share what is left, the others keep their width. */
export const gridTemplate = <Row>(columns: readonly Column<Row>[], dragged: Readonly<Record<string, number>>): string =>
  columns
    .map(({ id, width, grow }) => {
      const size = dragged[id]
      if (size !== undefined) return `${size}px`
      return grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`
    })
    .join(' ')

/** The least width at which nothing is squeezed, in pixels. */
export const leastWidth = <Row>(columns: readonly Column<Row>[], dragged: Readonly<Record<string, number>>): number =>
  columns.reduce((sum, { id, width }) => sum + (dragged[id] ?? width), 0)

/** Columns that a table of this width has room for. */
export const columnsFor = <Row>(columns: readonly Column<Row>[], width: number): readonly Column<Row>[] =>
  columns.filter((column) => width === 0 || (column.from ?? 0) <= width)

/** Where a step from a row leads: kept within the rows; from nowhere, down is the first and up the last. */
export function stepTo(at: number, step: number, count: number): number {
  if (count === 0) return -1
  if (at < 0) return step > 0 ? 0 : count - 1
  return Math.max(0, Math.min(count - 1, at + step))
}
