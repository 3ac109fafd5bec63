// What is detected: every rule with its state, and why it does not run when it does not.
import './rules.css'
import { useCallback } from 'react'
import { useRead } from '../../client/queries.ts'
import { levels, type Output, type Rule } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { ruleStateWords, tacticTitle } from '../../format/words.ts'
import { Techniques } from '../../parts/Techniques.tsx'
import { Badge, Choice, Copy, Empty, Skeleton, TroubleNote, type Tone } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { LevelBadge, LevelText } from '../../parts/Level.tsx'
import { Facts, PageFrame, SidePanel } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Correlation } from './Correlation.tsx'

const looks: Readonly<Record<Rule['state'], readonly [Tone, IconName]>> = {
  running: ['good', 'check'],
  disabled: ['plain', 'pause'],
  'needs-list': ['warn', 'filter'],
  unsupported: ['warn', 'help'],
  invalid: ['bad', 'close'],
}
const states = ['running', 'disabled', 'needs-list', 'unsupported', 'invalid'] as const

function RuleState({ state }: { readonly state: Rule['state'] }) {
  const [tone, icon] = looks[state]
  return (
    <Badge tone={tone} title={ruleStateWords[state].means}>
      <Icon name={icon} size={12} /> {ruleStateWords[state].title}
    </Badge>
  )
}

const logsourceOf = ({ product, category, service }: Rule): string =>
  [product, category, service].filter(Boolean).join(' / ')

const columns: readonly Column<Rule>[] = [
  {
    id: 'level',
    title: 'Level',
    width: 96,
    cell: ({ level }) => <LevelText level={level} />,
    sort: ({ level }) => levels.indexOf(level),
  },
  {
    id: 'title',
    title: 'Rule',
    width: 220,
    grow: 4,
    cell: ({ title }) => <span className="strong cut">{title}</span>,
    sort: ({ title }) => title,
    copy: ({ id }) => id,
  },
  {
    id: 'state',
    title: 'State',
    width: 122,
    cell: ({ state }) => <RuleState state={state} />,
    sort: ({ state }) => states.indexOf(state),
  },
  {
    id: 'alerts',
    title: 'Alerts',
    hint: 'alerts stored',
    width: 76,
    align: 'end',
    cell: ({ alerts }) => (
      <span className="number">{alerts === 0 ? <span className="faint">0</span> : countText(alerts)}</span>
    ),
    sort: ({ alerts }) => alerts,
  },
  {
    id: 'source',
    title: 'Log source',
    width: 150,
    grow: 1,
    from: 760,
    cell: (rule) => <span className="quiet cut">{logsourceOf(rule)}</span>,
    sort: logsourceOf,
  },
  {
    id: 'techniques',
    title: 'Techniques',
    width: 140,
    from: 940,
    cell: ({ techniques }) => <span className="mono quiet cut">{techniques.join(' ')}</span>,
    sort: ({ techniques }) => techniques[0] ?? '',
  },
  {
    id: 'why',
    title: 'Why not',
    width: 150,
    grow: 2,
    from: 1100,
    cell: ({ why }) => (
      <span className="quiet cut" title={why}>
        {why}
      </span>
    ),
  },
]
const keyOf = (rule: Rule): string => rule.id

export function Page() {
  const { params, set } = useUrl()
  const state = states.find((name) => name === params['state'])
  const q = params['q'] ?? ''
  const { data, error, refetch } = useRead(
    'rule.list',
    { ...(state ? { state } : {}), ...(q ? { q } : {}) },
    { keep: true },
  )
  const chosen = params['rule']
  const open = useCallback((rule: Rule) => set({ rule: rule.id }), [set])
  const counts = data?.counts
  return (
    <PageFrame title="Rules" lead={data ? plural(data.items.length, 'rule') : null} fixed>
      <div className="filters" role="search">
        <SearchField value={q} label="Text in title, id, techniques, file" onSearch={(text) => set({ q: text })} />
        <Choice
          label="State"
          value={state ?? 'all'}
          options={[
            { value: 'all', title: 'All' },
            ...states.map((name) => ({
              value: name,
              title: counts ? `${ruleStateWords[name].title} ${countText(counts[name])}` : ruleStateWords[name].title,
              hint: ruleStateWords[name].means,
            })),
          ]}
          onChange={(next) => set({ state: next === 'all' ? '' : next })}
        />
      </div>
      <div className="with-side">
        {error && !data ? (
          <TroubleNote trouble={error} again={() => void refetch()} />
        ) : (
          <DataTable
            name="Rules"
            rows={data?.items ?? none}
            columns={columns}
            keyOf={keyOf}
            selected={chosen}
            onOpen={open}
            loading={!data}
            empty={<NoRules narrowed={q !== '' || state !== undefined} />}
          />
        )}
        {chosen === undefined ? null : <RulePanel key={chosen} id={chosen} onClose={() => set({ rule: '' })} />}
      </div>
    </PageFrame>
  )
}
const none: readonly Rule[] = []

const NoRules = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <Empty title="No rule fits" icon="filter" />
  ) : (
    <Empty title="No rules loaded" icon="rules" command="castellan detect /var/log --rules rules">
      Put Sigma rules into the workspace’s <code>rules/</code> folder, and try them on files you have:
    </Empty>
  )

function RulePanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data: rule, error, refetch } = useRead('rule.show', { id })
  return (
    <SidePanel kind="Rule" title={rule?.title ?? '…'} onClose={onClose} actions={<Copy text={id} name="Copy id" />}>
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {rule ? <RuleDetail rule={rule} /> : error ? null : <Skeleton lines={10} />}
    </SidePanel>
  )
}

const RuleDetail = ({ rule }: { readonly rule: Output<'rule.show'> }) => (
  <>
    <div className="rows">
      <LevelBadge level={rule.level} />
      <RuleState state={rule.state} />
      <Badge title="how mature its author says it is">{rule.status}</Badge>
    </div>
    {rule.why === '' ? null : <p className="rule-why wrap">{rule.why}</p>}
    <Facts
      items={[
        [
          'Id',
          <code key="id" className="wrap">
            {rule.id}
          </code>,
        ],
        ['Log source', logsourceOf(rule)],
        ['Tactics', rule.tactics.map(tacticTitle).join(', ')],
        ['Techniques', rule.techniques.length === 0 ? '' : <Techniques key="techniques" ids={rule.techniques} />],
        [
          'Alerts',
          <Go key="alerts" to={places.alerts({ rule: rule.id, range: '30d' })}>
            {countText(rule.alerts)}
          </Go>,
        ],
        [
          'File',
          <code key="file" className="wrap">
            {rule.file}
          </code>,
        ],
      ]}
    />
    {rule.correlation ? <Correlation standing={rule.correlation} /> : null}
    <section className="block">
      <h3 className="row">
        Text <Copy text={rule.text} name="Copy the rule" />
      </h3>
      <pre className="source-text">{rule.text}</pre>
    </section>
  </>
)
