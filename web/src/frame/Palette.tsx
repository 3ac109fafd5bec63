// The command palette: every page and action, and search for incidents, alerts, hosts and assets, from one field.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { Dialog } from '../parts/Panel.tsx'
import { Keys } from '../parts/basics.tsx'
import { usePaletteEntries, type Entry } from './entries.ts'

interface PaletteProps {
  readonly onClose: () => void
  readonly onKeys: () => void
}

export function Palette({ onClose, onKeys }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const entries = usePaletteEntries(typed, onKeys)
  const chosen = Math.min(at, entries.length - 1)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, entries])
  const run = (entry: Entry | undefined): void => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((chosen + step + entries.length) % Math.max(1, entries.length))
    if (event.key === 'Enter') run(entries[chosen])
    if (step !== 0 || event.key === 'Enter') event.preventDefault()
  }
  return (
    <Dialog title="Search or go to" onClose={onClose} className="palette">
      <div className="palette-field">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={`palette-${chosen}`}
          aria-label="Search or go to"
          placeholder="A page, an action, an incident, a host, anything in the logs…"
          value={typed}
          onKeyDown={press}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
        />
        <Keys keys="Escape" />
      </div>
      <ul id="palette-list" className="palette-list" role="listbox" aria-label="What fits" ref={list}>
        {entries.map((entry, index) => (
          <PaletteItem
            key={entry.id}
            entry={entry}
            index={index}
            heads={entries[index - 1]?.group !== entry.group}
            selected={index === chosen}
            onRun={() => run(entry)}
            onOver={() => setAt(index)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface PaletteItemProps {
  readonly entry: Entry
  readonly index: number
  readonly heads: boolean
  readonly selected: boolean
  readonly onRun: () => void
  readonly onOver: () => void
}
const PaletteItem = ({ entry, index, heads, selected, onRun, onOver }: PaletteItemProps) => (
  <>
    {heads ? (
      <li className="palette-group" role="presentation">
        {entry.group}
      </li>
    ) : null}
    <li
      id={`palette-${index}`}
      className="palette-item"
      role="option"
      aria-selected={selected}
      onClick={onRun}
      onMouseMove={selected ? undefined : onOver}
    >
      <Icon name={entry.icon} />
      <span className="palette-title cut">{entry.title}</span>
      <span className="palette-detail cut">{entry.detail}</span>
      {entry.keys ? <Keys keys={entry.keys} /> : null}
    </li>
  </>
)
