// Where the model and what telemetry saw do not agree: each with its evidence and the change to the model that settles it.
import { useCallback } from 'react'
import { call } from '../../client/client.ts'
import { usePages } from '../../client/queries.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { Choice, Empty, TroubleNote } from '../../parts/basics.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { columns } from './columns.tsx'
import { FindingPanel } from './FindingPanel.tsx'
import { type Finding, kindWords, kinds, type Watched } from './read.ts'

const keyOf = ({ id }: Finding): string => id
const days = 30

/** The findings that fit, page by page. */
function useFindings(kind: Finding['kind'] | undefined, q: string) {
  const { items, first, error, isFetching, hasNextPage, fetchNextPage, refetch } = usePages({
    key: ['reality.list', 'pages', kind ?? '', q],
    load: (cursor, signal) =>
      call(
        'reality.list',
        { limit: 200, days, ...(kind ? { kind: [kind] } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) },
        signal,
      ),
  })
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return { items, first, error, loading: isFetching && items.length === 0, more, again: () => void refetch() }
}

/** How much of the model was seen to be so. */
const Lead = ({ total, watched }: { readonly total: number; readonly watched: Watched }) => (
  <span title={`what was seen in the last ${days} days; ${countText(watched.flows)} flows observed`}>
    {plural(total, 'difference')}; {countText(watched.confirmed)} of {countText(watched.declared)} declared flows were
    seen as declared
    {watched.dropped > 0 ? `; ${countText(watched.dropped)} observations were not kept` : ''}
  </span>
)

export function Page() {
  const { params, set } = useUrl()
  const kind = kinds.find((name) => name === params['kind'])
  const q = params['q'] ?? ''
  const { items, first, error, loading, more, again } = useFindings(kind, q)
  const chosen = params['finding'] ?? ''
  const open = useCallback((finding: Finding) => set({ finding: finding.id }), [set])
  return (
    <PageFrame title="Reality" lead={first ? <Lead total={first.total} watched={first.watched} /> : null} fixed>
      <div className="filters" role="search">
        <SearchField value={q} label="Text in title, asset, address, zone" onSearch={(text) => set({ q: text })} />
        <Choice
          label="Kind"
          value={kind ?? 'all'}
          options={[
            { value: 'all', title: 'All' },
            ...kinds.map((value) => ({ value, title: kindWords[value].title, hint: kindWords[value].means })),
          ]}
          onChange={(next) => set({ kind: next === 'all' ? '' : next })}
        />
      </div>
      <div className="with-side">
        {error && items.length === 0 ? (
          <TroubleNote trouble={error} again={again} />
        ) : (
          <DataTable
            name="Differences"
            rows={items}
            columns={columns}
            keyOf={keyOf}
            selected={chosen}
            onOpen={open}
            more={more}
            loading={loading}
            empty={<NoDifference narrowed={q !== '' || kind !== undefined} />}
          />
        )}
        {chosen === '' ? null : (
          <FindingPanel key={chosen} id={chosen} days={days} onClose={() => set({ finding: '' })} />
        )}
      </div>
    </PageFrame>
  )
}

const NoDifference = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <Empty title="No difference fits" icon="filter">
      Take a filter away, or look at all.
    </Empty>
  ) : (
    <Empty title="The model and what was seen agree" icon="check" command="castellan reality list">
      Flows are read off logs of firewalls, sensors and machines. Without such a source nothing can be compared.
    </Empty>
  )
