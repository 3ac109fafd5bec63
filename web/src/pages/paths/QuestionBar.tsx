// Who attacks, from where, after what: the question that the page answers, kept in the address.
import type { NameOf } from '../../client/names.ts'
import type { Estate } from '../../client/nouns.ts'
import { plural } from '../../format/number.ts'
import { factorText } from '../../format/chance.ts'
import type { Url } from '../../frame/url.ts'
import { Button, Choice, Field } from '../../parts/basics.tsx'
import { counts, goalText, usualCount, usualProfile, type Profiles, type Question } from './ask.ts'
import { PickField } from './PickField.tsx'

/** What every view of the page is given. */
export interface ViewProps {
  readonly question: Question
  readonly set: Url['set']
  readonly profiles: Profiles
  readonly estate: Estate | undefined
  readonly nameOf: NameOf
  /** Other what-if switches. */
  readonly onChange: (changes: readonly string[]) => void
}

const places = (estate: Estate | undefined): { value: string; title: string }[] =>
  [...(estate?.assets ?? []), ...(estate?.people ?? [])].map(({ id, title }) => ({ value: id, title }))

export const QuestionBar = (props: ViewProps) =>
  props.question.view === 'blast' ? <Lost {...props} /> : <Attack {...props} />

const Lost = ({ question, set, estate }: ViewProps) => (
  <div className="question" role="search">
    <PickField
      label="What is lost"
      value={question.asset}
      placeholder="asset or people"
      options={places(estate)}
      hint="an attacker has full control of the asset, or acts as one of the people"
      onPick={(asset) => set({ asset, ...(asset === '' ? { from: '' } : {}) }, 'step')}
    />
  </div>
)

function Attack({ question, set, profiles, estate, nameOf }: ViewProps) {
  const { profile, from, to, k, unseen, view } = question
  const who = profiles.items.find(({ id }) => id === profile)
  const goals = [...new Set([...(who?.goals ?? []), ...profiles.jewels.map(({ id }) => id)])]
  return (
    <>
      <div className="question" role="search">
        <Field label="Who attacks">
          <select
            className="input"
            value={profile}
            onChange={({ target }) =>
              set({ profile: target.value === usualProfile ? '' : target.value, to: '' }, 'step')
            }
          >
            {who ? null : <option value={profile}>{profile} (unknown)</option>}
            {profiles.items.map(({ id, title, does }) => (
              <option key={id} value={id} title={does}>
                {title}
              </option>
            ))}
          </select>
        </Field>
        <PickField
          label="From"
          value={from}
          placeholder={who ? `where they start: ${plural(who.starts, 'place')}` : 'where they start'}
          options={places(estate)}
          hint="asset or people to start from, instead of where the attacker starts"
          onPick={(next) => set({ from: next }, 'step')}
        />
        <PickField
          label="To"
          value={to}
          placeholder="the crown jewels"
          options={goals.map((goal) => ({ value: goal, title: goalText(goal, nameOf) }))}
          hint="data, service or asset; also tamper:DATA and ransom:DATA"
          onPick={(next) => set({ to: next }, 'step')}
        />
        {view === 'paths' ? (
          <>
            <Field label="Paths a goal">
              <span>
                <Choice
                  label="Paths for each goal"
                  value={k}
                  options={counts.map((value) => ({
                    value,
                    title: value,
                    hint: `the ${value} likeliest for each goal`,
                  }))}
                  onChange={(next) => set({ k: next === usualCount ? '' : next })}
                />
              </span>
            </Field>
            <Button
              on={unseen}
              title="only paths that no tested detection covers"
              onClick={() => set({ unseen: unseen ? '' : 'yes' })}
            >
              Only undetected
            </Button>
          </>
        ) : null}
      </div>
      {who ? (
        <p className="small quiet question-who">
          {who.title} {who.does}.{' '}
          {Object.entries(who.skills).map(([skill, factor]) => (
            <span
              key={skill}
              className="badge"
              title={`chances of steps that need ${skill} are multiplied by ${factor}; an ordinary attacker has 1`}
            >
              {skill} × {factorText(factor)}
            </span>
          ))}
        </p>
      ) : null}
    </>
  )
}
