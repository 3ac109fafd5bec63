// The goals of the attacker: how likely each is reached, and how likely unseen; with switches on, also what it was before.
import type { NameOf } from '../../client/names.ts'
import { chanceText, percentText } from '../../format/chance.ts'
import { Badge } from '../../parts/basics.tsx'
import { Chance } from '../../parts/Chance.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { goalText, type Reached } from './ask.ts'

interface GoalsProps {
  readonly goals: readonly Reached[]
  /** The same without the switches that are on. */
  readonly before: readonly Reached[] | undefined
  readonly chosen: string
  readonly nameOf: NameOf
  readonly onChoose: (goal: string) => void
}

export const Goals = ({ goals, before, chosen, nameOf, onChoose }: GoalsProps) =>
  goals.length === 0 ? null : (
    <Panel
      title="Goals"
      hint="probabilities are of the single likeliest path: the product of its steps, each counted once"
    >
      <div className="scroll-x">
        <table className="plain-table goals">
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col" title="that an attacker who tries succeeds on the likeliest path">
                Likeliest path
              </th>
              {before ? (
                <th scope="col" title="without the changes that are switched on">
                  Before
                </th>
              ) : null}
              <th scope="col" title="that it succeeds on a path on which no step is covered by a tested detection">
                Undetected
              </th>
              <th scope="col">
                <span className="hidden-text">How sure</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {goals.map((goal) => (
              <GoalRow
                key={goal.goal}
                goal={goal}
                before={before && (before.find((one) => one.goal === goal.goal) ?? goal)}
                chosen={goal.goal === chosen}
                name={goalText(goal.goal, nameOf)}
                onChoose={() => onChoose(goal.goal)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )

interface GoalRowProps {
  readonly goal: Reached
  readonly before: Reached | undefined
  readonly chosen: boolean
  readonly name: string
  readonly onChoose: () => void
}
const GoalRow = ({ goal, before, chosen, name, onChoose }: GoalRowProps) => (
  <tr data-chosen={chosen || undefined}>
    <th scope="row">
      <button
        type="button"
        className="value-button"
        aria-pressed={chosen}
        title={chosen ? 'Show all goals' : 'Show only paths to this goal'}
        onClick={onChoose}
      >
        {name}
      </button>
    </th>
    <td>
      {goal.reachable ? (
        <Chance of={goal.probability} means="that the likeliest path succeeds" />
      ) : (
        <Badge tone="good" title="nothing in the model leads there from where the attacker starts">
          no path
        </Badge>
      )}
    </td>
    {before ? (
      <td>
        <Change before={before} now={goal} />
      </td>
    ) : null}
    <td>
      {goal.undetected === 0 && goal.reachable ? (
        <Badge tone="good" title="a tested detection covers a step of every path">
          every path is covered
        </Badge>
      ) : goal.reachable ? (
        <Chance of={goal.undetected} means="that the likeliest path succeeds that no tested detection covers" />
      ) : (
        <span className="faint">–</span>
      )}
    </td>
    <td>
      <HowSure goal={goal} />
    </td>
  </tr>
)

/** What a search that was cut off leaves open: a likelier path, or only further ones. */
const HowSure = ({ goal }: { readonly goal: Reached }) =>
  goal.exact ? null : !isSure(goal) ? (
    <Badge
      tone="warn"
      title={`the search was cut off: a likelier path may exist, but none likelier than ${percentText(goal.atMost)}`}
    >
      perhaps up to {chanceText(goal.atMost)}
    </Badge>
  ) : (
    <Badge
      title={`the search was cut off: this is the likeliest path, and none that is not listed is likelier than ${percentText(goal.atMost)}`}
    >
      others below {chanceText(goal.atMost)}
    </Badge>
  )

/** Whether the likeliest path that was found surely is the likeliest. */
const isSure = (goal: Reached): boolean => goal.exact || goal.atMost <= goal.probability

/** What it was, and how many times less (or more) likely it is now; no factor of figures that are not sure. */
function Change({ before, now }: { readonly before: Reached; readonly now: Reached }) {
  if (!before.reachable) return <span className="faint">{now.reachable ? 'no path' : 'no path either'}</span>
  return (
    <span className="rows">
      <Chance of={before.probability} means="that the likeliest path succeeds without the changes" short />
      <Times
        times={now.reachable ? before.probability / now.probability : Infinity}
        sure={isSure(before) && isSure(now)}
      />
    </span>
  )
}

function Times({ times, sure }: { readonly times: number; readonly sure: boolean }) {
  if (times === Infinity) return <Badge tone="good">closed</Badge>
  if (!sure)
    return (
      <span
        className="faint small"
        title="a search was cut off, before or after the changes: both figures may be too low"
      >
        not comparable
      </span>
    )
  if (Math.abs(times - 1) < 0.005) return <span className="faint small">no change</span>
  return (
    <Badge tone={times > 1 ? 'good' : 'bad'} title="how many times less (or more) likely the changes make it">
      {times > 1 ? `${timesText(times)} less` : `${timesText(1 / times)} more`}
    </Badge>
  )
}
const timesText = (times: number): string => `${Number(times.toPrecision(2)).toLocaleString('en-US')} ×`
