// Hunts kept under a name: what is shown can be saved, the others opened; those with a schedule say what their last runs counted.
import { useState, type FormEvent } from 'react'
import { may } from '../../client/may.ts'
import type { Output } from '../../client/nouns.ts'
import { useRead, useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { places } from '../../frame/places.ts'
import { countText, plural } from '../../format/number.ts'
import { lastText } from '../../format/range.ts'
import { durationText, tableTimeText } from '../../format/time.ts'
import { Badge, Button, Empty, Field, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { SidePanel } from '../../parts/Panel.tsx'
import { Ago, Time } from '../../parts/Time.tsx'
import type { HuntUrl } from './state.ts'

type Hunt = Output<'hunt.list'>['items'][number]

export function SavedPanel({ hunt }: { readonly hunt: HuntUrl }) {
  const { role } = useActor()
  const { data, error, refetch } = useRead('hunt.list', {})
  const mayChange = may(role, 'hunt.save')
  return (
    <SidePanel kind="Hunts" title="Saved" onClose={() => hunt.setSaved(false)}>
      {mayChange ? <SaveForm key={hunt.q} hunt={hunt} taken={data?.items ?? []} /> : null}
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data ? null : error ? null : <Skeleton lines={6} />}
      {data?.items.length === 0 ? (
        <Empty title="Nothing saved yet" icon="bookmark">
          A saved hunt keeps its search and time under a name. With a schedule it runs by itself and counts.
        </Empty>
      ) : null}
      <ul className="saved">
        {data?.items.map((one) => (
          <SavedHunt key={one.name} hunt={one} mayChange={mayChange} />
        ))}
      </ul>
    </SidePanel>
  )
}

const schedules = [
  ['', 'only when asked'],
  ['0 * * * *', 'every hour'],
  ['0 6 * * *', 'every day, 06:00 UTC'],
  ['0 6 * * 1', 'every Monday, 06:00 UTC'],
] as const

/** A name as they are written: small letters, digits and hyphens. */
const nameText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 64)

function SaveForm({ hunt, taken }: { readonly hunt: HuntUrl; readonly taken: readonly Hunt[] }) {
  const [name, setName] = useState('')
  const [schedule, setSchedule] = useState('')
  const [description, setDescription] = useState('')
  const write = useWrite('hunt.save', () => setName(''))
  const { q, range } = hunt
  const since = range.kind === 'last' ? range.text : '24h'
  const isTaken = taken.some((one) => one.name === name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    write.mutate({ name: name.replace(/-$/, ''), q, since, description, ...(schedule === '' ? {} : { schedule }) })
  }
  if (q === '') return <p className="quiet">Write a search to save it.</p>
  return (
    <form className="stack save-form" onSubmit={submit}>
      <p className="mono wrap boxed" title="the search that is saved">
        {q}
      </p>
      <Field
        label="Name"
        hint={isTaken ? 'there is one of this name; saving replaces it' : 'small letters, digits and hyphens'}
      >
        <input
          className="input mono"
          required
          value={name}
          placeholder="failed-logins"
          onChange={(event) => setName(nameText(event.target.value))}
        />
      </Field>
      <Field label="What it is for">
        <input
          className="input"
          maxLength={1000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <Field label="Runs" hint={`looks at the ${lastText(since)} each time`}>
        <select className="input" value={schedule} onChange={(event) => setSchedule(event.target.value)}>
          {schedules.map(([cron, title]) => (
            <option key={cron} value={cron}>
              {title}
            </option>
          ))}
        </select>
      </Field>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
      <div className="rows">
        <Button look="main" type="submit" icon="bookmark" busy={write.isPending} disabled={name === ''}>
          {isTaken ? 'Replace' : 'Save'}
        </Button>
        {write.data ? <span className="small quiet">{write.data.name} is saved</span> : null}
      </div>
    </form>
  )
}

function SavedHunt({ hunt, mayChange }: { readonly hunt: Hunt; readonly mayChange: boolean }) {
  const [sure, setSure] = useState(false)
  const remove = useWrite('hunt.remove')
  const { name, q, since, schedule, description, by, saved, next, runs } = hunt
  return (
    <li className="saved-hunt">
      <div className="row">
        <Go className="strong fill cut" to={places.hunt({ q, range: since })} title={`${q}, ${lastText(since)}`}>
          {name}
        </Go>
        {schedule === '' ? null : (
          <Badge tone="accent" title={next === null ? schedule : `${schedule}; next at ${tableTimeText(next)}`}>
            {schedules.find(([cron]) => cron === schedule)?.[1] ?? schedule}
          </Badge>
        )}
        {mayChange ? (
          <Button
            look={sure ? 'danger' : 'quiet'}
            busy={remove.isPending}
            onClick={() => (sure ? remove.mutate({ name }) : setSure(true))}
          >
            {sure ? 'Remove for good' : 'Remove'}
          </Button>
        ) : null}
      </div>
      {description === '' ? null : <p className="quiet wrap">{description}</p>}
      <p className="mono small wrap">{q}</p>
      <p className="small faint">
        {lastText(since)}, saved by {by} <Ago at={saved} />
      </p>
      {runs.length === 0 ? null : <Runs runs={runs} />}
    </li>
  )
}

/** The last runs: bars from the oldest to the newest, and what the newest said. */
function Runs({ runs }: Pick<Hunt, 'runs'>) {
  const [newest] = runs
  const most = Math.max(1, ...runs.map(({ count }) => count ?? 0))
  if (!newest) return null
  return (
    <div className="saved-runs">
      <span className="saved-bars" aria-hidden="true">
        {runs
          .slice(0, 24)
          .toReversed()
          .map(({ at, count, error }) => (
            <span
              key={at}
              className="saved-bar"
              data-failed={error !== '' || undefined}
              title={`${tableTimeText(at)}: ${error === '' ? countText(count ?? 0) : error}`}
              style={{ height: `${Math.max(8, ((count ?? 0) / most) * 100)}%` }}
            />
          ))}
      </span>
      <span className="small number">
        {newest.error === '' ? (
          <>
            <b title="events or rows that the newest run found">{countText(newest.count ?? 0)}</b>
            <span className="quiet"> {newest.before === null ? '' : `after ${countText(newest.before)}, `}</span>
            <Time at={newest.at} />
            <span className="faint"> in {durationText(newest.took)}</span>
          </>
        ) : (
          <span className="warn-text">{newest.error}</span>
        )}
      </span>
      <span className="small faint">{plural(runs.length, 'run')} kept</span>
    </div>
  )
}
