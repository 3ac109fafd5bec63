// The matrix: tactics side by side, techniques below each, what the rules see of them and where attack paths go unseen. Pure.
import type { Output } from '../../client/nouns.ts'
import { tactics } from '../../format/words.ts'

type Coverage = Output<'rule.coverage'>
export type Gap = Coverage['gaps'][number]
export type Item = Coverage['items'][number]
/** Of the best rule; `none`: no rule names the technique. */
export type CellState = Item['state'] | 'none'

export interface Cell {
  /** Without sub-technique: `T1059`. */
  readonly technique: string
  readonly state: CellState
  readonly tested: number
  readonly running: number
  readonly waiting: number
  readonly idle: number
  /** The technique itself and its sub-techniques that rules name. */
  readonly parts: readonly Item[]
  readonly gaps: readonly Gap[]
}
export interface Column {
  readonly tactic: string
  readonly title: string
  readonly short: string
  readonly cells: readonly Cell[]
}
export interface Matrix {
  readonly columns: readonly Column[]
  /** Techniques that no rule names and no attack path of the model goes over. */
  readonly rest: readonly string[]
  /** Techniques named by rules that say no tactic. */
  readonly astray: readonly Cell[]
}

export const cellStates = ['tested', 'running', 'waiting', 'idle', 'none'] as const satisfies readonly CellState[]
export const stateWords: Readonly<Record<CellState, { title: string; means: string }>> = {
  tested: { title: 'Tested', means: 'a rule is at work, and its tests passed' },
  running: { title: 'At work', means: 'a rule is at work, but no test shows that it finds what it should' },
  waiting: { title: 'No data', means: 'there are rules, but their log source or a field they need was never seen' },
  idle: { title: 'Off', means: 'there are rules, but none of them runs' },
  none: { title: 'No rule', means: 'no rule names it' },
}

export const baseOf = (technique: string): string => technique.split('.')[0] ?? technique
const sum = (parts: readonly Item[], of: 'tested' | 'running' | 'waiting' | 'idle'): number =>
  parts.reduce((total, part) => total + part[of], 0)

function cellOf(technique: string, parts: readonly Item[], gaps: readonly Gap[]): Cell {
  return {
    technique,
    state: cellStates.find((state) => parts.some((part) => part.state === state)) ?? 'none',
    tested: sum(parts, 'tested'),
    running: sum(parts, 'running'),
    waiting: sum(parts, 'waiting'),
    idle: sum(parts, 'idle'),
    parts,
    gaps,
  }
}

/** Rules that could find it now. */
export const atWork = ({ tested, running }: Pick<Cell, 'tested' | 'running'>): number => tested + running

export function matrixOf({ items, uncovered, gaps }: Pick<Coverage, 'items' | 'uncovered' | 'gaps'>): Matrix {
  const byBase = new Map<string, Item[]>()
  for (const item of items) byBase.set(baseOf(item.technique), [...(byBase.get(baseOf(item.technique)) ?? []), item])
  const placed = new Map<string, readonly string[]>([
    ...items.map((item) => [baseOf(item.technique), item.tactics] as const),
    ...uncovered.map(({ technique, tactics: under }) => [technique, under] as const),
  ])
  const cells = new Map(
    [...placed.keys()].map((technique) => [
      technique,
      cellOf(
        technique,
        byBase.get(technique) ?? [],
        gaps.filter((gap) => baseOf(gap.technique) === technique),
      ),
    ]),
  )
  const under = (tactic: string): Cell[] =>
    [...placed]
      .filter(([, names]) => names.includes(tactic))
      .flatMap(([technique]) => cells.get(technique) ?? [])
      .sort((a, b) => (a.technique < b.technique ? -1 : 1))
  const nowhere = [...placed].filter(([, names]) => names.length === 0).map(([technique]) => technique)
  return {
    columns: tactics.map(({ name, title, short }) => ({ tactic: name, title, short, cells: under(name) })),
    rest: nowhere.filter((technique) => !byBase.has(technique)).sort(),
    astray: nowhere.filter((technique) => byBase.has(technique)).flatMap((technique) => cells.get(technique) ?? []),
  }
}

/** How many techniques stand at each state, each counted once. */
export function countCells({ columns, astray, rest }: Matrix): Readonly<Record<CellState, number>> {
  const counts = { tested: 0, running: 0, waiting: 0, idle: 0, none: rest.length }
  const seen = new Set<string>()
  for (const cell of [...columns.flatMap(({ cells }) => cells), ...astray]) {
    if (seen.has(cell.technique)) continue
    seen.add(cell.technique)
    counts[cell.state]++
  }
  return counts
}

export interface Spot {
  readonly column: number
  readonly row: number
}
/** Where an arrow leads: columns differ in length, and empty ones are passed over. */
export function step(columns: readonly Pick<Column, 'cells'>[], { column, row }: Spot, key: string): Spot {
  const length = (at: number): number => columns[at]?.cells.length ?? 0
  if (key === 'ArrowDown') return { column, row: Math.min(length(column) - 1, row + 1) }
  if (key === 'ArrowUp') return { column, row: Math.max(0, row - 1) }
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  if (by === 0) return { column, row }
  for (let at = column + by; at >= 0 && at < columns.length; at += by)
    if (length(at) > 0) return { column: at, row: Math.min(length(at) - 1, row) }
  return { column, row }
}
