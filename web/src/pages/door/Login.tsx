// The door: logging in. When a session ended in the middle of work, the address stays and logging in leads back.
import { useState, type ReactNode } from 'react'
import { useLogin, type Session } from '../../client/session.ts'
import { Button, Field, TroubleNote } from '../../parts/basics.tsx'
import { Mark } from '../../parts/Icon.tsx'

export const Door = ({
  title,
  lead,
  children,
}: {
  readonly title: string
  readonly lead: ReactNode
  readonly children: ReactNode
}) => (
  <main className="door">
    <div className="door-box">
      <div className="door-brand">
        <Mark size={32} />
        <span>Castellan</span>
      </div>
      <h1>{title}</h1>
      <p className="door-lead">{lead}</p>
      {children}
    </div>
  </main>
)

export function Login({ session }: { readonly session: Session }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const login = useLogin()
  const lead = session.ended
    ? 'Your session has ended. Log in to go on where you were.'
    : `You are about to enter ${session.workspace || 'this workspace'}.`
  return (
    <Door title="Log in" lead={lead}>
      <form
        className="door-form"
        onSubmit={(event) => {
          event.preventDefault()
          login.mutate({ name: name.trim(), password })
        }}
      >
        <Field label="Name">
          <input
            className="input"
            name="username"
            autoComplete="username"
            autoFocus
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <input
            className="input"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={1000}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {login.error ? <TroubleNote trouble={login.error} /> : null}
        <Button look="main" type="submit" busy={login.isPending}>
          Log in
        </Button>
      </form>
      <p className="door-foot">Everything you change is written in the ledger, with your name.</p>
    </Door>
  )
}
