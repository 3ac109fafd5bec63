// What was decided about a threat, and the form to decide: it writes decisions/threats.yaml and shows what changed in the file.
import { useState, type ChangeEvent, type FormEvent } from 'react'
import { may } from '../../client/may.ts'
import type { Output } from '../../client/nouns.ts'
import { useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { plural } from '../../format/number.ts'
import { Button, Choice, Field, TroubleNote } from '../../parts/basics.tsx'
import { Facts } from '../../parts/Panel.tsx'
import { dayText, decisionOf, wrongWith, type Draft } from './draft.ts'
import { decisionKinds, decisionWords, diffLines, type Threat } from './read.ts'

export function Decide({ threat }: { readonly threat: Threat }) {
  const actor = useActor()
  const [open, setOpen] = useState(false)
  const write = useWrite('threat.decide', () => setOpen(false))
  const { decision } = threat
  return (
    <section className="block">
      <h4>Decision</h4>
      {decision ? <Decided decision={decision} /> : open ? null : <p className="quiet">Nothing is decided about it.</p>}
      {write.data ? <Written written={write.data} /> : null}
      {!may(actor.role, 'threat.decide') ? (
        <p className="small faint">Your role ({actor.role}) reads threats. An engineer or admin can decide.</p>
      ) : open ? (
        <DecideForm
          threat={threat}
          owner={actor.name}
          write={(draft) => write.mutate(decisionOf(draft))}
          busy={write.isPending}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <div>
          <Button icon="note" onClick={() => setOpen(true)}>
            {decision ? 'Decide anew' : 'Decide'}
          </Button>
        </div>
      )}
      {write.error ? <TroubleNote trouble={write.error} /> : null}
    </section>
  )
}

const Decided = ({ decision }: { readonly decision: NonNullable<Threat['decision']> }) => (
  <Facts
    items={[
      [
        'Decided',
        <span key="decision" className="strong" title={decisionWords[decision.decision].means}>
          {decisionWords[decision.decision].title}
        </span>,
      ],
      ['Reason', decision.reason],
      ['Owner', decision.owner],
      ['Until', decision.until ?? ''],
      ['Control', decision.control ?? ''],
      ['Written in', <code key="file" className="wrap">{`${decision.file}:${decision.line}`}</code>],
    ]}
  />
)

const Written = ({ written }: { readonly written: Output<'threat.decide'> }) => (
  <div className="written" role="status">
    <p>
      Written to <code>{written.file}</code>, about {plural(written.threats.length, 'threat')}. Commit the file to keep
      it.
    </p>
    <pre className="diff" tabIndex={0} aria-label={`What changed in ${written.file}`}>
      {diffLines(written.diff).map(({ text, kind }, at) => (
        <span key={at} data-kind={kind}>
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  </div>
)

interface DecideFormProps {
  readonly threat: Threat
  readonly owner: string
  readonly busy: boolean
  readonly write: (draft: Draft) => void
  readonly onCancel: () => void
}
function DecideForm({ threat, owner, busy, write, onCancel }: DecideFormProps) {
  const before = threat.decision
  const [draft, setDraft] = useState<Draft>({
    threat: threat.id,
    decision: before?.decision ?? 'mitigated',
    reason: before?.reason ?? '',
    owner: before?.owner ?? owner,
    until: before?.until ?? '',
    control: before?.control ?? '',
  })
  const [tried, setTried] = useState(false)
  const today = dayText(new Date())
  const wrong = wrongWith(draft, today)
  const type =
    (field: keyof Draft) =>
    (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void =>
      setDraft({ ...draft, [field]: event.target.value })
  const shown = (field: keyof Draft): string | undefined => (tried ? wrong[field] : undefined)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(wrong).length === 0) write(draft)
  }
  const { decision } = draft
  return (
    <form className="stack decide" onSubmit={submit} noValidate>
      <Choice
        label="Decision"
        value={decision}
        options={decisionKinds.map((value) => ({
          value,
          title: decisionWords[value].title,
          hint: decisionWords[value].means,
        }))}
        onChange={(next) => setDraft({ ...draft, decision: next })}
      />
      <p className="small quiet">{decisionWords[decision].means}.</p>
      <Field label="Reason" hint="for whoever reads it in a year" wrong={shown('reason')}>
        <textarea className="input" rows={3} maxLength={2000} value={draft.reason} onChange={type('reason')} />
      </Field>
      <div className="decide-two">
        <Field label="Owner" hint="who answers for it" wrong={shown('owner')}>
          <input className="input" maxLength={100} value={draft.owner} onChange={type('owner')} />
        </Field>
        <Field
          label={decision === 'accepted' ? 'Until' : 'Until (optional)'}
          hint="last day on which it holds; then the threat is open again"
          wrong={shown('until')}
        >
          <input className="input" type="date" min={today} value={draft.until} onChange={type('until')} />
        </Field>
      </div>
      {decision === 'mitigated' || decision === 'transferred' ? (
        <Field
          label="Control (optional)"
          hint={decision === 'mitigated' ? 'what makes it harmless' : 'to whom it is transferred'}
        >
          <input className="input" maxLength={300} value={draft.control} onChange={type('control')} />
        </Field>
      ) : null}
      <Field
        label="About"
        hint={
          <>
            id of the threat; * stands for any letters, <code>{threat.rule}@*</code> is wherever the rule finds it
          </>
        }
        wrong={shown('threat')}
      >
        <input className="input mono" maxLength={300} value={draft.threat} onChange={type('threat')} />
      </Field>
      <div className="row">
        <Button look="main" type="submit" icon="check" busy={busy}>
          Write the decision
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
