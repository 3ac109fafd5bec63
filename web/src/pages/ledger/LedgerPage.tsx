// Who did what, when, on what, with what result: append-only, and proven so on demand.
import './ledger.css'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call, type Trouble } from '../../client/client.ts'
import { may } from '../../client/may.ts'
import { usePages } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import type { LedgerEntry, Output } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { Badge, Button, Copy, Empty, TroubleNote } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Facts, PageFrame, SidePanel } from '../../parts/Panel.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Time } from '../../parts/Time.tsx'

const outcomeOf = ({ result }: LedgerEntry): string =>
  typeof result['outcome'] === 'string' ? result['outcome'] : 'done'
const inputText = ({ input }: LedgerEntry): string =>
  Object.entries(input)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')

const Outcome = ({ entry }: { readonly entry: LedgerEntry }) => {
  const outcome = outcomeOf(entry)
  return <Badge tone={outcome === 'failed' || outcome === 'refused' ? 'bad' : 'plain'}>{outcome}</Badge>
}

const columns: readonly Column<LedgerEntry>[] = [
  {
    id: 'entry',
    title: 'Entry',
    width: 72,
    align: 'end',
    cell: ({ entry }) => <span className="number faint">{entry}</span>,
  },
  { id: 'at', title: 'Time', width: 132, cell: ({ at }) => <Time at={at} /> },
  {
    id: 'who',
    title: 'Who',
    width: 120,
    grow: 1,
    cell: ({ actor }) => (
      <span className="cut" title={`${actor.role}, via ${actor.via}`}>
        {actor.name}
      </span>
    ),
    copy: ({ actor }) => actor.id,
  },
  {
    id: 'operation',
    title: 'Did',
    width: 160,
    grow: 1,
    cell: ({ operation }) => <span className="mono cut">{operation}</span>,
    copy: ({ operation }) => operation,
  },
  {
    id: 'input',
    title: 'With',
    width: 160,
    grow: 3,
    from: 700,
    cell: (entry) => <span className="quiet cut">{inputText(entry)}</span>,
    copy: inputText,
  },
  { id: 'result', title: 'Result', width: 96, cell: (entry) => <Outcome entry={entry} /> },
  {
    id: 'hash',
    title: 'Hash',
    width: 150,
    from: 960,
    cell: ({ hash }) => <span className="mono faint cut">{hash}</span>,
    copy: ({ hash }) => hash,
  },
]
const keyOf = ({ entry }: LedgerEntry): string => String(entry)

export function Page() {
  const actor = useActor()
  const { params, set } = useUrl()
  const list = usePages({
    key: ['ledger.list', 'pages'],
    load: (cursor, signal) =>
      call('ledger.list', { limit: 200, ...(cursor === undefined ? {} : { before: Number(cursor) }) }, signal),
  })
  const { items, hasNextPage, isFetching, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const chosen = items.find((entry) => keyOf(entry) === params['entry'])
  const open = useCallback((entry: LedgerEntry) => set({ entry: keyOf(entry) }), [set])
  return (
    <PageFrame
      title="Ledger"
      lead="every change, by whom, provably complete"
      fixed
      actions={may(actor.role, 'ledger.verify') ? <Verify /> : null}
    >
      <div className="with-side">
        {list.error && items.length === 0 ? (
          <TroubleNote trouble={list.error} again={() => void list.refetch()} />
        ) : (
          <DataTable
            name="Ledger"
            rows={items}
            columns={columns}
            keyOf={keyOf}
            selected={params['entry']}
            onOpen={open}
            more={more}
            loading={isFetching}
            empty={
              <Empty title="Nothing has been changed yet" icon="ledger" command="castellan ledger verify">
                Every change by a person, a token or a job is written here.
              </Empty>
            }
          />
        )}
        {chosen ? <EntryPanel entry={chosen} onClose={() => set({ entry: '' })} /> : null}
      </div>
    </PageFrame>
  )
}

/** Reads asked for by a button: kept out of the cache's own refreshing. */
const useAsked = <T,>(key: readonly unknown[], ask: () => Promise<T>) =>
  useQuery<T, Trouble>({ queryKey: key, queryFn: ask, enabled: false, gcTime: 0, retry: false })

function Verify() {
  const { data, error, isFetching, refetch } = useAsked(['ledger.verify', 'asked'], () => call('ledger.verify', {}))
  return (
    <div className="verify">
      {error ? <span className="warn-text">{error.message}</span> : null}
      {data && !isFetching ? <Verdict verdict={data} /> : null}
      <Button look="main" icon="check" busy={isFetching} onClick={() => void refetch()}>
        {isFetching ? 'Verifying…' : 'Verify'}
      </Button>
    </div>
  )
}

const Verdict = ({ verdict }: { readonly verdict: Output<'ledger.verify'> }) =>
  verdict.ok ? (
    <Badge tone="good" title={`root ${verdict.root}`}>
      <Icon name="check" size={12} /> {plural(verdict.entries, 'entry', 'entries')} verified, root{' '}
      {verdict.root.slice(0, 12)}…
    </Badge>
  ) : (
    <Badge tone="bad" title={verdict.problems.map(({ at, text }) => `${at}: ${text}`).join('\n')}>
      <Icon name="close" size={12} /> {plural(verdict.problems.length, 'problem')}: {verdict.problems[0]?.at}{' '}
      {verdict.problems[0]?.text}
    </Badge>
  )

function EntryPanel({ entry, onClose }: { readonly entry: LedgerEntry; readonly onClose: () => void }) {
  const proof = useAsked(['ledger.prove', entry.entry], () => call('ledger.prove', { entry: entry.entry }))
  const text = JSON.stringify(proof.data, null, 2)
  return (
    <SidePanel kind={`Entry ${entry.entry}`} title={entry.operation} onClose={onClose}>
      <Facts
        items={[
          ['When', <Time key="at" at={entry.at} />],
          ['Who', `${entry.actor.name} (${entry.actor.role}, via ${entry.actor.via})`],
          ['Actor id', <code key="id">{entry.actor.id}</code>],
          ['Result', <Outcome key="result" entry={entry} />],
          [
            'Hash',
            <code key="hash" className="wrap">
              {entry.hash}
            </code>,
          ],
        ]}
      />
      <section className="block">
        <h3>Input</h3>
        <pre className="wrap boxed">{JSON.stringify(entry.input, null, 2)}</pre>
        <h3>Result</h3>
        <pre className="wrap boxed">{JSON.stringify(entry.result, null, 2)}</pre>
      </section>
      <section className="block">
        <h3 className="row">Proof {proof.data ? <Copy text={text} name="Copy the proof" /> : null}</h3>
        <p className="quiet">
          An inclusion proof shows that this entry is part of the ledger, without showing the others.
        </p>
        {proof.data ? (
          <pre className="wrap boxed">{text}</pre>
        ) : (
          <Button busy={proof.isFetching} onClick={() => void proof.refetch()}>
            Make the proof
          </Button>
        )}
        {proof.error ? <TroubleNote trouble={proof.error} /> : null}
      </section>
    </SidePanel>
  )
}
