// One row: drawn again only when its data, its place or its choice changes.
import { memo, type ReactNode } from 'react'
import type { Column } from './columns.ts'

interface TableRowProps<Row> {
  readonly id: string
  readonly row: Row
  readonly columns: readonly Column<Row>[]
  readonly index: number
  readonly top: number
  readonly active: boolean
  readonly selected: boolean
  readonly onOpen: ((index: number) => void) | undefined
  readonly children?: ReactNode
}

function Row<R>({ id, row, columns, index, top, active, selected, onOpen, children }: TableRowProps<R>) {
  return (
    <div className="table-place" role="presentation" style={{ transform: `translateY(${top}px)` }}>
      <div
        id={id}
        className="table-row"
        role="row"
        aria-rowindex={index + 1}
        aria-selected={selected}
        data-active={active || undefined}
        data-opens={onOpen ? true : undefined}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a, button')) return
          onOpen?.(index)
        }}
      >
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className="table-cell"
            data-align={column.align}
            data-column={column.id}
            data-copy={column.copy?.(row)}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
      {children ? <div className="table-detail">{children}</div> : null}
    </div>
  )
}

/** Memo keeps the type parameter only when told. */
export const TableRow = memo(Row) as typeof Row
