// What can go wrong, by the single fix that would end it: root causes, the worst first, with what was decided.
import './threats.css'
import { useCallback, useMemo } from 'react'
import { call } from '../../client/client.ts'
import { useNames } from '../../client/names.ts'
import { isLevel, type Level } from '../../client/nouns.ts'
import { usePages } from '../../client/queries.ts'
import { useUrl, type Url } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { Choice, Empty, TroubleNote } from '../../parts/basics.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { CausePanel } from './CausePanel.tsx'
import { columnsOf } from './columns.tsx'
import { Problems } from './Problems.tsx'
import type { RootCause } from './read.ts'

const views = [
  { value: 'all', title: 'All', hint: 'every threat that the model shows' },
  { value: 'open', title: 'Open', hint: 'nothing is decided about them' },
  { value: 'decided', title: 'Decided', hint: 'mitigated, accepted, transferred, or no threat after all' },
] as const
const keyOf = (cause: RootCause): string => cause.id

type View = (typeof views)[number]['value']

/** The root causes that fit, page by page. */
function useCauses(view: View, level: Level | undefined, q: string) {
  const { items, first, error, isFetching, hasNextPage, fetchNextPage, refetch } = usePages({
    key: ['threat.list', 'pages', view, level, q],
    load: (cursor, signal) =>
      call(
        'threat.list',
        {
          limit: 200,
          ...(view === 'all' ? {} : { decided: view === 'decided' }),
          ...(level ? { level } : {}),
          ...(q ? { q } : {}),
          ...(cursor ? { cursor } : {}),
        },
        signal,
      ),
  })
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return { items, first, error, loading: isFetching && items.length === 0, more, again: () => void refetch() }
}

/** The row of what is chosen: a root cause, or the one that the threat belongs to. */
const rowOf = (items: readonly RootCause[], chosen: string, threat: string): string | undefined =>
  items.find(({ id }) => id === chosen)?.id ?? items.find(({ threats }) => threats.some(({ id }) => id === threat))?.id

export function Page() {
  const { params, set } = useUrl()
  const { nameOf } = useNames()
  const view = views.find(({ value }) => value === params['show']) ?? views[0]
  const level = isLevel(params['level']) ? params['level'] : undefined
  const q = params['q'] ?? ''
  const { items, first, error, loading, more, again } = useCauses(view.value, level, q)
  const narrowed = q !== '' || level !== undefined || view.value !== 'all'
  const columns = useMemo(() => columnsOf(nameOf, narrowed), [nameOf, narrowed])
  const threat = params['threat'] ?? ''
  const chosen = params['cause'] ?? threat
  const open = useCallback((cause: RootCause) => set({ cause: cause.id, threat: '' }), [set])
  return (
    <PageFrame
      title="Threats"
      lead={
        first ? (
          <span title="Threats that one fix would end are one root cause">{plural(first.total, 'root cause')}</span>
        ) : null
      }
      fixed
    >
      <Problems problems={first?.issues ?? noProblems} />
      <Filters q={q} view={view.value} level={level} set={set} />
      <div className="with-side">
        {error && items.length === 0 ? (
          <TroubleNote trouble={error} again={again} />
        ) : (
          <DataTable
            name="Root causes"
            rows={items}
            columns={columns}
            keyOf={keyOf}
            selected={rowOf(items, chosen, threat)}
            onOpen={open}
            more={more}
            loading={loading}
            empty={<NoThreats narrowed={narrowed} view={view.value} />}
          />
        )}
        {chosen === '' ? null : (
          <CausePanel
            key={chosen}
            id={chosen}
            threat={threat}
            onThreat={(cause, id) => set({ cause, threat: id })}
            onClose={() => set({ cause: '', threat: '' })}
          />
        )}
      </div>
    </PageFrame>
  )
}
const noProblems: readonly never[] = []

interface FiltersProps {
  readonly q: string
  readonly view: View
  readonly level: Level | undefined
  readonly set: Url['set']
}
const Filters = ({ q, view, level, set }: FiltersProps) => (
  <div className="filters" role="search">
    <SearchField
      value={q}
      label="Text in fixes, threats, techniques, weaknesses, data"
      onSearch={(text) => set({ q: text })}
    />
    <Choice
      label="Decided"
      value={view}
      options={views}
      onChange={(show) => set({ show: show === 'all' ? '' : show })}
    />
    <LevelChoice level={level} from="low" of="threats" onChange={(value) => set({ level: value })} />
  </div>
)

const NoThreats = ({ narrowed, view }: { readonly narrowed: boolean; readonly view: string }) =>
  view === 'decided' && narrowed ? (
    <Empty title="Nothing is decided yet" icon="threats">
      Choose a threat under All and decide about it there. Decisions are kept in <code>decisions/threats.yaml</code> of
      the workspace.
    </Empty>
  ) : narrowed ? (
    <Empty title="No threat fits" icon="filter">
      Take a filter away, or look at all.
    </Empty>
  ) : (
    <Empty title="The model shows no threat" icon="threats" command="castellan model import docker-compose.yaml">
      Threats are read off the model: assets, flows, people, data. Describe them under <code>model/</code>, or begin
      with what you have:
    </Empty>
  )
