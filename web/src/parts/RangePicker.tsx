// Chooses a stretch of time: the last so long, or from when to when.
import { useState } from 'react'
import { lastText, ranges, type Range } from '../format/range.ts'
import { tableTimeText } from '../format/time.ts'
import { Button, Field } from './basics.tsx'
import { Menu, MenuItem } from './Menu.tsx'

interface RangePickerProps {
  readonly range: Range
  readonly onChange: (range: Range) => void
}

/** A time as `datetime-local` fields take it, in the viewer's zone. */
function fieldText(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

const rangeText = (range: Range): string =>
  range.kind === 'last' ? lastText(range.text) : `${tableTimeText(range.since)} – ${tableTimeText(range.until)}`

export function RangePicker({ range, onChange }: RangePickerProps) {
  return (
    <Menu
      label={<span className="range-text">{rangeText(range)}</span>}
      name="Stretch of time"
      icon="clock"
      className="range"
      side="right"
    >
      {(close) => (
        <>
          {ranges.map((text) => (
            <MenuItem
              key={text}
              on={range.kind === 'last' && range.text === text}
              onClick={() => {
                onChange({ kind: 'last', text })
                close()
              }}
            >
              {lastText(text)}
            </MenuItem>
          ))}
          <Between
            range={range}
            onChange={(between) => {
              onChange(between)
              close()
            }}
          />
        </>
      )}
    </Menu>
  )
}

function Between({ range, onChange }: RangePickerProps) {
  const [since, setSince] = useState(() => fieldText(range.kind === 'between' ? range.since : Date.now() - 3_600_000))
  const [until, setUntil] = useState(() => fieldText(range.kind === 'between' ? range.until : Date.now()))
  const [from, to] = [Date.parse(since), Date.parse(until)]
  const wrong = from < to ? undefined : 'must be after the beginning'
  return (
    <form
      className="range-between"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) onChange({ kind: 'between', since: from, until: to })
      }}
    >
      <Field label="From">
        <input
          className="input"
          type="datetime-local"
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
      </Field>
      <Field label="To" wrong={wrong}>
        <input
          className="input"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </Field>
      <Button look="main" type="submit" disabled={wrong !== undefined}>
        Show
      </Button>
    </form>
  )
}
