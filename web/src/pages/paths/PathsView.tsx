// The goals and how likely each is reached, and the likeliest paths to them.
import { useRead } from '../../client/queries.ts'
import { plural } from '../../format/number.ts'
import { Empty, Skeleton } from '../../parts/basics.tsx'
import { listInput } from './ask.ts'
import { Goals } from './Goals.tsx'
import { PathCard } from './PathCard.tsx'
import { AskTrouble } from './AskTrouble.tsx'
import type { ViewProps } from './QuestionBar.tsx'

export function PathsView({ question, set, profiles, estate, nameOf, onChange }: ViewProps) {
  const { changes, profile, to } = question
  const usual = profiles.items.find(({ id }) => id === profile)?.goals ?? []
  const { data, error, refetch, isPlaceholderData } = useRead('path.list', listInput(question, usual), { keep: true })
  const { data: before } = useRead('path.list', listInput({ ...question, changes: [] }, usual), {
    enabled: changes.length > 0,
    keep: true,
  })
  if (error) return <AskTrouble trouble={error} changes={question.changes} again={() => void refetch()} />
  if (!data) return <Skeleton lines={14} />
  const goals = data.goals
  const isWanted = (goal: string): boolean => to === '' || !usual.includes(to) || goal === to
  const paths = data.items.filter(({ goal }) => isWanted(goal))
  return (
    <div className="paths-body" aria-busy={isPlaceholderData} data-old={isPlaceholderData || undefined}>
      <Goals
        goals={goals}
        before={changes.length > 0 ? before?.goals : undefined}
        chosen={to}
        nameOf={nameOf}
        onChoose={(goal) => set({ to: goal === to ? '' : goal }, 'step')}
      />
      <section className="block" aria-label="Paths">
        <h2 className="paths-title" title="paths of the same shape over assets just alike count as one">
          {to === '' ? 'Likeliest paths' : 'Likeliest paths to this goal'}{' '}
          <span className="faint number">{paths.length}</span>
        </h2>
        {paths.map((path, at) => (
          <PathCard
            key={`${path.goal} ${path.summary} ${path.start}`}
            path={path}
            rank={at + 1}
            open={at === 0}
            switches={{ changes, onChange }}
            estate={estate}
            nameOf={nameOf}
          />
        ))}
        {paths.length === 0 ? <NoPaths goals={goals.length} unseen={question.unseen} changed={changes.length} /> : null}
      </section>
    </div>
  )
}

const NoPaths = ({
  goals,
  unseen,
  changed,
}: {
  readonly goals: number
  readonly unseen: boolean
  readonly changed: number
}) =>
  goals === 0 ? (
    <Empty title="No crown jewels" icon="paths">
      Nothing in the model is worth most to this attacker. Mark data as critical or give services their revenue an hour,
      or say under To what is to be reached.
    </Empty>
  ) : unseen ? (
    <Empty title="Every path is covered" icon="check">
      A tested detection covers a step of every path that was found. Look at all paths to see which.
    </Empty>
  ) : changed > 0 ? (
    <Empty title="No path is left" icon="check">
      With {plural(changed, 'change')} nobody gets there any more. Switch changes off one by one to see which are
      needed.
    </Empty>
  ) : (
    <Empty title="No path leads there" icon="check">
      From where this attacker starts nothing leads to the goal, as far as the model says. Try another attacker, or
      start from an asset.
    </Empty>
  )
