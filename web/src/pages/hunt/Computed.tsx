// What pipes make of a search: a table, counts over time as a chart, single numbers, or events after all.
import { useCallback, useMemo } from 'react'
import type { EventView } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { countText, plural } from '../../format/number.ts'
import { endsOf } from '../../format/range.ts'
import { durationText } from '../../format/time.ts'
import { Empty, Skeleton } from '../../parts/basics.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { thisMinute } from './ask.ts'
import { eventColumns, isSearchable } from './columns.tsx'
import { EventDetail } from './EventDetail.tsx'
import { Pivot } from './Pivot.tsx'
import { type Hunted, ResultView } from './Result.tsx'
import { SavedPanel } from './Saved.tsx'
import { SearchBar } from './SearchBar.tsx'
import { SearchTrouble } from './SearchTrouble.tsx'
import { Sidebar } from './Sidebar.tsx'
import type { HuntUrl } from './state.ts'
import { Tools } from './Tools.tsx'

const mostRows = 10_000
const keyOf = (event: EventView): string => event.id
const none: ReadonlySet<string> = new Set()

interface ComputedProps {
  readonly hunt: HuntUrl
}

export function Computed({ hunt }: ComputedProps) {
  const { q, range, onTerm } = hunt
  const asked = { q, ...endsOf(range, thisMinute()), limit: mostRows }
  const { data, error, refetch, isFetching } = useRead('event.hunt', asked, { keep: true })
  return (
    <PageFrame title="Hunt" lead={data && !error ? <Lead result={data} /> : null} fixed actions={<Tools hunt={hunt} />}>
      <SearchBar hunt={hunt} wrong={error?.message} />
      <div className="events-body">
        <Sidebar
          filter={hunt.filter}
          range={range}
          columns={hunt.columns}
          onColumns={hunt.setColumns}
          onTerm={onTerm}
        />
        <div className="with-side fill" aria-busy={isFetching}>
          {error ? (
            <SearchTrouble trouble={error} again={() => void refetch()} />
          ) : !data ? (
            <Skeleton lines={12} />
          ) : data.kind === 'events' ? (
            <EventTable items={data.items} hunt={hunt} />
          ) : (
            <ResultView
              result={data}
              onTerm={onTerm}
              onZoom={(since, until) => hunt.zoom({ kind: 'between', since, until })}
            />
          )}
          {hunt.saved ? <SavedPanel hunt={hunt} /> : null}
        </div>
      </div>
    </PageFrame>
  )
}

const Lead = ({ result }: { readonly result: Hunted }) => {
  const count = result.kind === 'events' ? result.items.length : result.rows.length
  return (
    <span className="number" title={`the time asked for holds ${countText(result.scanned)} events`}>
      {plural(count, 'row')}
      {result.cut ? ` shown, and there are more` : ''}, in {durationText(result.took)}
    </span>
  )
}

function EventTable({ items, hunt }: { readonly items: readonly EventView[]; readonly hunt: HuntUrl }) {
  const { onTerm, open, columns: names } = hunt
  const columns = useMemo(() => eventColumns(names, none, () => undefined).slice(1), [names])
  const detail = useCallback((event: EventView) => <EventDetail event={event} onTerm={onTerm} />, [onTerm])
  return (
    <DataTable
      name="Events"
      rows={items}
      columns={columns}
      keyOf={keyOf}
      selected={hunt.event}
      onOpen={(event) => open(event.id)}
      detail={detail}
      cellActions={(column, text) =>
        isSearchable(column) ? <Pivot name={column} value={text} onTerm={onTerm} /> : null
      }
      empty={<Empty title="Nothing found" icon="search" />}
    />
  )
}
