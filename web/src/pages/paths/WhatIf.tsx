// The switches that are on, as chips; and the menus that switch more on. The model itself is never touched.
import { useState, type FormEvent } from 'react'
import type { Estate } from '../../client/nouns.ts'
import { plural } from '../../format/number.ts'
import { Button, Field } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import type { PathStep } from './ask.ts'
import {
  assetOf,
  changesFor,
  choicesFor,
  isVerbText,
  missingControls,
  most,
  partsOf,
  toggled,
  verbs,
  verbWords,
  type Verb,
} from './whatif.ts'

export interface Switches {
  readonly changes: readonly string[]
  readonly onChange: (changes: readonly string[]) => void
}

interface WhatIfProps extends Switches {
  readonly estate: Estate | undefined
}

/** The bar of switches above every answer of the page. */
export const WhatIf = ({ changes, onChange, estate }: WhatIfProps) => (
  <section className="what-if" aria-label="What if">
    <span
      className="what-if-name"
      title="Answers are worked out as if these changes were made; the model is not touched"
    >
      What if
    </span>
    {changes.map((change) => (
      <Chip key={change} change={change} onOff={() => onChange(toggled(changes, change))} />
    ))}
    {changes.length < most ? <AddSwitch changes={changes} onChange={onChange} estate={estate} /> : null}
    {changes.length > 1 ? (
      <Button look="quiet" onClick={() => onChange([])}>
        Switch all {plural(changes.length, 'change')} off
      </Button>
    ) : null}
    {changes.length === 0 ? (
      <span className="faint small">nothing is changed; try a change from a step, or from the cheapest cut</span>
    ) : null}
  </section>
)

const Chip = ({ change, onOff }: { readonly change: string; readonly onOff: () => void }) => {
  const parts = partsOf(change)
  return (
    <button
      type="button"
      className="chip what-if-chip"
      title={`${change}: ${parts ? verbWords[parts.verb].means : ''}. Click to switch it off`}
      aria-label={`Switch off: ${change}`}
      onClick={onOff}
    >
      <span className="what-if-verb">{parts?.verb}</span>
      <span className="cut">{parts?.what}</span>
      <Icon name="close" size={12} />
    </button>
  )
}

/** A switch written by hand, with what this estate has to offer. */
function AddSwitch({ changes, onChange, estate }: WhatIfProps) {
  return (
    <Menu label="Add a change" name="Add a change" icon="plus" className="what-if-add">
      {(close) => (
        <AddForm
          estate={estate}
          onAdd={(change) => {
            if (!changes.includes(change)) onChange([...changes, change])
            close()
          }}
        />
      )}
    </Menu>
  )
}

const listName = 'what-if-choices'
function AddForm({ estate, onAdd }: { readonly estate: Estate | undefined; readonly onAdd: (change: string) => void }) {
  const [verb, setVerb] = useState<Verb>('add')
  const [what, setWhat] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (what.trim() !== '') onAdd(`${verb} ${what.trim()}`)
  }
  return (
    <form className="what-if-form" onSubmit={submit}>
      <Field label="Change">
        <select
          className="input"
          value={verb}
          onChange={({ target }) => {
            if (isVerbText(target.value)) setVerb(target.value)
            setWhat('')
          }}
        >
          {verbs.map((one) => (
            <option key={one} value={one}>
              {verbWords[one].title}
            </option>
          ))}
        </select>
      </Field>
      <Field label="What" hint={verbWords[verb].means}>
        <input
          className="input mono"
          list={listName}
          value={what}
          maxLength={400}
          placeholder={verbWords[verb].example}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setWhat(target.value)}
        />
      </Field>
      <datalist id={listName}>
        {choicesFor(verb, estate).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button look="main" type="submit" disabled={what.trim() === ''}>
        Switch it on
      </Button>
    </form>
  )
}

/** Keeps arrows in one piece where a long name is wrapped. */
const unbroken = (change: string): string => change.replaceAll('->', '-\u2060>')

interface StepSwitchesProps extends WhatIfProps {
  readonly step: PathStep
}
/** What could be changed about one step: its weakness fixed, its flow gone, a control added where it happens. */
export function StepSwitches({ step, changes, onChange, estate }: StepSwitchesProps) {
  const asset = assetOf(step.asset)
  const offered = changesFor(step)
  const missing = missingControls(estate, asset)
  const put = (change: string, close: () => void): void => {
    onChange(toggled(changes, change))
    close()
  }
  return (
    <Menu label="What if" name={`What if this step were changed: ${step.text}`} side="right" className="step-what-if">
      {(close) => (
        <>
          {offered.map((change) => (
            <MenuItem key={change} on={changes.includes(change)} onClick={() => put(change, close)}>
              <span className="what-if-item">{unbroken(change)}</span>
            </MenuItem>
          ))}
          <label className="what-if-control">
            <span className="menu-hint">add a control to {asset}</span>
            <select
              className="input"
              value=""
              onChange={({ target }) => {
                if (target.value !== '') put(`add ${target.value}@${asset}`, close)
              }}
            >
              <option value="">choose …</option>
              {missing.map((control) => (
                <option key={control} value={control}>
                  {control}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </Menu>
  )
}
