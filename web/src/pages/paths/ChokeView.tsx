// Where every path passes (where to detect), and the cheapest set of changes that closes the likely ones (what to fix).
import { Fragment } from 'react'
import type { NameOf } from '../../client/names.ts'
import { useRead } from '../../client/queries.ts'
import { chanceText } from '../../format/chance.ts'
import { countText, plural } from '../../format/number.ts'
import { places } from '../../frame/places.ts'
import { Badge, Button, Choice, Empty, Skeleton } from '../../parts/basics.tsx'
import { Chance } from '../../parts/Chance.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { chokeInput, goalText, type Choke } from './ask.ts'
import { AskTrouble } from './AskTrouble.tsx'
import type { ViewProps } from './QuestionBar.tsx'
import { assetOf, most, toggled } from './whatif.ts'
import type { Switches } from './WhatIf.tsx'

export function ChokeView(props: ViewProps) {
  const { question, set, profiles, nameOf, onChange } = props
  const goals = profiles.items.find(({ id }) => id === question.profile)?.goals ?? []
  const to = question.to || goals[0] || ''
  const { data, error, refetch, isPlaceholderData } = useRead('path.choke', chokeInput(question, to), {
    enabled: to !== '',
    keep: true,
  })
  if (to === '')
    return (
      <Empty title="Say what is to be reached" icon="paths">
        This attacker is after none of the model’s crown jewels. Choose a goal under To: data, a service or an asset.
      </Empty>
    )
  if (error) return <AskTrouble trouble={error} changes={question.changes} again={() => void refetch()} />
  return (
    <div className="paths-body" aria-busy={isPlaceholderData} data-old={isPlaceholderData || undefined}>
      {goals.length > 1 && (question.to === '' || goals.includes(question.to)) ? (
        <Choice
          label="Goal"
          value={to}
          options={goals.map((value) => ({ value, title: goalText(value, nameOf) }))}
          onChange={(next) => set({ to: next }, 'step')}
        />
      ) : null}
      {data ? (
        <>
          <p>
            {goalText(data.goal, nameOf)}, on the likeliest path:{' '}
            <Chance of={data.probability} means="that the likeliest path succeeds, with the changes that are on" />
          </p>
          {data.probability === 0 ? (
            <Empty title="No path leads there" icon="check">
              There is nothing to detect or to cut. Switch changes off, or choose another attacker or goal.
            </Empty>
          ) : (
            <div className="choke">
              <Points choke={data} nameOf={nameOf} />
              <Cut
                choke={data}
                changes={question.changes}
                onChange={onChange}
                below={question.below}
                onBelow={(below) => set({ below })}
              />
            </div>
          )}
        </>
      ) : (
        <Skeleton lines={10} />
      )}
    </div>
  )
}

/** The assets of the likeliest paths, and how likely it is to get round each. */
const Points = ({ choke, nameOf }: { readonly choke: Choke; readonly nameOf: NameOf }) => (
  <Panel
    title="Where to detect"
    hint="assets on the likeliest paths: those that every path passes are where one detection sees every attacker"
  >
    <ol className="points">
      {choke.points.map((point) => (
        <li key={point.assets.join(' ')} className="point">
          <div className="rows">
            {point.assets.map((asset) => (
              <Go key={asset} className="strong" to={places.asset(assetOf(asset))}>
                {nameOf(asset)}
              </Go>
            ))}
            {point.unavoidable ? (
              <Badge tone="accent" title="every path to the goal passes this asset">
                <Icon name="check" size={12} /> every path passes
              </Badge>
            ) : (
              <Badge title="the likeliest path that avoids this asset">
                way round: {chanceText(point.otherwise)}
                {point.otherwise >= choke.probability * 0.995 ? ', just as likely' : ''}
              </Badge>
            )}
            {point.detected ? (
              <Badge tone="good" title="a tested detection covers a step here">
                detected
              </Badge>
            ) : (
              <Badge tone="warn" title="no tested detection covers what happens here">
                undetected
              </Badge>
            )}
          </div>
          <p className="small quiet wrap">{point.steps.join(' → ')}</p>
          <p className="path-facts small">
            <Techniques ids={point.techniques.filter((id) => id !== '')} />
            <span className="faint" title="log sources that would show one of the steps">
              {point.seenBy.length === 0 ? 'no log would show it' : `seen by ${point.seenBy.join(', ')}`}
            </span>
          </p>
        </li>
      ))}
    </ol>
    {choke.facts.length > 0 ? (
      <p className="small quiet wrap">
        On every path the attacker{' '}
        {choke.facts.map((fact, at) => (
          <Fragment key={fact}>
            {at > 0 ? ', then ' : ''}
            <b>{fact}</b>
          </Fragment>
        ))}
        .
      </p>
    ) : choke.points.some(({ unavoidable }) => unavoidable) ? null : (
      <p className="small quiet">Paths have nothing in common but where they end: no single place stops them all.</p>
    )}
  </Panel>
)

