// Events found: chosen columns, each row to open, select and follow; new ones on top while it follows.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { EventView } from '../../client/nouns.ts'
import { useKeys } from '../../frame/keys.ts'
import { countText, plural } from '../../format/number.ts'
import { durationText } from '../../format/time.ts'
import { Button, Copy, Empty, TroubleNote } from '../../parts/basics.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { useEvents } from './ask.ts'
import { eventColumns, isSearchable } from './columns.tsx'
import { DraftPanel } from './DraftPanel.tsx'
import { EventDetail } from './EventDetail.tsx'
import { EventPanel } from './EventPanel.tsx'
import { Pivot } from './Pivot.tsx'
import { SavedPanel } from './Saved.tsx'
import { SearchBar } from './SearchBar.tsx'
import { SearchTrouble } from './SearchTrouble.tsx'
import { Sidebar } from './Sidebar.tsx'
import type { HuntUrl } from './state.ts'
import { type Tailed, useTail } from './tail.ts'
import { Tools } from './Tools.tsx'

const keyOf = (event: EventView): string => event.id
const mostDrafted = 100

interface FoundProps {
  readonly hunt: HuntUrl
}

export function Found({ hunt }: FoundProps) {
  const { q, range, event: chosen, open, onTerm, tail } = hunt
  const list = useEvents(q, range, true)
  const { first, hasNextPage, isFetching, fetchNextPage, error } = list
  const tailed = useTail(q, tail)
  const items = useMemo(() => together(tailed.items, list.items), [tailed.items, list.items])
  const marks = useMarks(q)
  const [drafting, setDrafting] = useState(false)
  const columns = useMemo(
    () => eventColumns(hunt.columns, marks.ids, marks.toggle),
    [hunt.columns, marks.ids, marks.toggle],
  )
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const detail = useCallback((event: EventView) => <EventDetail event={event} onTerm={onTerm} />, [onTerm])
  const actions = useCallback(
    (column: string, text: string) =>
      isSearchable(column) ? <Pivot name={column} value={text} onTerm={onTerm} /> : null,
    [onTerm],
  )
  useKeys([{ keys: 't', does: 'follow what arrives', group: 'Page', run: () => hunt.setTail(!tail) }])
  const drafted = drafting ? [...marks.ids].slice(0, mostDrafted) : []
  const isHere = items.some((event) => event.id === chosen)
  return (
    <PageFrame
      title="Hunt"
      lead={first ? <Lead first={first} loaded={items.length} tail={tail ? tailed : undefined} /> : null}
      fixed
      actions={
        <>
          <TailButton on={tail} onChange={hunt.setTail} />
          <Tools hunt={hunt} />
        </>
      }
    >
      <SearchBar hunt={hunt} wrong={error?.message} />
      {marks.ids.size > 0 ? (
        <Selection
          marks={marks}
          drafting={drafting}
          onDraft={() => setDrafting(!drafting)}
          chosen={items.filter(({ id }) => marks.ids.has(id))}
        />
      ) : null}
      {tailed.trouble && tail ? <TroubleNote trouble={tailed.trouble} /> : null}
      <div className="events-body">
        <Sidebar
          filter={hunt.filter}
          range={range}
          columns={hunt.columns}
          onColumns={hunt.setColumns}
          onTerm={onTerm}
        />
        <div className="with-side fill">
          {error && items.length === 0 ? (
            <SearchTrouble trouble={error} again={() => void list.refetch()} />
          ) : (
            <DataTable
              name="Events"
              rows={items}
              columns={columns}
              keyOf={keyOf}
              selected={chosen}
              onOpen={(event) => open(event.id)}
              onMark={marks.toggle}
              cellActions={actions}
              more={more}
              loading={isFetching}
              detail={detail}
              empty={<NoEvents q={q} onClear={() => hunt.go({ q: '', range: '30d', since: '', until: '' })} />}
            />
          )}
          <Beside hunt={hunt} drafted={drafted} onDrafted={() => setDrafting(false)} isShown={isHere || isFetching} />
        </div>
      </div>
    </PageFrame>
  )
}

