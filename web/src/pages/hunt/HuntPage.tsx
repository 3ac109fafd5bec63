// Search over everything that was logged: text, time, histogram, fields, and each record raw and parsed.
import './events.css'
import { useCallback, useMemo, useState } from 'react'
import { call } from '../../client/client.ts'
import { usePages, useRead } from '../../client/queries.ts'
import type { EventView } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { endsOf, paramsOfRange, rangeOf, type Range } from '../../format/range.ts'
import { durationText } from '../../format/time.ts'
import { Button, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Histogram } from '../../parts/chart/Histogram.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { eventColumns } from './columns.tsx'
import { EventDetail, type OnTerm } from './EventDetail.tsx'
import { EventPanel } from './EventPanel.tsx'
import { Facets } from './Facets.tsx'
import { placeOfError, withTerm } from './query.ts'
import { QueryField } from './QueryField.tsx'

const standardRange = '24h'
const pageSize = 200
const tailMilliseconds = 2000
const keyOf = (event: EventView): string => event.id

export function Page() {
  const { params, set } = useUrl()
  const q = params['q'] ?? ''
  const range = useMemo(() => rangeOf(params, standardRange), [params])
  const [tail, setTail] = useState(false)
  const list = useEvents(q, range, tail)
  const { items, first, hasNextPage, isFetching, fetchNextPage, error } = list
  const chosen = params['event']
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const open = useCallback((event: EventView) => set({ event: event.id === chosen ? '' : event.id }), [set, chosen])
  const onTerm: OnTerm = useCallback((term, how) => set({ q: withTerm(q, term, how), event: '' }, 'step'), [set, q])
  const detail = useCallback((event: EventView) => <EventDetail event={event} onTerm={onTerm} />, [onTerm])
  const isHere = items.some((event) => event.id === chosen)
  const place = error ? placeOfError(error.message, q) : undefined
  return (
    <PageFrame
      title="Events"
      lead={first ? <Lead first={first} loaded={items.length} /> : null}
      fixed
      actions={<TailButton on={tail} onChange={setTail} />}
    >
      <div className="filters" role="search">
        <QueryField
          query={q}
          wrong={error?.message}
          place={place}
          onSearch={(text) => set({ q: text, event: '' }, 'step')}
        />
        <RangePicker range={range} onChange={(next) => set(paramsOfRange(next, standardRange), 'step')} />
      </div>
      <Volume
        q={q}
        range={range}
        onZoom={(since, until) => set(paramsOfRange({ kind: 'between', since, until }, standardRange), 'step')}
      />
      <div className="events-body">
        <Facets q={q} range={range} onTerm={onTerm} />
        <div className="with-side fill">
          {error && items.length === 0 ? (
            <TroubleNote trouble={error} again={() => void list.refetch()} />
          ) : (
            <DataTable
              name="Events"
              rows={items}
              columns={eventColumns}
              keyOf={keyOf}
              selected={chosen}
              onOpen={open}
              more={tail ? undefined : more}
              loading={isFetching && !tail}
              detail={detail}
              empty={<NoEvents q={q} onClear={() => set({ q: '', range: '30d', since: '', until: '' }, 'step')} />}
            />
          )}
          {chosen !== undefined && !isHere && !isFetching ? (
            <EventPanel
              id={chosen}
              onClose={() => set({ event: '' })}
              onTerm={onTerm}
              onAround={(around) => set({ ...around, event: chosen }, 'step')}
            />
          ) : null}
        </div>
      </div>
    </PageFrame>
  )
}

const useEvents = (q: string, range: Range, tail: boolean) =>
  usePages({
    key: ['event.search', 'pages', q, range, tail],
    load: (cursor, signal) =>
      call(
        'event.search',
        { q, ...endsOf(range, Date.now()), limit: pageSize, ...(cursor === undefined ? {} : { before: cursor }) },
        signal,
      ),
    every: tail ? tailMilliseconds : undefined,
  })

const Lead = ({ first, loaded }: { readonly first: { took: number; scanned: number }; readonly loaded: number }) => (
  <span className="number" title={`${countText(first.scanned)} rows looked at`}>
    {plural(loaded, 'event')} loaded, first page in {durationText(first.took)}
  </span>
)

const TailButton = ({ on, onChange }: { readonly on: boolean; readonly onChange: (on: boolean) => void }) => (
  <Button
    icon={on ? 'pause' : 'play'}
    on={on}
    title="ask for the newest events every two seconds"
    onClick={() => onChange(!on)}
  >
    {on ? 'Following' : 'Follow'}
  </Button>
)

interface VolumeProps {
  readonly q: string
  readonly range: Range
  readonly onZoom: (since: number, until: number) => void
}
function Volume({ q, range, onZoom }: VolumeProps) {
  const minute = Math.floor(Date.now() / 60_000) * 60_000 + 60_000
  const ends = endsOf(range, minute)
  const { data, error } = useRead('event.histogram', { q, until: minute, ...ends, buckets: 60 }, { keep: true })
  if (error && !data) return null
  return (
    <div className="volume">
      {data ? (
        <Histogram buckets={data.buckets} step={data.step} of="event" onZoom={onZoom} />
      ) : (
        <Skeleton lines={1} height={64} />
      )}
    </div>
  )
}

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
