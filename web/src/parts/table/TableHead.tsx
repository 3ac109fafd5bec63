// The head of a table: titles that sort, edges that can be dragged.
import type { ReactTable } from '@tanstack/react-table'
import { Icon } from '../Icon.tsx'
import type { Column } from './columns.ts'
import type { Features } from './features.ts'

interface TableHeadProps<Row> {
  readonly table: ReactTable<Features, Record<string, never>>
  readonly columns: readonly Column<Row>[]
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const

export function TableHead<Row>({ table, columns }: TableHeadProps<Row>) {
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  return (
    <div className="table-head" role="row">
      {headers.map((header) => {
        const column = columns.find(({ id }) => id === header.column.id)
        const sorted = header.column.getIsSorted()
        const sorts = header.column.getCanSort() && column?.sort !== undefined
        return (
          <div
            key={header.id}
            className="table-title"
            role="columnheader"
            data-align={column?.align}
            aria-sort={sorted ? ariaSort[sorted] : undefined}
          >
            {sorts ? (
              <button
                type="button"
                className="table-sort"
                title={column.hint}
                onClick={header.column.getToggleSortingHandler()}
              >
                {column.title}
                {sorted ? <Icon name="down" size={12} className={sorted === 'asc' ? 'turned' : 'straight'} /> : null}
              </button>
            ) : (
              <span className="cut" title={column?.hint}>
                {column?.title}
              </span>
            )}
            <span
              className="table-edge"
              aria-hidden="true"
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
              onDoubleClick={() => header.column.resetSize()}
            />
          </div>
        )
      })}
    </div>
  )
}
