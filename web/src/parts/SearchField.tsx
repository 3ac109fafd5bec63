// A field that searches a moment after the last key, and at once on Enter.
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../frame/keys.ts'
import { Icon } from './Icon.tsx'
import { Keys } from './basics.tsx'

interface SearchFieldProps {
  readonly value: string
  readonly label: string
  readonly onSearch: (text: string) => void
}

const pauseMilliseconds = 350

export function SearchField({ value, label, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const search = useRef(onSearch)
  useEffect(() => void (search.current = onSearch))
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => search.current(typed), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [typed, value])
  useKeys([{ keys: '/', does: 'go to the search field', group: 'Page', run: () => field.current?.focus() }])
  return (
    <div className="search-field">
      <Icon name="search" size={14} />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        maxLength={500}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSearch(typed)
          if (event.key !== 'Escape') return
          // Browsers would empty the field.
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
      <Keys keys="/" />
    </div>
  )
}
