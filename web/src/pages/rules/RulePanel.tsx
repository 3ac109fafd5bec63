// One rule: how it stands and why, what the workspace says of it, its fields, what it would have found, why not, its tests, its text.
import { useRef, type ReactNode } from 'react'
import { call } from '../../client/client.ts'
import type { RuleDetail } from '../../client/nouns.ts'
import { useRead, useRefresh } from '../../client/queries.ts'
import { useKeys } from '../../frame/keys.ts'
import { places } from '../../frame/places.ts'
import { useGo } from '../../frame/url.ts'
import { countText } from '../../format/number.ts'
import { standingWords, tacticTitle } from '../../format/words.ts'
import { Badge, Button, Copy, Keys, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { Time } from '../../parts/Time.tsx'
import { Backtest } from './Backtest.tsx'
import { Correlation } from './Correlation.tsx'
import { useAsk } from './ask.ts'
import { Override } from './Override.tsx'
import { falseText, logsourceOf, originText } from './read.ts'
import { RuleFields } from './RuleFields.tsx'
import { RuleTests } from './RuleTests.tsx'
import { StandingBadge, TestBadge } from './Standing.tsx'
import { WhyNot } from './WhyNot.tsx'

export function RulePanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data: rule, error, refetch } = useRead('rule.show', { id })
  return (
    <SidePanel
      kind={rule?.correlation ? 'Correlation' : 'Rule'}
      title={rule?.title ?? '…'}
      onClose={onClose}
      actions={<Copy text={id} name="Copy id" />}
    >
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {rule ? <Detail rule={rule} /> : error ? null : <Skeleton lines={10} />}
    </SidePanel>
  )
}

function Detail({ rule }: { readonly rule: RuleDetail }) {
  const go = useGo()
  const backtest = useRef<() => void>(undefined)
  const whyNot = useRef<HTMLInputElement>(null)
  const refresh = useRefresh(['rule'])
  const tests = useAsk((signal) => call('rule.test', { id: rule.id, all: true }, signal), refresh)
  const edit = (): void => go(places.ruleEditor({ id: rule.id }))
  const runs = rule.state === 'running'
  const group = 'Rule'
  useKeys([
    { keys: 'e', does: 'open the rule in the editor', group, run: edit },
    { keys: 'b', does: 'try it on what is stored', group, run: () => backtest.current?.() },
    { keys: 'w', does: 'ask why it does not match an event', group, run: () => whyNot.current?.focus() },
    { keys: 't', does: 'run its tests', group, run: tests.ask },
  ])
  return (
    <>
      <div className="rows">
        <LevelBadge level={rule.level} />
        <StandingBadge standing={rule.standing} />
        <TestBadge tests={tests.data ? stateOf(tests.data) : rule.tests} />
        <Badge title="how mature its author says it is">{rule.status}</Badge>
      </div>
      <Why rule={rule} />
      <div className="rows">
        <Button icon="pencil" onClick={edit}>
          Edit <Keys keys="e" />
        </Button>
        {runs ? (
          <Button icon="clock" onClick={() => backtest.current?.()}>
            Backtest <Keys keys="b" />
          </Button>
        ) : null}
        <Button icon="check" busy={tests.busy} onClick={tests.ask}>
          Tests <Keys keys="t" />
        </Button>
      </div>
      <About rule={rule} />
      <Override rule={rule} />
      {rule.correlation ? <Correlation standing={rule.correlation} /> : null}
      {runs ? <Backtest rule={rule} start={backtest} /> : null}
      {runs && !rule.correlation ? <RuleFields id={rule.id} /> : null}
      {runs && !rule.correlation ? <WhyNot key={rule.id} rule={rule} field={whyNot} /> : null}
      <RuleTests asked={tests} />
      <section className="block">
        <h3 className="row">
          Text <Copy text={rule.text} name="Copy the rule" />
        </h3>
        <pre className="source-text" tabIndex={0} aria-label="Text of the rule">
          {rule.text}
        </pre>
      </section>
    </>
  )
}

const stateOf = ({ passed, failed }: { passed: number; failed: number }): RuleDetail['tests'] =>
  failed > 0 ? 'failed' : passed > 0 ? 'passed' : 'none'

/** Why it stands as it does, and what can be done. */
function Why({ rule }: { readonly rule: RuleDetail }) {
  const { means, next } = standingWords[rule.standing]
  const why = rule.standingWhy || rule.why
  const isFine = rule.standing === 'running'
  if (isFine && why === '') return null
  return (
    <div className="rule-why" data-fine={isFine || undefined}>
      <p className="wrap">{why === '' ? means : why}</p>
      {next === '' ? null : (
        <p className="small wrap">
          <Icon name="arrow" size={12} /> {next}
        </p>
      )}
    </div>
  )
}

const About = ({ rule }: { readonly rule: RuleDetail }) => (
  <Facts
    items={[
      ['Log source', logsourceOf(rule)],
      ['Tactics', rule.tactics.map(tacticTitle).join(', ')],
      ['Techniques', rule.techniques.length === 0 ? '' : <Techniques key="techniques" ids={rule.techniques} />],
      ['Hits', <Hits key="hits" rule={rule} />],
      ['False alarms', falseText(rule)],
      [
        'Part of',
        rule.feeds.length === 0 ? (
          ''
        ) : (
          <List key="feeds">
            {rule.feeds.map(({ id, title }) => (
              <Go key={id} to={places.rule(id)} className="wrap">
                {title}
              </Go>
            ))}
          </List>
        ),
      ],
      [
        'From',
        <span key="from" className="wrap">
          {originText(rule.origin)}
          {rule.origin.from === 'pack' ? (
            <>
              {' '}
              <Copy text={rule.origin.revision} name="Copy the pinned commit" />
            </>
          ) : null}
        </span>,
      ],
      [
        'File',
        <code key="file" className="wrap" title={rule.file}>
          {rule.origin.path}
        </code>,
      ],
      [
        'Id',
        <code key="id" className="wrap">
          {rule.id}
        </code>,
      ],
    ]}
  />
)

const List = ({ children }: { readonly children: readonly ReactNode[] }) => (
  <ul>
    {children.map((child, at) => (
      <li key={at}>{child}</li>
    ))}
  </ul>
)

const Hits = ({ rule: { id, hits, alerts, lastHit } }: { readonly rule: RuleDetail }) =>
  lastHit === null ? (
    <span className="faint">never</span>
  ) : (
    <span className="rows">
      <Go to={places.alerts({ rule: id, range: '30d' })} title={`${countText(alerts)} of them are stored as alerts`}>
        {countText(hits)}
      </Go>
      <span className="quiet">
        the last on <Time at={lastHit} />
      </span>
    </span>
  )
