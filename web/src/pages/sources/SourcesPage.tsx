// Where logs come from: how each input is doing, what was refused or not understood, and how full the spool is.
import './sources.css'
import { useRead } from '../../client/queries.ts'
import type { Output, Source } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { bytesText, countText, plural, shortText } from '../../format/number.ts'
import { Empty, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Ago } from '../../parts/Time.tsx'
import { termOf } from '../hunt/query.ts'
import { SourceState } from './SourceState.tsx'

const bad = (count: number, title: string) => (
  <span className={count === 0 ? 'faint number' : 'warn-text number'} title={title}>
    {countText(count)}
  </span>
)
const missedText = (share: number, why: string): string =>
  why === '' ? 'all were understood' : `${(share * 100).toFixed(1)} % of what was stored; the last one: ${why}`
const refusedText = (overQuota: number): string =>
  overQuota === 0 ? 'too long, unauthorised, or the queue was full' : `${countText(overQuota)} of them over the quota`
const lagText = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000)
  if (Math.abs(seconds) < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return Math.abs(minutes) < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
const order = ['failed', 'waiting', 'running', 'stopped']

const columns: readonly Column<Source>[] = [
  {
    id: 'state',
    title: 'State',
    width: 112,
    cell: ({ state }) => <SourceState state={state} />,
    sort: ({ state }) => order.indexOf(state),
  },
  {
    id: 'name',
    title: 'Source',
    width: 140,
    grow: 2,
    cell: ({ name }) => (
      <Go to={places.hunt({ q: termOf('source', name) })} className="strong cut" title="Show its events">
        {name}
      </Go>
    ),
    sort: ({ name }) => name,
    copy: ({ name }) => name,
  },
  {
    id: 'kind',
    title: 'Kind',
    width: 110,
    from: 620,
    cell: ({ kind }) => <span className="quiet cut">{kind}</span>,
    sort: ({ kind }) => kind,
  },
  {
    id: 'rate',
    title: 'Per second',
    hint: 'records accepted per second, now',
    width: 96,
    align: 'end',
    cell: ({ perSecond }) => <span className="number">{shortText(Math.round(perSecond * 10) / 10)}</span>,
    sort: ({ perSecond }) => perSecond,
  },
  {
    id: 'events',
    title: 'Accepted',
    hint: 'records accepted since start',
    width: 104,
    align: 'end',
    from: 560,
    cell: ({ events, bytes }) => (
      <span className="number" title={bytesText(bytes)}>
        {countText(events)}
      </span>
    ),
    sort: ({ events }) => events,
  },
  {
    id: 'unparsed',
    title: 'Unparsed',
    hint: 'kept as raw text because no parser understood them',
    width: 96,
    align: 'end',
    from: 760,
    cell: ({ unparsed, unparsedShare, unparsedWhy }) => bad(unparsed, missedText(unparsedShare, unparsedWhy)),
    sort: ({ unparsed }) => unparsed,
  },
  {
    id: 'rejected',
    title: 'Refused',
    hint: 'too long, unauthorised, or the queue was full',
    width: 90,
    align: 'end',
    from: 760,
    cell: ({ rejected, overQuota }) => bad(rejected, refusedText(overQuota)),
    sort: ({ rejected }) => rejected,
  },
  {
    id: 'lag',
    title: 'Lag',
    hint: 'time of receipt less time of the event, the middle of the last thousand',
    width: 90,
    align: 'end',
    from: 900,
    cell: ({ lagMiddle, lagMost }) => (
      <span
        className="number"
        title={lagMost === null ? 'no event says its time' : `95 of 100 within ${lagText(lagMost)}`}
      >
        {lagMiddle === null ? '–' : lagText(lagMiddle)}
      </span>
    ),
    sort: ({ lagMiddle }) => lagMiddle ?? -1,
  },
  {
    id: 'last',
    title: 'Last record',
    width: 110,
    from: 480,
    cell: ({ lastSeen }) => <Ago at={lastSeen} />,
    sort: ({ lastSeen }) => lastSeen ?? 0,
  },
  {
    id: 'detail',
    title: 'Detail',
    width: 180,
    grow: 4,
    from: 1000,
    cell: ({ detail, unusual }) =>
      unusual === '' ? (
        <span className="mono quiet cut" title={detail}>
          {detail}
        </span>
      ) : (
        <span className="warn-text cut" title={`${unusual} · ${detail}`}>
          {unusual}
        </span>
      ),
    copy: ({ detail }) => detail,
  },
]
const keyOf = (source: Source): string => source.name
const none: readonly Source[] = []

export function Page() {
  const { data, error, refetch } = useRead('source.list', {}, { every: 5000 })
  return (
    <PageFrame title="Sources" lead={data ? plural(data.items.length, 'source') : null} fixed>
      {data ? <Spool spool={data.spool} dropped={data.dropped} /> : null}
      {error && !data ? (
        <TroubleNote trouble={error} again={() => void refetch()} />
      ) : (
        <DataTable
          name="Sources"
          rows={data?.items ?? none}
          columns={columns}
          keyOf={keyOf}
          loading={!data}
          empty={
            <Empty title="No source yet" icon="sources" command="castellan up --watch-host">
              Add inputs under <code>sources:</code> in castellan.yaml, or let Castellan watch the machine it runs on:
            </Empty>
          }
        />
      )}
    </PageFrame>
  )
}

type SpoolView = Output<'source.list'>['spool']
/** The durable queue between arrival and store. */
const Spool = ({ spool, dropped }: { readonly spool: SpoolView; readonly dropped: number }) => (
  <div className="spool" data-full={spool.full || undefined}>
    <span title="records that are safe on disk but not yet searchable">
      <b className="number">{countText(spool.records)}</b> records in the spool ({bytesText(spool.bytes)})
    </span>
    {spool.oldest === null ? (
      <span className="faint">nothing waits</span>
    ) : (
      <span>
        oldest <Ago at={spool.oldest} />
      </span>
    )}
    {spool.full ? <strong className="warn-text">The spool is full: senders are told to wait</strong> : null}
    <span
      className={dropped === 0 ? 'faint' : 'warn-text'}
      title="UDP records that came faster than they could be written; senders over UDP cannot be told to wait"
    >
      <b className="number">{countText(dropped)}</b> dropped
    </span>
  </div>
)
