// What the hunt shows, kept in the address: search, time, columns, the open event, whether it follows what arrives.
import { useCallback, useMemo } from 'react'
import { paramsOfRange, rangeOf, type Range } from '../../format/range.ts'
import { useUrl } from '../../frame/url.ts'
import { splitQuery } from './language.ts'
import type { OnTerm } from './Pivot.tsx'
import { withTerm } from './query.ts'
import { columnsOfText, textOfColumns } from './values.ts'

export const standardRange = '24h'

export interface HuntUrl {
  readonly q: string
  /** The search without its pipes. */
  readonly filter: string
  readonly range: Range
  readonly columns: readonly string[]
  /** Id of the open event. */
  readonly event: string | undefined
  readonly tail: boolean
  /** Whether the saved hunts are shown beside the results. */
  readonly saved: boolean
  readonly search: (q: string) => void
  readonly zoom: (range: Range) => void
  readonly onTerm: OnTerm
  readonly setColumns: (columns: readonly string[]) => void
  readonly open: (event: string) => void
  readonly setTail: (on: boolean) => void
  readonly setSaved: (on: boolean) => void
  /** Several at once, as a step back in the history. */
  readonly go: (change: Readonly<Record<string, string>>) => void
}

export function useHuntUrl(): HuntUrl {
  const { params, set } = useUrl()
  const q = params['q'] ?? ''
  const range = useMemo(() => rangeOf(params, standardRange), [params])
  const shown = params['cols']
  const columns = useMemo(() => columnsOfText(shown), [shown])
  const event = params['event']
  return {
    q,
    filter: splitQuery(q).filter,
    range,
    columns,
    event,
    tail: params['tail'] === '1',
    saved: params['saved'] === '1',
    search: useCallback((text) => set({ q: text, event: '' }, 'step'), [set]),
    zoom: useCallback((next) => set({ ...paramsOfRange(next, standardRange), event: '' }, 'step'), [set]),
    onTerm: useCallback((term, how) => set({ q: withTerm(q, term, how), event: '' }, 'step'), [set, q]),
    setColumns: useCallback((names) => set({ cols: textOfColumns(names) }), [set]),
    open: useCallback((id) => set({ event: id === event ? '' : id }), [set, event]),
    setTail: useCallback((on) => set({ tail: on ? '1' : '' }), [set]),
    setSaved: useCallback((on) => set({ saved: on ? '1' : '' }), [set]),
    go: useCallback((change) => set(change, 'step'), [set]),
  }
}
