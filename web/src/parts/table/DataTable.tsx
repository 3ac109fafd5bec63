// A table that stays fast at 100,000 rows: only the rows in sight exist; keys j and k walk, Enter opens.
import { createColumnHelper, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useKeys } from '../../frame/keys.ts'
import { Skeleton } from '../basics.tsx'
import { columnsFor, gridTemplate, leastWidth, sortRows, stepTo, type Column } from './columns.ts'
import { CopyLayer } from './CopyLayer.tsx'
import { features, type Features } from './features.ts'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'

interface DataTableProps<Row> {
  readonly name: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  /** Key of the row whose details are shown. */
  readonly selected?: string | undefined
  /** Called when the end comes into sight. */
  readonly more?: (() => void) | undefined
  readonly loading?: boolean
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode
  /** What opens under the selected row, at `detailHeight` pixels. */
  readonly detail?: (row: Row) => ReactNode
  readonly detailHeight?: number
  /** Key x: marks the row that j and k have led to, or the open one. */
  readonly onMark?: (row: Row) => void
  /** Buttons for the cell under the pointer, besides the one that copies. */
  readonly cellActions?: ((column: string, text: string) => ReactNode) | undefined
}

const rowHeight = 32
const nearEnd = 40
const none: readonly never[] = []

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, keyOf, onOpen, selected, more, loading = false, detail, detailHeight = 360 } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = useMemo(() => columnsFor(props.columns, width), [props.columns, width])
  const table = useColumns(columns)
  const dragged = table.state.columnSizing
  const [by] = table.state.sorting
  const sorted = useMemo(() => sortRows(rows, columns, by && { column: by.id, down: by.desc }), [rows, columns, by])
  const [active, setActive] = useState(-1)
  const open = useMemo(
    () => (detail && selected !== undefined ? sorted.findIndex((row) => keyOf(row) === selected) : -1),
    [detail, selected, sorted, keyOf],
  )
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === open ? rowHeight + detailHeight : rowHeight),
    overscan: 12,
    useFlushSync: false,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, open, detailHeight])
  const shown = virtualizer.getVirtualItems()
  const end = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && sorted.length > 0 && end >= sorted.length - nearEnd) more()
  }, [more, end, sorted.length])
  const openRow = useCallback(
    (index: number) => {
      const row = sorted[index]
      setActive(index)
      if (row !== undefined) onOpen?.(row)
    },
    [sorted, onOpen],
  )
  const walk = (step: number): void => {
    const at = stepTo(
      active < 0 && selected !== undefined ? sorted.findIndex((row) => keyOf(row) === selected) : active,
      step,
      sorted.length,
    )
    setActive(at)
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
    if (selected !== undefined && !detail) openRow(at)
  }
  useTableKeys(walk, () => openRow(active), onOpen !== undefined)
  useMarkKey(() => {
    const row = sorted[active] ?? sorted.find((one) => keyOf(one) === selected)
    if (row !== undefined) props.onMark?.(row)
  }, props.onMark !== undefined)
  const id = useId()
  return (
    <div className="table-box">
      <div
        ref={scroller}
        className="table-scroll"
        role="grid"
        aria-label={props.name}
        aria-rowcount={sorted.length}
        aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
        tabIndex={0}
        style={
          { '--columns': gridTemplate(columns, dragged), '--least': `${leastWidth(columns, dragged)}px` } as Record<
            string,
            string
          >
        }
      >
        <TableHead table={table} columns={columns} />
        <div className="table-body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map((item) => {
            const row = sorted[item.index]
            if (row === undefined) return null
            return (
              <TableRow
                key={item.key}
                id={`${id}${item.index}`}
                row={row}
                columns={columns}
                index={item.index}
                top={item.start}
                active={item.index === active}
                selected={selected !== undefined && keyOf(row) === selected}
                onOpen={onOpen ? openRow : undefined}
              >
                {item.index === open ? detail?.(row) : null}
              </TableRow>
            )
          })}
        </div>
        {loading ? <Skeleton lines={sorted.length === 0 ? 12 : 2} height={16} /> : null}
        {!loading && sorted.length === 0 ? props.empty : null}
        <CopyLayer scroller={scroller} actions={props.cellActions} />
      </div>
    </div>
  )
}

function useColumns<Row>(columns: readonly Column<Row>[]) {
  const defined = useMemo(() => {
    const helper = createColumnHelper<Features, Record<string, never>>()
    return columns.map(({ id, title, width, sort, align }) =>
      helper.accessor((): unknown => '', {
        id,
        header: title,
        size: width,
        minSize: 40,
        enableSorting: sort !== undefined,
        sortDescFirst: align === 'end',
      }),
    )
  }, [columns])
  return useTable({
    features,
    columns: defined,
    data: none,
    columnResizeMode: 'onChange',
    enableMultiSort: false,
    manualSorting: true,
  })
}

/** The width of an element, kept up to date; 0 before it is known. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}

function useTableKeys(walk: (step: number) => void, open: () => void, opens: boolean): void {
  const group = 'Table'
  useKeys([
    { keys: 'j', does: 'next row', group, run: () => walk(1) },
    { keys: 'k', does: 'row before', group, run: () => walk(-1) },
    { keys: 'ArrowDown', does: 'next row', group, run: () => walk(1) },
    { keys: 'ArrowUp', does: 'row before', group, run: () => walk(-1) },
  ])
  useKeys([{ keys: 'Enter', does: 'open the row', group, run: open }], opens)
}

const useMarkKey = (mark: () => void, marks: boolean): void =>
  useKeys([{ keys: 'x', does: 'select the row', group: 'Table', run: mark }], marks)
