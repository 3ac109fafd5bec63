// Incidents that wait, or those of other states: worst and latest in sight.
import './incidents.css'
import { useCallback } from 'react'
import { call } from '../../client/client.ts'
import { useNews, usePages } from '../../client/queries.ts'
import { incidentStates, isLevel, type Incident, type IncidentState } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { useGo, useUrl } from '../../frame/url.ts'
import { countText, listText, plural } from '../../format/number.ts'
import { incidentStateWords } from '../../format/words.ts'
import { Button, Choice, Empty, TroubleNote } from '../../parts/basics.tsx'
import { levelColumn } from '../../parts/levelColumn.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Ago } from '../../parts/Time.tsx'
import { IncidentStateBadge } from './IncidentState.tsx'
import { TacticDots } from './Tactics.tsx'

const columns: readonly Column<Incident>[] = [
  {
    id: 'number',
    title: '#',
    width: 52,
    align: 'end',
    cell: ({ number }) => <span className="faint number">{number === 0 ? '–' : number}</span>,
    sort: ({ number }) => number,
  },
  levelColumn(),
  {
    id: 'title',
    title: 'What happened',
    width: 220,
    grow: 4,
    cell: ({ title, summary }) => (
      <span className="strong cut" title={summary}>
        {title}
      </span>
    ),
    copy: ({ title }) => title,
  },
  {
    id: 'state',
    title: 'State',
    width: 124,
    cell: ({ state }) => <IncidentStateBadge state={state} />,
    sort: ({ state }) => incidentStates.indexOf(state),
  },
  {
    id: 'hosts',
    title: 'Hosts',
    width: 130,
    grow: 1,
    from: 900,
    cell: ({ hosts }) => (
      <span className="mono cut" title={hosts.join(', ')}>
        {listText(hosts, 2)}
      </span>
    ),
    copy: ({ hosts }) => hosts.join(', '),
  },
  {
    id: 'tactics',
    title: 'Tactics',
    hint: 'ATT&CK tactics in the order of an intrusion',
    width: 132,
    from: 1000,
    cell: ({ tactics }) => <TacticDots tactics={tactics} />,
    sort: ({ tactics }) => tactics.length,
  },
  {
    id: 'alerts',
    title: 'Alerts',
    width: 72,
    align: 'end',
    from: 640,
    cell: ({ alerts }) => <span className="number">{countText(alerts)}</span>,
    sort: ({ alerts }) => alerts,
  },
  {
    id: 'assignee',
    title: 'Assigned to',
    width: 110,
    from: 1100,
    cell: ({ assignee }) =>
      assignee === '' ? <span className="faint">nobody</span> : <span className="cut">{assignee}</span>,
    sort: ({ assignee }) => assignee,
  },
  {
    id: 'last',
    title: 'Last activity',
    width: 110,
    from: 560,
    cell: ({ last }) => <Ago at={last} />,
    sort: ({ last }) => last,
  },
]

const waiting: readonly IncidentState[] = ['open', 'investigating', 'contained']
const views = [
  { value: 'waiting', title: 'Waiting', hint: 'open, investigating or contained', states: waiting },
  { value: 'observed', title: 'Observed', hint: incidentStateWords.observed.means, states: ['observed'] },
  { value: 'closed', title: 'Closed', hint: incidentStateWords.closed.means, states: ['closed'] },
  { value: 'all', title: 'All', hint: 'every state', states: incidentStates },
] as const
const keyOf = (incident: Incident): string => incident.id

export function Page() {
  const { params, set } = useUrl()
  const go = useGo()
  const view = views.find(({ value }) => value === params['state']) ?? views[0]
  const level = isLevel(params['level']) ? params['level'] : undefined
  const q = params['q'] ?? ''
  const list = usePages({
    key: ['incident.list', 'pages', view.value, level, q],
    load: (cursor, signal) =>
      call(
        'incident.list',
        {
          state: [...view.states],
          limit: 200,
          ...(level ? { level } : {}),
          ...(q ? { q } : {}),
          ...(cursor ? { cursor } : {}),
        },
        signal,
      ),
  })
  const { items, first, hasNextPage, isFetching, fetchNextPage } = list
  const news = useNews('incident')
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const open = useCallback((incident: Incident) => go(places.incident(incident)), [go])
  return (
    <PageFrame title="Incidents" lead={first ? plural(first.total, 'incident') : null} fixed>
      <div className="filters" role="search">
        <SearchField
          value={q}
          label="Text in title, hosts, users, addresses, techniques"
          onSearch={(text) => set({ q: text })}
        />
        <Choice
          label="State"
          value={view.value}
          options={views}
          onChange={(state) => set({ state: state === 'waiting' ? '' : state })}
        />
        <LevelChoice level={level} from="medium" of="incidents" onChange={(value) => set({ level: value })} />
        {news.count > 0 ? (
          <Button
            className="news"
            icon="refresh"
            onClick={() => {
              news.forget()
              list.restart()
            }}
          >
            {plural(news.count, 'change')}: show
          </Button>
        ) : null}
      </div>
      {list.error && items.length === 0 ? (
        <TroubleNote trouble={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          name="Incidents"
          rows={items}
          columns={columns}
          keyOf={keyOf}
          onOpen={open}
          more={more}
          loading={isFetching && items.length === 0}
          empty={<None narrowed={q !== '' || level !== undefined} view={view.title} />}
        />
      )}
    </PageFrame>
  )
}

const None = ({ narrowed, view }: { readonly narrowed: boolean; readonly view: string }) =>
  narrowed || view !== 'Waiting' ? (
    <Empty title="No incident fits" icon="filter">
      Take a filter away, or look at all states.
    </Empty>
  ) : (
    <Empty title="No incident waits for anybody" icon="check" command="castellan incident list">
      Alerts that belong together become one incident. The same list on a terminal:
    </Empty>
  )