interface BesideProps {
  readonly hunt: HuntUrl
  /** Ids of events that a rule is drafted from. */
  readonly drafted: readonly string[]
  readonly onDrafted: () => void
  /** Whether the open event stands in the table already, or may yet. */
  readonly isShown: boolean
}
/** The panel beside the table: a drafted rule, the saved hunts, or an event that is not in the table. */
function Beside({ hunt, drafted, onDrafted, isShown }: BesideProps) {
  const { event = '', open, onTerm } = hunt
  if (drafted.length > 0) return <DraftPanel ids={drafted} onClose={onDrafted} />
  if (hunt.saved) return <SavedPanel hunt={hunt} />
  if (event === '' || isShown) return null
  return (
    <EventPanel
      id={event}
      onClose={() => open(event)}
      onTerm={onTerm}
      onAround={(around) => hunt.go({ ...around, event })}
    />
  )
}

/** What arrived, then what was found; nothing twice. */
function together(arrived: readonly EventView[], found: readonly EventView[]): readonly EventView[] {
  if (arrived.length === 0) return found
  const ids = new Set(arrived.map(({ id }) => id))
  return [...arrived, ...found.filter(({ id }) => !ids.has(id))]
}

/** Events that somebody selected; another search begins with none. */
function useMarks(q: string) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const clear = useCallback(() => setIds(new Set()), [])
  useEffect(clear, [q, clear])
  const toggle = useCallback(
    ({ id }: EventView) =>
      setIds((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    [],
  )
  return { ids, toggle, clear }
}

interface SelectionProps {
  readonly marks: ReturnType<typeof useMarks>
  readonly chosen: readonly EventView[]
  readonly drafting: boolean
  readonly onDraft: () => void
}
const Selection = ({ marks, chosen, drafting, onDraft }: SelectionProps) => (
  <div className="selection" role="status">
    <span className="strong number">{plural(marks.ids.size, 'event')} selected</span>
    <Button icon="rules" on={drafting} title="a rule that asks for what these events share" onClick={onDraft}>
      Build a Sigma rule
    </Button>
    <span className="row small quiet">
      raw records <Copy text={chosen.map(({ raw }) => raw).join('\n')} name="Copy the raw records" />
    </span>
    <Button look="quiet" icon="close" onClick={marks.clear}>
      Clear
    </Button>
  </div>
)

interface LeadProps {
  readonly first: { readonly took: number; readonly scanned: number }
  readonly loaded: number
  readonly tail: Tailed | undefined
}
const Lead = ({ first, loaded, tail }: LeadProps) => (
  <span className="number">
    <span title={`the time asked for holds ${countText(first.scanned)} events`}>
      {plural(loaded, 'event')} loaded, first page in {durationText(first.took)}
    </span>
    {tail ? (
      <span title="at most 100 a second are shown; the rest is found by searching">
        {' '}
        · {countText(tail.items.length)} arrived{tail.skipped > 0 ? `, ${countText(tail.skipped)} more not shown` : ''}
      </span>
    ) : null}
  </span>
)

const TailButton = ({ on, onChange }: { readonly on: boolean; readonly onChange: (on: boolean) => void }) => (
  <Button
    icon={on ? 'pause' : 'play'}
    on={on}
    title="show what arrives and fits the search, each second (t)"
    onClick={() => onChange(!on)}
  >
    {on ? 'Following' : 'Follow'}
  </Button>
)

const NoEvents = ({ q, onClear }: { readonly q: string; readonly onClear: () => void }) =>
  q === '' ? (
    <Empty
      title="No events in this time"
      icon="events"
      command="curl -H 'Authorization: Bearer cst_…' --data-binary @events.ndjson http://127.0.0.1:7600/ingest/v1/ndjson/test"
    >
      Choose a longer time, look at the sources, or send some events over HTTP with a token of scope <code>ingest</code>
      :
    </Empty>
  ) : (
    <Empty title="Nothing found" icon="search">
      <Button onClick={onClear}>Show everything of the last 30 days</Button>
    </Empty>
  )
