// Beside the results: the commonest values of the main fields, or every field with how many events have it.
import { useState } from 'react'
import { countText, plural } from '../../format/number.ts'
import type { Range } from '../../format/range.ts'
import { Choice, IconButton, Skeleton } from '../../parts/basics.tsx'
import { useFields } from './ask.ts'
import { FacetOf, Facets } from './Facets.tsx'
import type { OnTerm } from './Pivot.tsx'
import { ownName } from './values.ts'

interface SidebarProps {
  /** The filter, without pipes. */
  readonly filter: string
  readonly range: Range
  readonly columns: readonly string[]
  readonly onColumns: (columns: readonly string[]) => void
  readonly onTerm: OnTerm
}

export function Sidebar({ filter, range, columns, onColumns, onTerm }: SidebarProps) {
  const [shown, setShown] = useState<'values' | 'fields'>('values')
  return (
    <aside className="facets" aria-label="Fields">
      <Choice
        label="Beside the results"
        value={shown}
        onChange={setShown}
        options={[
          { value: 'values', title: 'Values', hint: 'the commonest values of the main fields' },
          { value: 'fields', title: 'Fields', hint: 'every field there is, to choose columns from' },
        ]}
      />
      {shown === 'values' ? (
        <Facets q={filter} range={range} onTerm={onTerm} />
      ) : (
        <FieldList filter={filter} range={range} columns={columns} onColumns={onColumns} onTerm={onTerm} />
      )}
    </aside>
  )
}

const kinds = { column: 'Columns', enriched: 'Known beyond the record', field: 'Fields of sources' } as const
const order = ['column', 'enriched', 'field'] as const

function FieldList({ filter, range, columns, onColumns, onTerm }: SidebarProps) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState('')
  const { data, error } = useFields(filter, range)
  if (error && !data) return <p className="small quiet">{error.message}</p>
  if (!data) return <Skeleton lines={16} />
  const text = typed.trim().toLowerCase()
  const fits = data.fields.filter(({ name }) => name.toLowerCase().includes(text))
  const toggle = (name: string): void =>
    onColumns(columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name])
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label="Find a field"
        placeholder={`Find in ${plural(data.fields.length, 'field')}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {order.map((kind) => {
        const named = fits.filter((field) => field.kind === kind)
        return named.length === 0 ? null : (
          <section key={kind} className="facet">
            <h3>{kinds[kind]}</h3>
            <ul>
              {named.slice(0, text === '' ? 200 : 60).map(({ name, count, share }) => {
                const column = kind === 'field' ? ownName(name) : name
                return (
                  <li key={name}>
                    <div className="facet-value">
                      <button
                        type="button"
                        className="facet-include"
                        aria-expanded={open === column}
                        title={`${name}: in ${countText(count)} of the newest ${countText(data.looked)} events found`}
                        onClick={() => setOpen(open === column ? '' : column)}
                      >
                        <span className="facet-bar" style={{ width: `${share * 100}%` }} />
                        <span className="facet-text mono cut">{name}</span>
                        <span className="facet-count number">{shareText(share)}</span>
                      </button>
                      <ColumnButton name={name} on={columns.includes(column)} onClick={() => toggle(column)} />
                    </div>
                    {open === column ? <FacetOf field={column} q={filter} range={range} onTerm={onTerm} /> : null}
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
      {fits.length === 0 ? <p className="small quiet">No field of that name in what was found.</p> : null}
    </>
  )
}

const shareText = (share: number): string => (share < 0.01 ? '<1 %' : `${Math.floor(share * 100)} %`)

const ColumnButton = ({
  name,
  on,
  onClick,
}: {
  readonly name: string
  readonly on: boolean
  readonly onClick: () => void
}) => (
  <IconButton
    icon={on ? 'check' : 'columns'}
    on={on}
    className="facet-column"
    name={on ? `Take the column ${name} out of the table` : `Show ${name} as a column`}
    onClick={onClick}
  />
)
