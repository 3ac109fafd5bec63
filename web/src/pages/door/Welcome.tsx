// The first visit: the one-time link from the terminal makes the first admin.
import { useEffect, useState } from 'react'
import { useLogin, type Session } from '../../client/session.ts'
import { useGo } from '../../frame/url.ts'
import { Button, Command, Field, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Door } from './Login.tsx'
import { passwordComplaint } from './password.ts'

const codeInAddress = (): string => decodeURIComponent(window.location.hash.slice(1))

export function Welcome({ session }: { readonly session: Session }) {
  if (!session.bootstrap)
    return (
      <Door title="Already set up" lead="This server has its first admin; the one-time link has been used.">
        <p>
          <Go to="/">Log in</Go>, or ask an admin for an account.
        </p>
      </Door>
    )
  return <FirstAdmin session={session} />
}

function FirstAdmin({ session }: { readonly session: Session }) {
  const [code, setCode] = useState(codeInAddress)
  const [came] = useState(code !== '')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const login = useLogin()
  const go = useGo()
  // What comes after # never reaches a server's log; once read it is taken out of the address bar and the history too.
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), [])
  const complaint = passwordComplaint(password, name)
  const unequal = again !== '' && again !== password ? 'is not the same' : undefined
  return (
    <Door
      title={`Welcome to ${session.workspace || 'Castellan'}`}
      lead="Choose a name and a password. You become the first admin; you can make accounts for others afterwards."
    >
      <form
        className="door-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!complaint && again === password)
            login.mutate({ code: code.trim(), name: name.trim(), password }, { onSuccess: () => go('/') })
        }}
      >
        {came ? null : (
          <>
            <Field label="Code" hint="from the one-time link that castellan printed on its terminal">
              <input
                className="input mono"
                required
                maxLength={200}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </Field>
            <Command text="castellan up" />
          </>
        )}
        <Field label="Name" hint="as it shall stand in the ledger">
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
        <Field
          label="Password"
          hint="at least 12 characters; a few unrelated words are good"
          wrong={password === '' ? undefined : complaint}
        >
          <input
            className="input"
            name="new-password"
            type="password"
            autoComplete="new-password"
            required
            maxLength={1000}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Field label="Password again" wrong={unequal}>
          <input
            className="input"
            type="password"
            autoComplete="new-password"
            required
            maxLength={1000}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        </Field>
        {login.error ? <TroubleNote trouble={login.error} /> : null}
        <Button
          look="main"
          type="submit"
          busy={login.isPending}
          disabled={complaint !== undefined || again !== password}
        >
          Open the gate
        </Button>
      </form>
    </Door>
  )
}
