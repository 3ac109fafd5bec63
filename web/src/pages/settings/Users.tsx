// People who may log in, and as what.
import { useState, type FormEvent } from 'react'
import { useRead, useWrite } from '../../client/queries.ts'
import { isRole, roles, type Role, type User } from '../../client/nouns.ts'
import { roleWords } from '../../format/words.ts'
import { Button, Field, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { passwordComplaint } from '../door/password.ts'

interface UsersProps {
  readonly mayChange: boolean
  /** Id of who is logged in: nobody removes themselves. */
  readonly own: string
}

export function Users({ mayChange, own }: UsersProps) {
  const { data, error, refetch } = useRead('user.list', {})
  return (
    <Panel title="Users" hint="people who may log in" className="settings-wide">
      {mayChange ? <NewUser /> : null}
      {error && !data ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data ? (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th>Name</th>
                <th>Role</th>
                <th>Last login</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {data.items.map((user) => (
                <UserRow key={user.id} user={user} mayChange={mayChange && user.id !== own} />
              ))}
            </tbody>
          </table>
        </div>
      ) : error ? null : (
        <Skeleton lines={3} />
      )}
    </Panel>
  )
}

const RoleSelect = ({
  value,
  disabled,
  onChange,
}: {
  readonly value: Role
  readonly disabled?: boolean
  readonly onChange: (role: Role) => void
}) => (
  <select
    className="input"
    aria-label="Role"
    title={roleWords[value]}
    value={value}
    disabled={disabled}
    onChange={(event) => {
      if (isRole(event.target.value)) onChange(event.target.value)
    }}
  >
    {roles.map((role) => (
      <option key={role} value={role} title={roleWords[role]}>
        {role}
      </option>
    ))}
  </select>
)

function NewUser() {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const [password, setPassword] = useState('')
  const write = useWrite('user.create', () => {
    setName('')
    setPassword('')
  })
  const complaint = password === '' ? undefined : passwordComplaint(password, name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!complaint) write.mutate({ name: name.trim(), role, password })
  }
  return (
    <>
      <form className="inline-form" onSubmit={submit}>
        <Field label="Name">
          <input
            className="input"
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Role" hint={roleWords[role]}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Field label="First password" wrong={complaint}>
          <input
            className="input"
            type="password"
            required
            maxLength={1000}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button look="main" type="submit" busy={write.isPending}>
          Add the user
        </Button>
      </form>
      {write.error ? <TroubleNote trouble={write.error} /> : null}
    </>
  )
}

function UserRow({ user, mayChange }: { readonly user: User; readonly mayChange: boolean }) {
  const [sure, setSure] = useState(false)
  const setRole = useWrite('user.set-role')
  const remove = useWrite('user.remove')
  const error = setRole.error ?? remove.error
  return (
    <tr>
      <td className="strong wrap">
        {user.name}
        {error ? <TroubleNote trouble={error} /> : null}
      </td>
      <td>
        {mayChange ? (
          <RoleSelect
            value={user.role}
            disabled={setRole.isPending}
            onChange={(role) => setRole.mutate({ id: user.id, role })}
          />
        ) : (
          user.role
        )}
      </td>
      <td>
        <Ago at={user.lastLogin} />
      </td>
      <td className="row-end">
        {mayChange ? (
          sure ? (
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: user.id })}>
              Remove for good
            </Button>
          ) : (
            <Button onClick={() => setSure(true)}>Remove</Button>
          )
        ) : null}
      </td>
    </tr>
  )
}
