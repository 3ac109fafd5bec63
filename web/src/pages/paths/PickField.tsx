// A field whose value is chosen from a list or typed: taken over on Enter, on leaving it, and as soon as it is one of the list.
import { useEffect, useId, useRef, useState } from 'react'
import { Field, IconButton } from '../../parts/basics.tsx'

interface PickFieldProps {
  readonly label: string
  readonly value: string
  /** Shown while the field is empty: what then holds. */
  readonly placeholder: string
  readonly options: readonly { readonly value: string; readonly title: string }[]
  readonly hint?: string
  readonly onPick: (value: string) => void
}

export function PickField({ label, value, placeholder, options, hint, onPick }: PickFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => setTyped(value), [value])
  const take = (text: string): void => {
    if (text.trim() !== value) onPick(text.trim())
  }
  return (
    <div className="pick">
      <Field label={label}>
        <input
          ref={field}
          className="input"
          list={id}
          value={typed}
          placeholder={placeholder}
          title={hint}
          maxLength={400}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => {
            setTyped(target.value)
            if (options.some((option) => option.value === target.value)) take(target.value)
          }}
          onBlur={() => take(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take(typed)
          }}
        />
      </Field>
      <datalist id={id}>
        {options.map((option) => (
          <option key={option.value} value={option.value} label={option.title} />
        ))}
      </datalist>
      {value === '' ? null : (
        <IconButton
          icon="close"
          name={`Clear ${label}`}
          className="pick-clear"
          onClick={() => {
            setTyped('')
            onPick('')
            field.current?.focus()
          }}
        />
      )}
    </div>
  )
}
