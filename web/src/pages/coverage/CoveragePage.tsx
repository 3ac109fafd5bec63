// Which techniques of ATT&CK the rules see: tested, at work, without data, or not at all; and where attack paths go unseen.
import '../rules/rules.css'
import './coverage.css'
import { useMemo, useState } from 'react'
import { call } from '../../client/client.ts'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { useKeys } from '../../frame/keys.ts'
import { useUrl } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { techniqueLink } from '../../format/words.ts'
import { Button, Empty, Keys, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { saveText } from '../../parts/download.ts'
import { Go, Out } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { useAsk } from '../rules/ask.ts'
import { GapList } from './GapList.tsx'
import { type Cell, type CellState, cellStates, countCells, matrixOf, stateWords } from './matrix.ts'
import { MatrixTable, StateMark } from './MatrixTable.tsx'
import { TechniquePanel } from './TechniquePanel.tsx'

export function Page() {
  const { params, set } = useUrl()
  const { data, error, refetch } = useRead('rule.coverage', {})
  const tests = useAsk(
    (signal) => call('rule.coverage', { test: true }, signal),
    () => void refetch(),
  )
  const layer = useAsk(
    (signal) => call('rule.coverage', { layer: true }, signal),
    (found) => saveText('castellan-coverage.json', `${JSON.stringify(found.layer, null, 2)}\n`),
  )
  const matrix = useMemo(() => (data ? matrixOf(data) : undefined), [data])
  const chosen = params['technique'] ?? ''
  const cell = useMemo(
    () =>
      [...(matrix?.columns.flatMap(({ cells }) => cells) ?? []), ...(matrix?.astray ?? [])].find(
        (one) => one.technique === chosen,
      ),
    [matrix, chosen],
  )
  useKeys([
    { keys: 't', does: 'run the tests of all rules', group: 'Page', run: tests.ask },
    { keys: 'l', does: 'download the layer for ATT&CK Navigator', group: 'Page', run: layer.ask },
  ])
  const trouble = error ?? tests.error ?? layer.error
  return (
    <PageFrame
      title="Coverage"
      lead={matrix ? leadOf(countCells(matrix)) : null}
      actions={
        <>
          <Button icon="play" busy={tests.busy} title="what is tested is known only after this" onClick={tests.ask}>
            {tests.busy ? 'Testing…' : 'Run tests'} <Keys keys="t" />
          </Button>
          <Button icon="download" busy={layer.busy} title="for ATT&CK Navigator, format 4.5" onClick={layer.ask}>
            Navigator layer <Keys keys="l" />
          </Button>
        </>
      }
      fixed
    >
      {trouble ? <TroubleNote trouble={trouble} again={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={12} height={20} /> : null}
      {data && matrix ? (
        <div className="with-side">
          <div className="coverage">
            {data.items.length === 0 ? (
              <NoRules />
            ) : (
              <Sheet
                matrix={matrix}
                tested={data.tested}
                chosen={chosen}
                onChoose={(one) => set({ technique: one.technique === chosen ? '' : one.technique })}
              />
            )}
            <GapList gaps={data.gaps} onChoose={(technique) => set({ technique })} />
            {data.items.length === 0 ? null : <Rest techniques={matrix.rest} />}
          </div>
          {cell ? <TechniquePanel key={cell.technique} cell={cell} onClose={() => set({ technique: '' })} /> : null}
        </div>
      ) : null}
    </PageFrame>
  )
}

const leadOf = (counts: Readonly<Record<CellState, number>>): string =>
  `${plural(counts.tested + counts.running, 'technique')} of ${countText(Object.values(counts).reduce((sum, n) => sum + n, 0))} seen by rules at work`

const NoRules = () => (
  <Empty title="No rule names a technique" icon="matrix">
    Put Sigma rules into the workspace’s <code>rules/</code> folder or name a pack in <code>castellan.yaml</code>;{' '}
    <Go to={places.rules()}>the rules there are</Go>.
  </Empty>
)

interface SheetProps {
  readonly matrix: ReturnType<typeof matrixOf>
  readonly tested: boolean
  readonly chosen: string
  readonly onChoose: (cell: Cell) => void
}
function Sheet({ matrix, tested, chosen, onChoose }: SheetProps) {
  const [only, setOnly] = useState<CellState | 'gaps'>()
  const counts = countCells(matrix)
  const gaps = new Set(
    matrix.columns.flatMap(({ cells }) => cells.filter((one) => one.gaps.length > 0).map((one) => one.technique)),
  )
  return (
    <>
      <div className="coverage-legend" role="group" aria-label="Show only">
        {cellStates.map((state) => (
          <button
            key={state}
            type="button"
            className="standing-count"
            aria-pressed={only === state}
            title={`${stateWords[state].means}: ${plural(counts[state], 'technique')}`}
            onClick={() => setOnly(only === state ? undefined : state)}
          >
            <StateMark state={state} /> {stateWords[state].title}
            <span className="number standing-number">{countText(counts[state])}</span>
          </button>
        ))}
        <button
          type="button"
          className="standing-count"
          aria-pressed={only === 'gaps'}
          title="techniques of the likeliest attack paths in the model that no rule sees where they happen"
          onClick={() => setOnly(only === 'gaps' ? undefined : 'gaps')}
        >
          <Icon name="paths" size={12} /> On attack paths, unseen
          <span className="number standing-number">{countText(gaps.size)}</span>
        </button>
        {tested ? null : (
          <span className="small quiet">
            The tests of all rules were not run since the start: what counts as tested may be more.
          </span>
        )}
      </div>
      <MatrixTable columns={matrix.columns} only={only} chosen={chosen} onChoose={onChoose} />
      {matrix.astray.length === 0 ? null : (
        <p className="small quiet">
          Rules name these without a tactic: {matrix.astray.map(({ technique }) => technique).join(', ')}
        </p>
      )}
    </>
  )
}

/** Techniques of which the project knows no place in the matrix, since no rule names them. */
function Rest({ techniques }: { readonly techniques: readonly string[] }) {
  if (techniques.length === 0) return null
  return (
    <details className="coverage-rest">
      <summary>{plural(techniques.length, 'other technique')} without a rule, and on none of the attack paths</summary>
      <p className="small quiet">
        Where they stand in the matrix is told by rules that name them; there is none yet. Each leads to what ATT&CK
        says of it.
      </p>
      <ul className="coverage-others mono small">
        {techniques.map((id) => (
          <li key={id}>
            <Out href={techniqueLink(id) ?? ''}>{id}</Out>
          </li>
        ))}
      </ul>
    </details>
  )
}