const wishes = [
  { value: '', title: 'Usual', hint: 'a share of what is likeliest now, as the server has it' },
  { value: '0.01', title: '1 in 100', hint: 'no path may stay as likely as this' },
  { value: '0.001', title: '1 in 1,000', hint: 'no path may stay as likely as this' },
  { value: '0.0001', title: '1 in 10,000', hint: 'no path may stay as likely as this' },
] as const

interface CutProps extends Switches {
  readonly choke: Choke
  readonly below: number | undefined
  readonly onBelow: (below: string) => void
}
function Cut({ choke, below, onBelow, changes, onChange }: CutProps) {
  const { cut } = choke
  const wish = wishes.find(({ value }) => value !== '' && Number(value) === below)?.value ?? ''
  const missing = cut.changes.map(({ change }) => change).filter((change) => !changes.includes(change))
  const fits = changes.length + missing.length <= most
  return (
    <Panel title="What to fix" hint="the cheapest set of changes after which no path is as likely as wanted">
      <div className="rows">
        <span className="small faint">No path likelier than</span>
        <Choice label="No path likelier than" value={wish} options={wishes} onChange={onBelow} />
      </div>
      <CutSum choke={choke} />
      {cut.changes.length === 0 ? null : (
        <>
          <ul className="lines">
            {cut.changes.map(({ change, price }) => {
              const on = changes.includes(change)
              return (
                <li key={change} className="line">
                  <code className="fill wrap">{change}</code>
                  <span
                    className="number faint"
                    title="effort: 1 a setting, 3 a small project, 5 a large one, 8 to do without a flow"
                  >
                    {countText(price)}
                  </span>
                  <Button
                    on={on}
                    icon={on ? 'check' : 'play'}
                    aria-label={`Try it: ${change}`}
                    onClick={() => onChange(toggled(changes, change))}
                  >
                    {on ? 'On' : 'Try it'}
                  </Button>
                </li>
              )
            })}
          </ul>
          {missing.length > 1 ? (
            <div>
              <Button
                look="main"
                icon="play"
                disabled={!fits}
                title={fits ? undefined : `at most ${most} changes can be on`}
                onClick={() => onChange([...changes, ...missing])}
              >
                Try all {missing.length}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Panel>
  )
}

/** What the cut costs and leaves, and how sure that is. */
function CutSum({ choke: { cut } }: { readonly choke: Choke }) {
  if (cut.changes.length === 0)
    return cut.possible ? (
      <p className="quiet">No path is as likely as {chanceText(cut.below)} already.</p>
    ) : (
      <p className="quiet">
        No set of changes brings it below {chanceText(cut.below)}; what is left stays at{' '}
        <Chance of={cut.left} means="the likeliest path that no change closes" />.
      </p>
    )
  return (
    <>
      {cut.possible ? null : (
        <p className="cut-short">
          It cannot be brought below {chanceText(cut.below)}; this is the cheapest way to the lowest that can be had.
        </p>
      )}
      <dl className="cut-sum">
        <div title="sum of the efforts of the changes: 1 a setting, 3 a small project, 5 a large one">
          <dt>Price</dt>
          <dd className="number">{countText(cut.price)}</dd>
        </div>
        <div title={cut.exact ? 'proved: no cheaper set does it' : 'no set that does it is cheaper than this'}>
          <dt>At least</dt>
          <dd className="number">
            {countText(cut.atLeast)}{' '}
            <Badge tone={cut.exact ? 'good' : 'warn'}>{cut.exact ? 'proved cheapest' : 'not proved cheapest'}</Badge>
          </dd>
        </div>
        <div title="no path may stay as likely as this">
          <dt>Wanted</dt>
          <dd className="number">below {chanceText(cut.below)}</dd>
        </div>
        <div title={`the likeliest path after the changes; wanted was below ${chanceText(cut.below)}`}>
          <dt>Left</dt>
          <dd>
            <Chance of={cut.left} means="the likeliest path after the changes" />
          </dd>
        </div>
        <div title="paths that had to be looked at to know">
          <dt>Looked at</dt>
          <dd className="number">{plural(cut.paths, 'path')}</dd>
        </div>
      </dl>
    </>
  )
}
