// Profiles of accounts and machines: a list to choose from, and beside it what is usual for the chosen one.
import { useMemo } from 'react'
import type { Output } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import type { Params } from '../../frame/places.ts'
import { countText } from '../../format/number.ts'
import { Choice, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { SidePanel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { profileName } from './read.ts'
import { Usual } from './Usual.tsx'

type Listed = Output<'profile.list'>['items'][number]
const most = 200
const keyOf = ({ name }: Listed): string => name
const none: readonly Listed[] = []
type Kind = 'user' | 'host'

const columnsOf = (kind: Kind): readonly Column<Listed>[] => [
  {
    id: 'name',
    title: kind === 'user' ? 'Account' : 'Machine',
    width: 160,
    grow: 2,
    cell: ({ name }) => <span className="mono strong cut">{name}</span>,
    sort: ({ name }) => name,
    copy: ({ name }) => name,
  },
  {
    id: 'peers',
    title: kind === 'user' ? 'Department' : 'Kind',
    hint: 'those it is held against',
    width: 120,
    grow: 1,
    cell: ({ peers }) => <span className="quiet cut">{peers}</span>,
    sort: ({ peers }) => peers,
  },
  {
    id: 'events',
    title: 'Events',
    hint: 'events that it took part in since it is known',
    width: 88,
    align: 'end',
    cell: ({ events }) => <span className="number">{countText(events)}</span>,
    sort: ({ events }) => events,
  },
  {
    id: 'last',
    title: 'Last seen',
    width: 96,
    cell: ({ last }) => <Ago at={last} />,
    sort: ({ last }) => last,
  },
]

export function Profiles({ params, set }: { readonly params: Params; readonly set: (change: Params) => void }) {
  const kind: Kind = params['kind'] === 'host' ? 'host' : 'user'
  const q = params['q'] ?? ''
  const name = params['name'] === undefined ? undefined : profileName(kind, params['name'])
  const { data, error, refetch } = useRead('profile.list', { kind, q, limit: most }, { keep: true })
  const columns = useMemo(() => columnsOf(kind), [kind])
  return (
    <>
      <div className="filters" role="search">
        <SearchField
          value={q}
          label={kind === 'user' ? 'Name of an account' : 'Name of a machine'}
          onSearch={(text) => set({ q: text })}
        />
        <Choice<Kind>
          label="Of"
          value={kind}
          options={[
            { value: 'user', title: 'Accounts' },
            { value: 'host', title: 'Machines' },
          ]}
          onChange={(next) => set({ kind: next, name: '', q: '' })}
        />
        {data?.items.length === most ? <p className="small faint">the {most} seen last; search for others</p> : null}
      </div>
      <div className="with-side">
        {error && !data ? (
          <TroubleNote trouble={error} again={() => void refetch()} />
        ) : (
          <DataTable
            name="Profiles"
            rows={data?.items ?? none}
            columns={columns}
            keyOf={keyOf}
            selected={name}
            onOpen={(one) => set({ name: one.name })}
            loading={!data}
            empty={
              <Empty title={q === '' ? 'No profile yet' : `No name holds “${q}”`} icon="person">
                {q === '' ? 'Profiles grow with the events that name accounts and machines.' : null}
              </Empty>
            }
          />
        )}
        {name === undefined || name === '' ? null : (
          <ProfilePanel key={`${kind}${name}`} kind={kind} name={name} onClose={() => set({ name: '' })} />
        )}
      </div>
    </>
  )
}

function ProfilePanel({
  kind,
  name,
  onClose,
}: {
  readonly kind: Kind
  readonly name: string
  readonly onClose: () => void
}) {
  const { data, error, refetch } = useRead('profile.show', { kind, name })
  return (
    <SidePanel kind={kind === 'user' ? 'Account' : 'Machine'} title={name} onClose={onClose}>
      {error ? (
        error.code === 'NOT_FOUND' ? (
          <Empty title={`Nothing is known of ${name} yet`} icon="person">
            A profile grows with each event that names it.
          </Empty>
        ) : (
          <TroubleNote trouble={error} again={() => void refetch()} />
        )
      ) : null}
      {data ? <Usual profile={data} /> : error ? null : <Skeleton lines={12} />}
    </SidePanel>
  )
}
