// Every rule that matched: filtered, endless, with the reason beside the list.
import './alerts.css'
import { useCallback, useMemo, type ReactNode } from 'react'
import { call } from '../../client/client.ts'
import { useNews, usePages, useRead } from '../../client/queries.ts'
import type { Alert, Output } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { endsOf, paramsOfRange } from '../../format/range.ts'
import { Button, Choice, Empty, TroubleNote } from '../../parts/basics.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { LevelCounts } from '../../parts/Level.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { places } from '../../frame/places.ts'
import { AlertPanel } from './AlertPanel.tsx'
import { alertColumns } from './columns.tsx'
import { Grouped } from './Grouped.tsx'
import { groupingOf, groupings } from './groups.ts'
import { Suppressions } from './Suppressions.tsx'
import { chipsOf, filterOf, inputOf, standardRange, type AlertFilter } from './filter.ts'

const pageSize = 500
const groupTitles = { none: 'Each', rule: 'Rule', host: 'Host', user: 'User' } as const
const groupHints = {
  none: 'each alert by itself; repeats within its window are counted',
  rule: 'the loaded alerts, one line a rule',
  host: 'the loaded alerts, one line a host',
  user: 'the loaded alerts, one line a user',
} as const
const keyOf = (alert: Alert): string => alert.id

export function Page() {
  const { params, set } = useUrl()
  const filter = useMemo(() => filterOf(params), [params])
  const list = usePages({
    key: ['alert.list', 'pages', filter],
    load: (cursor, signal) =>
      call(
        'alert.list',
        { ...inputOf(filter, Date.now()), limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
        signal,
      ),
  })
  const { items, first } = list
  return (
    <PageFrame
      title="Alerts"
      lead={first ? `${plural(first.total, 'alert')}, ${countText(items.length)} loaded` : null}
      actions={<Totals filter={filter} />}
      fixed
    >
      <Filters filter={filter} set={set}>
        <Views params={params} filter={filter} set={set} />
      </Filters>
      <News onShow={list.restart} />
      {isExceptions(params) ? <Suppressions /> : <Queue list={list} filter={filter} params={params} set={set} />}
    </PageFrame>
  )
}

const isExceptions = (params: Readonly<Record<string, string>>): boolean => params['view'] === 'suppressions'
const noFilter = {
  level: '',
  rule: '',
  host: '',
  user: '',
  incident: '',
  q: '',
  range: '30d',
  since: '',
  until: '',
} as const

interface QueueProps {
  readonly list: ReturnType<typeof usePages<Output<'alert.list'>>>
  readonly filter: AlertFilter
  readonly params: Readonly<Record<string, string>>
  readonly set: Set
}
function Queue({ list, filter, params, set }: QueueProps) {
  const { items, hasNextPage, isFetching, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const open = useCallback((alert: Alert) => set({ alert: alert.id }), [set])
  const grouping = groupingOf(params['group'])
  const chosen = params['alert']
  return (
    <div className="with-side">
      {list.error && items.length === 0 ? (
        <TroubleNote trouble={list.error} again={() => void list.refetch()} />
      ) : grouping !== 'none' ? (
        <Grouped alerts={items} by={grouping} onOpen={(value) => set({ [grouping]: value, group: '' }, 'step')} />
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
          empty={<NoAlerts filter={filter} clear={() => set(noFilter)} />}
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
  )
}

/** How the queue is shown: each alert or in groups, with what is kept out of it, or what keeps it out. */
const Views = ({ params, filter, set }: Pick<QueueProps, 'params' | 'filter' | 'set'>) => (
  <>
    <Choice
      label="Group"
      value={groupingOf(params['group'])}
      options={groupings.map((value) => ({ value, title: groupTitles[value], hint: groupHints[value] }))}
      onChange={(group) => set({ group: group === 'none' ? '' : group, view: '' })}
    />
    <Button
      on={filter.suppressed}
      title="show what suppressions and benign filters keep out of the queue, too"
      onClick={() => set({ suppressed: filter.suppressed ? '' : 'with' })}
    >
      Suppressed
    </Button>
    <Button
      on={isExceptions(params)}
      title="suppressions and benign filters: owner, end, counts"
      onClick={() => set({ view: isExceptions(params) ? '' : 'suppressions', alert: '' }, 'step')}
    >
      Exceptions
    </Button>
  </>
)

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

function Filters({
  filter,
  set,
  children,
}: {
  readonly filter: AlertFilter
  readonly set: Set
  readonly children: ReactNode
}) {
  return (
    <div className="filters" role="search">
      <SearchField value={filter.q} label="Text in rule, host, user or message" onSearch={(q) => set({ q })} />
      <LevelChoice level={filter.level} from="low" of="alerts" all="All" onChange={(level) => set({ level })} />
      {children}
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
