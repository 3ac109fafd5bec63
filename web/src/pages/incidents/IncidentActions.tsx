// What can be done with an incident: move it on, give it to somebody, write a note. All of it stands in the ledger.
import { useState } from 'react'
import { may } from '../../client/may.ts'
import { useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { incidentStates, type Incident, type IncidentState } from '../../client/nouns.ts'
import { incidentStateWords } from '../../format/words.ts'
import { Button, Field, TroubleNote } from '../../parts/basics.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { keepDraft, readDraft } from './draft.ts'

/** States a person may choose; `observed` is the program's own. */
const choosable = incidentStates.filter((state) => state !== 'observed')

export function IncidentActions({ incident }: { readonly incident: Incident }) {
  const actor = useActor()
  if (!may(actor.role, 'incident.set-state'))
    return (
      <Panel title="Work on it">
        <p className="quiet">
          Your role ({actor.role}) reads incidents. An analyst, engineer or admin can change this one.
        </p>
      </Panel>
    )
  return (
    <Panel title="Work on it" hint="every change is written in the timeline and in the ledger, with your name">
      <State incident={incident} />
      <Assign incident={incident} name={actor.name} />
      <Note incident={incident} />
    </Panel>
  )
}

function State({ incident }: { readonly incident: Incident }) {
  const write = useWrite('incident.set-state')
  const next = (state: IncidentState): void => write.mutate({ id: incident.id, state })
  return (
    <div className="stack">
      <div className="steps" role="group" aria-label="State">
        {choosable.map((state) => (
          <button
            key={state}
            type="button"
            className="step"
            aria-pressed={state === incident.state}
            disabled={write.isPending || state === incident.state}
            title={incidentStateWords[state].means}
            onClick={() => next(state)}
          >
            {incidentStateWords[state].title}
          </button>
        ))}
      </div>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
    </div>
  )
}

function Assign({ incident, name }: { readonly incident: Incident; readonly name: string }) {
  const [who, setWho] = useState(incident.assignee)
  const write = useWrite('incident.assign', (changed) => setWho(changed.assignee))
  const give = (assignee: string): void => write.mutate({ id: incident.id, assignee })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        give(who.trim())
      }}
    >
      <Field label="Assigned to">
        <span className="row">
          <input
            className="input fill"
            value={who}
            placeholder="nobody"
            maxLength={100}
            onChange={(event) => setWho(event.target.value)}
          />
          {who.trim() === incident.assignee ? null : (
            <Button type="submit" busy={write.isPending}>
              Assign
            </Button>
          )}
          {incident.assignee === name ? null : (
            <Button icon="person" busy={write.isPending} onClick={() => give(name)}>
              Take it
            </Button>
          )}
        </span>
      </Field>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
    </form>
  )
}

function Note({ incident }: { readonly incident: Incident }) {
  const [text, setText] = useState(() => readDraft(incident.id))
  const type = (value: string): void => {
    setText(value)
    keepDraft(incident.id, value)
  }
  const write = useWrite('incident.note', () => type(''))
  const send = (): void => {
    if (text.trim() !== '') write.mutate({ id: incident.id, text: text.trim() })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field label="Note" hint="what you found, decided or did; Ctrl or ⌘ with Enter writes it">
        <textarea
          className="input"
          rows={3}
          maxLength={10_000}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
          }}
        />
      </Field>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
      <Button look="main" type="submit" icon="note" busy={write.isPending} disabled={text.trim() === ''}>
        Write the note
      </Button>
    </form>
  )
}
