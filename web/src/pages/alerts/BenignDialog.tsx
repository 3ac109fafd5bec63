// "Benign": the filter that would be written, what it takes away, and whether something known to be true would be lost.
import { useState, type FormEvent } from 'react'
import type { Alert, Output } from '../../client/nouns.ts'
import { useRead, useWrite } from '../../client/queries.ts'
import { plural } from '../../format/number.ts'
import { Button, Field, IconButton, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Dialog } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { dayAfter } from './days.ts'
import { ReasonField } from './ReasonField.tsx'

type Preview = Output<'alert.benign-preview'>
interface BenignDialogProps {
  readonly alert: Alert
  readonly onClose: () => void
}

export function BenignDialog({ alert, onClose }: BenignDialogProps) {
  const [fields, setFields] = useState<readonly string[]>()
  const [reason, setReason] = useState('')
  const [expires, setExpires] = useState(dayAfter(Date.now(), 180))
  const asked = { alert: alert.id, ...(fields === undefined ? {} : { fields: [...fields] }), expires }
  const { data, error, isFetching } = useRead('alert.benign-preview', asked, { keep: true })
  const write = useWrite('alert.benign', onClose, ['rule', 'risk', 'incident'])
  const isSafe = data !== undefined && data.lost.length === 0 && error === null
  const chosen = fields ?? data?.fields.map(({ field }) => field) ?? []
  const toggle = (field: string): void =>
    setFields(chosen.includes(field) ? chosen.filter((one) => one !== field) : [...chosen, field])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isSafe && reason.trim().length > 2) write.mutate({ ...asked, fields: [...chosen], reason: reason.trim() })
  }
  return (
    <Dialog title="Benign" onClose={onClose} className="say-dialog">
      <header className="dialog-head">
        <h2>Benign: {alert.rule.title}</h2>
        <IconButton icon="close" name="Close (Esc)" onClick={onClose} />
      </header>
      <form className="say-body stack" onSubmit={submit}>
        {error ? <TroubleNote trouble={error} /> : null}
        {data ? <Fields preview={data} chosen={chosen} onToggle={toggle} /> : error ? null : <Skeleton lines={8} />}
        {data && !error ? <Effect preview={data} busy={isFetching} /> : null}
        <ReasonField value={reason} onChange={setReason} />
        <Field label="Last day" hint="then the rule sees these events again; empty for no end">
          <input className="input" type="date" value={expires} onChange={(event) => setExpires(event.target.value)} />
        </Field>
        {write.error ? <TroubleNote trouble={write.error} /> : null}
        <div className="row say-actions">
          <Button
            look="main"
            type="submit"
            icon="check"
            busy={write.isPending}
            disabled={!isSafe || reason.trim().length < 3}
          >
            Write the filter
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  readonly preview: Preview
  readonly chosen: readonly string[]
  readonly onToggle: (field: string) => void
}
const mostOthers = 8
/** What an event must have to be benign: all of what is ticked. */
function Fields({ preview, chosen, onToggle }: FieldsProps) {
  const [all, setAll] = useState(false)
  const asked = preview.fields
  const others = all ? preview.others : preview.others.slice(0, mostOthers)
  return (
    <fieldset className="say-fields">
      <legend>An event is benign when it has all of these</legend>
      {[...asked, ...others].map(({ field, value }) => (
        <label key={field} className="say-field">
          <input type="checkbox" checked={chosen.includes(field)} onChange={() => onToggle(field)} />
          <span className="mono">{field}</span>
          <span className="mono quiet cut" title={value}>
            {value}
          </span>
        </label>
      ))}
      {all || preview.others.length <= mostOthers ? null : (
        <Button look="quiet" onClick={() => setAll(true)}>
          {plural(preview.others.length - mostOthers, 'more field')}
        </Button>
      )}
    </fieldset>
  )
}

const Effect = ({ preview, busy }: { readonly preview: Preview; readonly busy: boolean }) => (
  <div className="say-effect" aria-live="polite" aria-busy={busy}>
    <p>
      Of the last {preview.days} days it takes away <b>{plural(preview.gone, 'alert')}</b>;{' '}
      {plural(preview.stay, 'alert')} of the rule would stay
      {preview.unknown > 0
        ? `; of ${preview.unknown} the event is not stored any more, or a filter has them already`
        : ''}
      .
    </p>
    {preview.lost.length > 0 ? (
      <div className="trouble" role="alert">
        <strong>It would lose what is known to be true:</strong>
        <ul>
          {preview.lost.slice(0, 5).map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <p>Tick more fields, until only the harmless ones are left.</p>
      </div>
    ) : (
      <p className="quiet">
        {preview.checked === 0
          ? 'No true positive of this rule is known, so nothing could be held against it.'
          : `Held against ${plural(preview.checked, 'known true positive')}: none is lost.`}
      </p>
    )}
    {preview.items.length === 0 ? null : (
      <ul className="lines">
        {preview.items.slice(0, 4).map((item) => (
          <li key={item.id} className="line">
            <Time at={item.time} />
            <span className="line-name cut quiet" title={item.message}>
              {item.message}
            </span>
          </li>
        ))}
      </ul>
    )}
    <details>
      <summary>The filter, for {preview.file}</summary>
      <pre className="diff" tabIndex={0} aria-label="The Sigma filter">
        {preview.yaml}
      </pre>
    </details>
  </div>
)
