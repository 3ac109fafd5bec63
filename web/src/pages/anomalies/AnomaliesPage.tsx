// What is unusual: findings with the numbers behind them, the detectors that made them, and what is usual for whom.
import '../rules/rules.css'
import './anomalies.css'
import { useCallback, useMemo } from 'react'
import { call } from '../../client/client.ts'
import { isLevel, type Alert } from '../../client/nouns.ts'
import { usePages, useRead } from '../../client/queries.ts'
import { type Params, places } from '../../frame/places.ts'
import { useKeys } from '../../frame/keys.ts'
import { useGo, useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { dayText } from '../../format/time.ts'
import { Button, Choice, Empty, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { AlertPanel } from '../alerts/AlertPanel.tsx'
import { alertColumns } from '../alerts/columns.tsx'
import { detectorColumns, type Watched } from './detector-columns.tsx'
import { DetectorPanel } from './DetectorPanel.tsx'
import { Profiles } from './Profiles.tsx'

const views = ['findings', 'detectors', 'profiles'] as const
type View = (typeof views)[number]
const viewTitles: Readonly<Record<View, readonly [string, string]>> = {
  findings: ['Findings', 'what the detectors told of (1)'],
  detectors: ['Detectors', 'which there are, how far they have learnt, their parameters (2)'],
  profiles: ['Profiles', 'what is usual for accounts and machines (3)'],
}
const cleared: Params = { detector: '', alert: '', q: '', level: '', name: '', kind: '' }

export function Page() {
  const { params, set } = useUrl()
  const view = views.find((one) => one === params['view']) ?? 'findings'
  const open = (next: View): void => set({ ...cleared, view: next === 'findings' ? '' : next }, 'step')
  const group = 'Page'
  useKeys([
    { keys: '1', does: 'findings', group, run: () => open('findings') },
    { keys: '2', does: 'detectors', group, run: () => open('detectors') },
    { keys: '3', does: 'profiles of accounts and machines', group, run: () => open('profiles') },
  ])
  const { watched, error, refetch } = useDetectors()
  return (
    <PageFrame
      title="Anomalies"
      lead={watched ? leadOf(watched) : null}
      actions={
        <Choice<View>
          label="Show"
          value={view}
          options={views.map((value) => ({ value, title: viewTitles[value][0], hint: viewTitles[value][1] }))}
          onChange={open}
        />
      }
      fixed
    >
      {error && !watched ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {view === 'findings' ? <Findings params={params} set={set} watched={watched} /> : null}
      {view === 'detectors' ? <Detectors params={params} set={set} watched={watched} /> : null}
      {view === 'profiles' ? <Profiles params={params} set={set} /> : null}
    </PageFrame>
  )
}

/** Detectors with what became of their findings; `profiles` only remembers, and has a view of its own. */
function useDetectors() {
  const { data, error, refetch } = useRead('anomaly.list', {})
  const { data: hits } = useRead('rule.hits', {})
  const watched = useMemo((): readonly Watched[] | undefined => {
    const byRule = new Map(hits?.items.map((one) => [one.rule, one]))
    return data?.items.filter(({ name }) => name !== 'profiles').map((one) => ({ ...one, hits: byRule.get(one.rule) }))
  }, [data, hits])
  return { watched, error, refetch }
}

function leadOf(all: readonly Watched[]): string {
  const count = (state: Watched['state']): number => all.filter((one) => one.state === state).length
  const [running, learning] = [count('running'), count('learning')]
  return `${plural(running, 'detector')} running${learning > 0 ? `, ${learning} learning` : ''}`
}

interface ViewProps {
  readonly params: Params
  readonly set: (change: Params, how?: 'step' | 'replace') => void
  readonly watched: readonly Watched[] | undefined
}
const pageSize = 200
const keyOfAlert = (alert: Alert): string => alert.id

function Findings({ params, set, watched }: ViewProps) {
  const go = useGo()
  const level = isLevel(params['level']) ? params['level'] : undefined
  const q = params['q'] ?? ''
  const one = watched?.find(({ name }) => name === params['detector'])
  const rules = useMemo(() => (one ? [one.rule] : (watched ?? []).map(({ rule }) => rule)), [one, watched])
  const list = usePages({
    key: ['alert.list', 'pages', { anomalies: rules, level, q }],
    load: (cursor, signal) =>
      call(
        'alert.list',
        {
          rules: [...rules],
          limit: pageSize,
          suppressed: 'with',
          ...(level ? { level } : {}),
          ...(q ? { q } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        },
        signal,
      ),
    enabled: rules.length > 0,
  })
  const { items, hasNextPage, isFetching, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const chosen = params['alert']
  const isNarrowed = q !== '' || level !== undefined || one !== undefined
  return (
    <>
      <div className="filters" role="search">
        <SearchField value={q} label="Text in the finding" onSearch={(text) => set({ q: text })} />
        <LevelChoice level={level} from="low" of="findings" onChange={(next) => set({ level: next })} />
        <select
          className="input"
          aria-label="Detector"
          value={one?.name ?? ''}
          onChange={(event) => set({ detector: event.target.value })}
        >
          <option value="">All detectors</option>
          {watched?.map(({ name, title, hits }) => (
            <option key={name} value={name}>
              {title}
              {hits ? ` (${hits.alerts})` : ''}
            </option>
          ))}
        </select>
      </div>
      <div className="with-side">
        {list.error && items.length === 0 ? (
          <TroubleNote trouble={list.error} again={() => void list.refetch()} />
        ) : (
          <DataTable
            name="Findings"
            rows={items}
            columns={alertColumns}
            keyOf={keyOfAlert}
            selected={chosen}
            onOpen={(alert) => set({ alert: alert.id })}
            more={more}
            loading={isFetching || watched === undefined}
            empty={<NoFindings watched={watched} isNarrowed={isNarrowed} clear={() => set(cleared)} />}
          />
        )}
        {chosen === undefined ? null : (
          <AlertPanel
            key={chosen}
            id={chosen}
            known={items.find((alert) => alert.id === chosen)}
            onClose={() => set({ alert: '' })}
            onNarrow={(change) => go(places.alerts({ range: '30d', ...change }))}
          />
        )}
      </div>
    </>
  )
}

function NoFindings({
  watched,
  isNarrowed,
  clear,
}: {
  readonly watched: readonly Watched[] | undefined
  readonly isNarrowed: boolean
  readonly clear: () => void
}) {
  if (isNarrowed)
    return (
      <Empty title="No finding fits" icon="filter">
        <Button onClick={clear}>Show all findings</Button>
      </Empty>
    )
  const learning = (watched ?? []).flatMap(({ learningUntil }) => learningUntil ?? [])
  const until = learning.length === 0 ? undefined : Math.min(...learning)
  return (
    <Empty title="Nothing unusual was found" icon="pulse">
      {until === undefined
        ? 'The detectors look at every event that arrives.'
        : `${plural(learning.length, 'detector')} still ${learning.length === 1 ? 'learns' : 'learn'} what is usual here; the first is done about ${dayText(until)}, if every day has events.`}{' '}
      <Go to={places.anomalies({ view: 'detectors' })}>See the detectors</Go>
    </Empty>
  )
}

const keyOf = (detector: Watched): string => detector.name
const none: readonly Watched[] = []

function Detectors({ params, set, watched }: ViewProps) {
  const chosen = watched?.find(({ name }) => name === params['detector'])
  return (
    <div className="with-side">
      <DataTable
        name="Detectors"
        rows={watched ?? none}
        columns={detectorColumns}
        keyOf={keyOf}
        selected={chosen?.name}
        onOpen={({ name }) => set({ detector: name })}
        loading={watched === undefined}
        empty={<Empty title="No detectors" icon="pulse" />}
      />
      {chosen ? <DetectorPanel key={chosen.name} detector={chosen} onClose={() => set({ detector: '' })} /> : null}
    </div>
  )
}
