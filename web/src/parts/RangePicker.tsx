// Chooses a stretch of time: the last so long, or from when to when.
import { useState } from 'react'
import { last, lastText, lengthOf, ranges, type Range } from '../format/range.ts'
import { tableTimeText } from '../format/time.ts'
import { chooseZone, fieldText, fieldTime, ownZone } from '../format/zone.ts'
import { Button, Choice, Field } from './basics.tsx'
import { Menu, MenuItem } from './Menu.tsx'
import { useZone } from './Time.tsx'

interface RangePickerProps {
  readonly range: Range
  readonly onChange: (range: Range) => void
}

const rangeText = (range: Range): string =>
  range.kind === 'last' ? lastText(range.text) : `${tableTimeText(range.since)} – ${tableTimeText(range.until)}`

export function RangePicker({ range, onChange }: RangePickerProps) {
  useZone()
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
          <Last
            onChange={(text) => {
              onChange(last(text))
              close()
            }}
          />
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

/** Any length of time back from now: `90m`, `3d`. */
function Last({ onChange }: { readonly onChange: (text: string) => void }) {
  const [text, setText] = useState('')
  const typed = text.trim()
  const isRight = lengthOf(typed) !== undefined
  return (
    <form
      className="range-last"
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight) onChange(typed)
      }}
    >
      <Field label="The last" wrong={typed === '' || isRight ? undefined : 'such as 90m, 12h, 3d or 2w'}>
        <input
          className="input"
          placeholder="90m, 12h, 3d, 2w"
          value={text}
          maxLength={8}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </form>
  )
}

function Between({ range, onChange }: RangePickerProps) {
  const zone = useZone()
  const [ends, setEnds] = useState<readonly [number, number]>(() =>
    range.kind === 'between' ? [range.since, range.until] : [Date.now() - 3_600_000, Date.now()],
  )
  const [from, to] = ends
  const put = (text: string, at: 0 | 1): void => {
    const time = fieldTime(text, zone)
    if (Number.isFinite(time)) setEnds(at === 0 ? [time, to] : [from, time])
  }
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
          value={fieldText(from, zone)}
          onChange={(event) => put(event.target.value, 0)}
        />
      </Field>
      <Field label="To" wrong={wrong}>
        <input
          className="input"
          type="datetime-local"
          value={fieldText(to, zone)}
          onChange={(event) => put(event.target.value, 1)}
        />
      </Field>
      <div className="range-end">
        <Choice
          label="Zone"
          value={zone}
          options={[
            { value: 'own', title: ownZone(), hint: 'times of this machine, on every page' },
            { value: 'utc', title: 'UTC', hint: 'times in UTC, on every page' },
          ]}
          onChange={chooseZone}
        />
        <Button look="main" type="submit" disabled={wrong !== undefined}>
          Show
        </Button>
      </div>
    </form>
  )
}
