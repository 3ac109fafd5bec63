// API tokens: made, shown once, revoked.
import { useState, type FormEvent } from 'react'
import { useRead, useWrite } from '../../client/queries.ts'
import type { Token } from '../../client/nouns.ts'
import { Button, Command, Copy, Empty, Field, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Ago, Time } from '../../parts/Time.tsx'

export function Tokens({ mayChange }: { readonly mayChange: boolean }) {
  const { data, error, refetch } = useRead('token.list', {})
  return (
    <Panel title="Tokens" hint="how programs prove who they are: Authorization: Bearer cst_…" className="settings-wide">
      {mayChange ? <NewToken /> : null}
      {error && !data ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data ? <TokenList tokens={data.items} mayChange={mayChange} /> : error ? null : <Skeleton lines={3} />}
    </Panel>
  )
}

function NewToken() {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState('ingest')
  const [days, setDays] = useState('90')
  const write = useWrite('token.create', () => setName(''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const list = scopes.split(/[\s,]+/).filter(Boolean)
    write.mutate({ name: name.trim(), days: Number(days), ...(list.length === 0 ? {} : { scopes: list }) })
  }
  return (
    <>
      <form className="inline-form" onSubmit={submit}>
        <Field label="Name" hint="who or what uses it">
          <input
            className="input"
            required
            maxLength={100}
            value={name}
            placeholder="vector on web01"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Scopes" hint="ingest, ingest:web01, or operations">
          <input
            className="input mono"
            maxLength={500}
            value={scopes}
            onChange={(event) => setScopes(event.target.value)}
          />
        </Field>
        <Field label="Days" hint="until it expires">
          <input
            className="input number"
            type="number"
            min={1}
            max={365}
            required
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
        <Button look="main" type="submit" busy={write.isPending}>
          Make a token
        </Button>
      </form>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
      {write.data ? (
        <div className="secret" role="status">
          <p>
            This is the only time the token of <b>{write.data.name}</b> is shown. Keep it where secrets are kept.
          </p>
          <div className="command">
            <code className="wrap">{write.data.token}</code>
            <Copy text={write.data.token} name="Copy the token" />
          </div>
        </div>
      ) : null}
    </>
  )
}

function TokenList({ tokens, mayChange }: { readonly tokens: readonly Token[]; readonly mayChange: boolean }) {
  if (tokens.length === 0)
    return (
      <Empty title="No tokens" icon="key">
        Programs that send events need one with scope <code>ingest</code>. On a terminal:
        <Command text="castellan token create --name web01 --scopes ingest" />
      </Empty>
    )
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th>Name</th>
            <th>Scopes</th>
            <th>Made by</th>
            <th>Last used</th>
            <th>Expires</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} mayChange={mayChange} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TokenRow({ token, mayChange }: { readonly token: Token; readonly mayChange: boolean }) {
  const [sure, setSure] = useState(false)
  const write = useWrite('token.revoke')
  return (
    <tr>
      <td className="strong wrap">{token.name}</td>
      <td className="mono wrap">{token.scopes.length === 0 ? `all of ${token.role}` : token.scopes.join(' ')}</td>
      <td>{token.by}</td>
      <td>
        <Ago at={token.lastUsed} />
      </td>
      <td>{token.expires === null ? <span className="faint">never</span> : <Time at={token.expires} />}</td>
      <td className="row-end">
        {mayChange ? (
          sure ? (
            <Button look="danger" busy={write.isPending} onClick={() => write.mutate({ id: token.id })}>
              Revoke for good
            </Button>
          ) : (
            <Button onClick={() => setSure(true)}>Revoke</Button>
          )
        ) : null}
      </td>
    </tr>
  )
}
