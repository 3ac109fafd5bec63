// Tactics side by side; each technique is a cell that arrows reach. State is a shape and a colour, the number is rules at work.
import { useRef, useState, type KeyboardEvent } from 'react'
import { plural } from '../../format/number.ts'
import { atWork, type Cell, type CellState, type Column, type Spot, stateWords, step } from './matrix.ts'

const marks: Readonly<Record<CellState, string>> = {
  tested: 'M2 6.5 5 9.5 10.5 3',
  running: 'M6 2.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6Z',
  waiting: 'M6 2.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6ZM6 4v2.2l1.5 1',
  idle: 'M3 3l6 6',
  none: 'M3 6h6',
}
export const StateMark = ({ state }: { readonly state: CellState }) => (
  <svg className={`cell-mark cell-mark-${state}`} width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
    <path d={marks[state]} />
  </svg>
)

/** Fourteen columns leave room for so much. */
const shortest: Readonly<Record<string, string>> = {
  persistence: 'Persist',
  'credential-access': 'Creds',
  exfiltration: 'Exfil',
}

interface MatrixTableProps {
  readonly columns: readonly Column[]
  readonly only: CellState | 'gaps' | undefined
  readonly chosen: string
  readonly onChoose: (cell: Cell) => void
}

export function MatrixTable({ columns, only, chosen, onChoose }: MatrixTableProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<Spot>(() => ({
    column: Math.max(
      0,
      columns.findIndex(({ cells }) => cells.length > 0),
    ),
    row: 0,
  }))
  const walk = (event: KeyboardEvent): void => {
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    event.stopPropagation()
    const next = step(columns, at, event.key)
    setAt(next)
    box.current?.querySelector<HTMLElement>(`[data-spot="${next.column}:${next.row}"]`)?.focus()
  }
  const fits = (cell: Cell): boolean =>
    only === undefined || (only === 'gaps' ? cell.gaps.length > 0 : cell.state === only)
  return (
    <div className="matrix" ref={box} role="group" aria-label="Techniques by tactic; arrows walk" onKeyDown={walk}>
      {columns.map(({ tactic, title, short, cells }, column) => (
        <section key={tactic} className="matrix-column" aria-label={title}>
          <h2 className="matrix-title cut" title={`${title}: ${plural(cells.length, 'technique')}`}>
            {shortest[tactic] ?? short}
          </h2>
          <ul>
            {cells.map((cell, row) => (
              <li key={cell.technique}>
                <button
                  type="button"
                  className="cell"
                  data-spot={`${column}:${row}`}
                  data-state={cell.state}
                  data-gap={cell.gaps.length > 0 || undefined}
                  data-dim={!fits(cell) || undefined}
                  aria-pressed={cell.technique === chosen}
                  tabIndex={at.column === column && at.row === row ? 0 : -1}
                  title={tellOf(cell)}
                  aria-label={`${cell.technique}: ${tellOf(cell)}`}
                  onFocus={() => setAt({ column, row })}
                  onClick={() => onChoose(cell)}
                >
                  <StateMark state={cell.state} />
                  <span className="number">{cell.technique}</span>
                  <span className="cell-count number">{atWork(cell) > 0 ? atWork(cell) : ''}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** What a cell says in words. */
export function tellOf(cell: Cell): string {
  const { state, tested, running, waiting, idle, gaps } = cell
  const counts = [
    tested > 0 ? `${plural(tested, 'tested rule')} at work` : '',
    running > 0 ? `${plural(running, 'rule')} at work, untested` : '',
    waiting > 0 ? `${plural(waiting, 'rule')} without data` : '',
    idle > 0 ? `${plural(idle, 'rule')} that ${idle === 1 ? 'does' : 'do'} not run` : '',
    gaps.length > 0 ? `on an attack path of the model, unseen at ${plural(gaps.length, 'place')}` : '',
  ].filter(Boolean)
  return counts.length === 0 ? stateWords[state].means : counts.join('; ')
}
