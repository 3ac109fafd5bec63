// One technique: its rules and how they stand, its sub-techniques, the places on attack paths where nobody would see it.
import { useNames } from '../../client/names.ts'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { standings } from '../../format/words.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { SidePanel } from '../../parts/Panel.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { StandingBadge, TestBadge } from '../rules/Standing.tsx'
import { MissingBadge } from './GapList.tsx'
import { type Cell, stateWords } from './matrix.ts'
import { StateMark, tellOf } from './MatrixTable.tsx'

const mostRules = 30

export function TechniquePanel({ cell, onClose }: { readonly cell: Cell; readonly onClose: () => void }) {
  const { technique, state, parts, gaps } = cell
  return (
    <SidePanel kind="Technique" title={technique} onClose={onClose}>
      <div className="technique-state">
        <StateMark state={state} />
        <p>
          <b>{stateWords[state].title}</b> <span className="quiet">{tellOf(cell)}</span>
        </p>
      </div>
      <p>
        <Techniques ids={[technique]} /> <span className="small faint">what ATT&CK says of it</span>
      </p>
      <Rules technique={technique} />
      {parts.length > 1 || parts[0]?.technique !== technique ? <Parts parts={parts} /> : null}
      <Gaps gaps={gaps} />
    </SidePanel>
  )
}

function Rules({ technique }: { readonly technique: string }) {
  const { data, error, refetch } = useRead('rule.list', { q: technique, limit: 500 })
  const rules = (data?.items ?? [])
    .filter(({ techniques }) => techniques.some((one) => one === technique || one.startsWith(`${technique}.`)))
    .sort((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing) || b.hits - a.hits)
  return (
    <section className="block">
      <h3>{data ? plural(rules.length, 'rule') : 'Rules'}</h3>
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={4} /> : null}
      {data && rules.length === 0 ? (
        <p className="quiet">
          No rule names it. <Go to={places.ruleEditor()}>Write one</Go>
        </p>
      ) : null}
      <ul className="technique-rules">
        {rules.slice(0, mostRules).map((rule) => (
          <li key={rule.id}>
            <LevelMark level={rule.level} />
            <Go to={places.rule(rule.id)} className="wrap">
              {rule.title}
            </Go>
            <span className="rows">
              <StandingBadge standing={rule.standing} why={rule.standingWhy} />
              {rule.tests === 'passed' || rule.tests === 'failed' ? <TestBadge tests={rule.tests} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {rules.length > mostRules ? (
        <Go to={places.rules({ q: technique })}>all {plural(rules.length, 'rule')}</Go>
      ) : null}
    </section>
  )
}

const Parts = ({ parts }: { readonly parts: Cell['parts'] }) => (
  <section className="block">
    <h3 title="as rules name them">Sub-techniques</h3>
    <ul className="lines">
      {parts.map((part) => (
        <li key={part.technique} className="line">
          <StateMark state={part.state} />
          <span className="line-name mono">{part.technique}</span>
          <span className="quiet small">
            {plural(part.tested + part.running, 'rule')} at work, {part.waiting + part.idle} not
          </span>
        </li>
      ))}
    </ul>
  </section>
)

function Gaps({ gaps }: { readonly gaps: Cell['gaps'] }) {
  const { nameOf } = useNames()
  if (gaps.length === 0) return null
  return (
    <section className="block">
      <h3 title="steps of the likeliest attack paths in the model">Unseen on attack paths</h3>
      <ul className="technique-gaps">
        {gaps.map((gap) => (
          <li key={`${gap.technique}${gap.asset}`}>
            <span className="rows">
              <Go to={places.asset(gap.asset)}>{nameOf(gap.asset)}</Go>
              <MissingBadge gap={gap} />
            </span>
            <span className="quiet wrap">{gap.text}</span>
            <span className="small faint wrap">
              leads to {gap.goals.map((goal) => nameOf(goal.slice(goal.indexOf(':') + 1))).join(', ')}
              {gap.seenBy.length > 0 ? `; it would be seen in ${gap.seenBy.join(', ')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
