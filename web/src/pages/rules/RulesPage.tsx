// What is detected: every rule with how it stands, and why it finds nothing when it cannot.
import './rules.css'
import { useCallback, useMemo } from 'react'
import { call } from '../../client/client.ts'
import { may } from '../../client/may.ts'
import { isLevel, type Rule } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { places, type Params } from '../../frame/places.ts'
import { useKeys } from '../../frame/keys.ts'
import { useGo, useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { standings } from '../../format/words.ts'
import { Button, Empty, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelChoice } from '../../parts/LevelChoice.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { useAsk } from './ask.ts'
import { ruleColumns } from './columns.tsx'
import { Drafts } from './Drafts.tsx'
import { kindOf, kinds, kindWords, ofKind } from './read.ts'
import { RulePanel } from './RulePanel.tsx'
import { StandingCounts } from './Standing.tsx'

const keyOf = (rule: Rule): string => rule.id
const none: readonly Rule[] = []

export function Page() {
  const { params, set } = useUrl()
  const standing = standings.find((name) => name === params['standing'])
  const level = isLevel(params['level']) ? params['level'] : undefined
  const kind = kindOf(params['kind'])
  const q = params['q'] ?? ''
  const { data, error, refetch } = useRead(
    'rule.list',
    { ...(standing ? { standing } : {}), ...(level ? { level } : {}), ...(q ? { q } : {}) },
    { keep: true },
  )
  const rows = useMemo(() => ofKind(data?.items ?? none, kind), [data, kind])
  const chosen = params['rule']
  const open = useCallback((rule: Rule) => set({ rule: rule.id }), [set])
  return (
    <PageFrame
      title="Rules"
      lead={data ? plural(rows.length, 'rule') : null}
      actions={<Actions onTested={() => void refetch()} />}
      fixed
    >
      <StandingCounts counts={data?.standings} chosen={standing} onChoose={(next) => set({ standing: next ?? '' })} />
      <div className="filters" role="search">
        <SearchField value={q} label="Text in title, id, technique, file" onSearch={(text) => set({ q: text })} />
        <LevelChoice level={level} from="low" of="rules" onChange={(next) => set({ level: next })} />
        <select
          className="input"
          aria-label="Kind of rules"
          title={kindWords[kind].means}
          value={kind}
          onChange={(event) => set({ kind: event.target.value === 'all' ? '' : event.target.value })}
        >
          {kinds.map((value) => (
            <option key={value} value={value} title={kindWords[value].means}>
              {kindWords[value].title}
            </option>
          ))}
        </select>
      </div>
      <div className="with-side">
        {error && !data ? (
          <TroubleNote trouble={error} again={() => void refetch()} />
        ) : (
          <DataTable
            name="Rules"
            rows={rows}
            columns={ruleColumns}
            keyOf={keyOf}
            selected={chosen}
            onOpen={open}
            loading={!data}
            empty={<NoRules params={params} clear={() => set({ q: '', standing: '', kind: '', level: '' })} />}
          />
        )}
        {chosen === undefined ? null : <RulePanel key={chosen} id={chosen} onClose={() => set({ rule: '' })} />}
      </div>
    </PageFrame>
  )
}

/** New rules, drafts that wait, the tests of all rules, and the way to the matrix. */
function Actions({ onTested }: { readonly onTested: () => void }) {
  const go = useGo()
  const { role } = useActor()
  const tests = useAsk((signal) => call('rule.test', {}, signal), onTested)
  useKeys([
    { keys: 'n', does: 'write a new rule', group: 'Page', run: () => go(places.ruleEditor()) },
    { keys: 'T', does: 'run the tests of all rules', group: 'Page', run: tests.ask },
  ])
  const { data } = tests
  return (
    <>
      {tests.error ? <span className="small warn-text">{tests.error.message}</span> : null}
      {data ? (
        <span className="small quiet" role="status">
          {data.passed + data.failed === 0
            ? 'no rule has tests'
            : `${plural(data.passed, 'test')} passed, ${data.failed} failed; ${plural(data.proven, 'rule')} proven`}
          {data.problems.length > 0 ? `; ${plural(data.problems.length, 'file')} cannot be read` : ''}
        </span>
      ) : null}
      <Drafts />
      <Button icon="play" busy={tests.busy} title="run the tests of all rules (T)" onClick={tests.ask}>
        {tests.busy ? 'Testing…' : 'Run tests'}
      </Button>
      <Go className="button button-plain" to={places.coverage()}>
        <Icon name="matrix" size={14} /> Coverage
      </Go>
      <Go
        className="button button-main"
        to={places.ruleEditor()}
        title={may(role, 'rule.save') ? 'write a new rule (n)' : 'write a rule, try it and download it (n)'}
      >
        <Icon name="plus" size={14} /> New rule
      </Go>
    </>
  )
}

const NoRules = ({ params, clear }: { readonly params: Params; readonly clear: () => void }) =>
  ['q', 'standing', 'kind', 'level'].some((name) => (params[name] ?? '') !== '') ? (
    <Empty title="No rule fits" icon="filter">
      <Button onClick={clear}>Show all rules</Button>
    </Empty>
  ) : (
    <Empty title="No rules loaded" icon="rules" command="castellan detect /var/log --rules rules">
      Put Sigma rules into the workspace’s <code>rules/</code> folder, <Go to={places.ruleEditor()}>write one here</Go>,
      or name a pack in <code>castellan.yaml</code>. Try rules on files you have:
    </Empty>
  )
