// Every rule that matched: filtered, endless, with the reason beside the list.
import './alerts.css'
import { useCallback, useMemo } from 'react'
import { call } from '../../client/client.ts'
import { useNews, usePages, useRead } from '../../client/queries.ts'
import type { Alert } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { endsOf, paramsOfRange } from '../../format/range.ts'
import { Button, Empty, TroubleNote } from '../../parts/basics.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { LevelCounts } from '../../parts/Level.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { places } from '../../frame/places.ts'
import { AlertPanel } from './AlertPanel.tsx'
import { alertColumns } from './columns.tsx'
import { chipsOf, filterOf, inputOf, standardRange, type AlertFilter } from './filter.ts'

const pageSize = 500
const keyOf = (alert: Alert): string => alert.id

export function Page() {
  const { params, set } = useUrl()
  const filter = useMemo(() => filterOf(params), [params])
  const chosen = params['alert']
  const list = usePages({
    key: ['alert.list', 'pages', filter],
    load: (cursor, signal) =>
      call(
        'alert.list',
        { ...inputOf(filter, Date.now()), limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
        signal,
      ),
  })
  const { items, first, hasNextPage, isFetching, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const open = useCallback((alert: Alert) => set({ alert: alert.id }), [set])
  return (
    <PageFrame
      title="Alerts"
      lead={first ? `${plural(first.total, 'alert')}, ${countText(items.length)} loaded` : null}
      actions={<Totals filter={filter} />}
      fixed
    >
      <Filters filter={filter} set={set} />
      <News onShow={list.restart} />
      <div className="with-side">
        {list.error && items.length === 0 ? (
          <TroubleNote trouble={list.error} again={() => void list.refetch()} />
        ) : (
          <DataTable
            name="Alerts"
            rows={items}
            columns={alertColumns}
            keyOf={keyOf}
            selected={chosen}
            onOpen={open}
            more={more}
            loading={isFetching}
            empty={
              <NoAlerts
                filter={filter}
                clear={() =>
                  set({
                    level: '',
                    rule: '',
                    host: '',
                    user: '',
                    incident: '',
                    q: '',
                    range: '30d',
                    since: '',
                    until: '',
                  })
                }
              />
            }
          />
        )}
        {chosen === undefined ? null : (
          <AlertPanel
            key={chosen}
            id={chosen}
            known={items.find((alert) => alert.id === chosen)}
            onClose={() => set({ alert: '' })}
            onNarrow={(change) => set(change, 'step')}
          />
        )}
      </div>
    </PageFrame>
  )
}

/** Counts by level over the same time, from the worst. */
function Totals({ filter }: { readonly filter: AlertFilter }) {
  const minute = Math.floor(endsOf(filter.range, Date.now()).since / 60_000) * 60_000
  const { data } = useRead('alert.counts', { since: minute }, { keep: true })
  if (!data) return null
  return (
    <LevelCounts
      counts={data.byLevel}
      of="alerts of this level since the beginning of the chosen time"
      to={(level) => places.alerts({ level, ...paramsOfRange(filter.range, standardRange) })}
    />
  )
}

type Set = (change: Readonly<Record<string, string>>, how?: 'step' | 'replace') => void

function Filters({ filter, set }: { readonly filter: AlertFilter; readonly set: Set }) {
  return (
    <div className="filters" role="search">
      <SearchField value={filter.q} label="Text in rule, host, user or message" onSearch={(q) => set({ q })} />
      <LevelChoice level={filter.level} from="low" of="alerts" all="All" onChange={(level) => set({ level })} />
      {chipsOf(filter).map(({ name, value }) => (
        <button
          key={name}
          type="button"
          className="chip"
          title={`Take this filter away`}
          onClick={() => set({ [name]: '' })}
        >
          <span className="faint">{name}</span> <span className="cut">{value}</span> <span aria-hidden="true">×</span>
        </button>
      ))}
      <span className="fill" />
      <RangePicker range={filter.range} onChange={(range) => set(paramsOfRange(range, standardRange), 'step')} />
    </div>
  )
}

/** New alerts wait behind a button: the list never moves under the reader's eyes. */
function News({ onShow }: { readonly onShow: () => void }) {
  const { count, forget } = useNews('alert')
  if (count === 0) return null
  return (
    <Button
      className="news"
      icon="refresh"
      onClick={() => {
        forget()
        onShow()
      }}
    >
      {plural(count, 'new alert')}: show
    </Button>
  )
}

function NoAlerts({ filter, clear }: { readonly filter: AlertFilter; readonly clear: () => void }) {
  const narrowed = filter.level !== undefined || filter.q !== '' || chipsOf(filter).length > 0
  if (narrowed)
    return (
      <Empty title="No alert fits this filter" icon="filter">
        <Button onClick={clear}>Show all of the last 30 days</Button>
      </Empty>
    )
  return (
    <Empty title="No alerts in this time" icon="alerts" command="castellan detect /var/log --rules rules">
      Nothing matched, or nothing is watched yet. Look at the sources and rules, choose a longer time, or run the rules
      over files you have:
    </Empty>
  )
}
