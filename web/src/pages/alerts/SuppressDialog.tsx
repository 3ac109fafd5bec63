// Suppressing: which alerts stay out of the queue, why, and until when.
import { useState, type FormEvent } from 'react'
import type { Alert, Input } from '../../client/nouns.ts'
import { useRead, useWrite } from '../../client/queries.ts'
import { countText, plural } from '../../format/number.ts'
import { Button, Field, IconButton, TroubleNote } from '../../parts/basics.tsx'
import { Dialog } from '../../parts/Panel.tsx'
import { dayAfter, endOfDay } from './days.ts'
import { ReasonField } from './ReasonField.tsx'

type Fit = Input<'suppression.preview'>
const partNames = ['rule', 'host', 'user', 'level', 'source', 'asset'] as const
type Part = (typeof partNames)[number]

const valueOf = (alert: Alert, part: Part): string =>
  part === 'rule' ? alert.rule.id : part === 'level' ? alert.rule.level : alert[part]

/** What the ticked parts and the search say together. */
function fitOf(alert: Alert, parts: readonly Part[], q: string): Fit {
  const given = Object.fromEntries(parts.map((part) => [part, valueOf(alert, part)]))
  return { ...given, ...(q.trim() === '' ? {} : { q: q.trim() }) }
}

export function SuppressDialog({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }) {
  const there = partNames.filter((part) => valueOf(alert, part) !== '')
  const [parts, setParts] = useState<readonly Part[]>(there.filter((part) => ['rule', 'host', 'user'].includes(part)))
  const [q, setQ] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(dayAfter(Date.now(), 30))
  const fit = fitOf(alert, parts, q)
  const isNarrow = Object.keys(fit).length > 0
  const { data, error } = useRead('suppression.preview', fit, { keep: true, enabled: isNarrow })
  const write = useWrite('suppression.add', onClose, ['alert', 'risk'])
  const expires = endOfDay(until)
  const isReady = isNarrow && reason.trim().length > 2 && expires !== undefined && error === null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) write.mutate({ ...fit, reason: reason.trim(), expires })
  }
  return (
    <Dialog title="Suppress" onClose={onClose} className="say-dialog">
      <header className="dialog-head">
        <h2>Suppress alerts like this one</h2>
        <IconButton icon="close" name="Close (Esc)" onClick={onClose} />
      </header>
      <form className="say-body stack" onSubmit={submit}>
        <fieldset className="say-fields">
          <legend>Alerts with all of these</legend>
          {there.map((part) => (
            <label key={part} className="say-field">
              <input
                type="checkbox"
                checked={parts.includes(part)}
                onChange={() => setParts(parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part])}
              />
              <span className="mono">{part}</span>
              <span className="mono quiet cut">{part === 'rule' ? alert.rule.title : valueOf(alert, part)}</span>
            </label>
          ))}
        </fieldset>
        <Field label="And this search (optional)" hint="for example message:*backup* or not user:root">
          <input className="input mono" maxLength={1000} value={q} onChange={(event) => setQ(event.target.value)} />
        </Field>
        {error ? <TroubleNote trouble={error} /> : null}
        <p className="quiet" aria-live="polite">
          {!isNarrow
            ? 'Tick something, or every alert would be meant.'
            : data
              ? `${plural(data.alerts, 'alert')} of the last ${data.days} days would leave the queue (${countText(data.times)} with repeats). They stay stored and counted.`
              : '…'}
        </p>
        <ReasonField value={reason} onChange={setReason} />
        <Field label="Last day" hint="then such alerts come through again; at most a year">
          <input className="input" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </Field>
        {write.error ? <TroubleNote trouble={write.error} /> : null}
        <div className="row say-actions">
          <Button look="main" type="submit" icon="pause" busy={write.isPending} disabled={!isReady}>
            Suppress
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  )
}
