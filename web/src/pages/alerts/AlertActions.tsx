// What can be said of an alert: it is true, it is benign, it may stay out of the queue. All of it stands in the ledger.
import { useState } from 'react'
import { may } from '../../client/may.ts'
import type { Alert } from '../../client/nouns.ts'
import { useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { useKeys } from '../../frame/keys.ts'
import { Button, TroubleNote } from '../../parts/basics.tsx'
import { BenignDialog } from './BenignDialog.tsx'
import { SuppressDialog } from './SuppressDialog.tsx'

type Open = 'none' | 'benign' | 'suppress'

export function AlertActions({ alert }: { readonly alert: Alert }) {
  const { role } = useActor()
  const [open, setOpen] = useState<Open>('none')
  const confirm = useWrite('alert.confirm')
  const unconfirm = useWrite('alert.unconfirm')
  const isTrue = alert.verdict === 'confirmed'
  const mayConfirm = may(role, 'alert.confirm')
  const mayWrite = may(role, 'alert.benign')
  const say = (): void => (isTrue ? unconfirm.mutate({ alert: alert.id }) : confirm.mutate({ alert: alert.id }))
  useKeys(
    [
      {
        keys: 'c',
        does: 'confirm the alert, or take that back',
        group: 'Alert',
        run: () => (mayConfirm ? say() : undefined),
      },
      {
        keys: 'b',
        does: 'say that the alert is benign',
        group: 'Alert',
        run: () => (mayWrite ? setOpen('benign') : undefined),
      },
      {
        keys: 's',
        does: 'suppress alerts like it',
        group: 'Alert',
        run: () => (mayWrite ? setOpen('suppress') : undefined),
      },
    ],
    open === 'none',
  )
  if (!mayConfirm && !mayWrite)
    return (
      <p className="small faint">
        Your role ({role}) reads alerts. An analyst, engineer or admin can say what they are.
      </p>
    )
  const trouble = confirm.error ?? unconfirm.error
  return (
    <div className="stack">
      <div className="row" role="group" aria-label="What it is">
        {mayConfirm ? (
          <Button
            icon="check"
            on={isTrue}
            busy={confirm.isPending || unconfirm.isPending}
            title="It is true: no benign filter may take it away (c)"
            onClick={say}
          >
            {isTrue ? 'Confirmed' : 'Confirm'}
          </Button>
        ) : null}
        {mayWrite ? (
          <>
            <Button
              icon="minus"
              title="It is harmless: write a filter for the rule (b)"
              onClick={() => setOpen('benign')}
            >
              Benign…
            </Button>
            <Button
              icon="pause"
              title="Keep alerts like it out of the queue until a day (s)"
              onClick={() => setOpen('suppress')}
            >
              Suppress…
            </Button>
          </>
        ) : null}
      </div>
      {trouble ? <TroubleNote trouble={trouble} /> : null}
      {open === 'benign' ? <BenignDialog alert={alert} onClose={() => setOpen('none')} /> : null}
      {open === 'suppress' ? <SuppressDialog alert={alert} onClose={() => setOpen('none')} /> : null}
    </div>
  )
}
