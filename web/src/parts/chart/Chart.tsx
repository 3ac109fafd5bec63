// A chart over time. The library comes when the first chart does; until then its place is kept.
import { useEffect, useRef, useState } from 'react'
import { coloursOf, useScheme } from '../../design/theme.ts'
import { Skeleton } from '../basics.tsx'
import { useZone } from '../Time.tsx'
import { optionOf, type Drawing, type Series } from './options.ts'

interface ChartProps {
  /** Said to those who do not see it. */
  readonly name: string
  readonly kind: 'bars' | 'area'
  /** Series with the names of their colour tokens. */
  readonly series: readonly (Omit<Series, 'colour'> & { readonly token: string })[]
  readonly step: number
  readonly height?: number
  /** Called with the beginning of the stretch that was clicked. */
  readonly onPick?: (at: number) => void
}

export function Chart({ name, kind, series, step, height = 160, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const [drawing, setDrawing] = useState<Drawing>()
  const scheme = useScheme()
  const zone = useZone()
  const pick = useRef(onPick)
  useEffect(() => void (pick.current = onPick))
  useEffect(() => {
    let made: Drawing | undefined
    let gone = false
    const begin = async (): Promise<void> => {
      const { drawIn } = await import('./echarts.ts')
      if (gone || !place.current) return
      made = drawIn(place.current)
      made.onPick((at) => pick.current?.(at))
      setDrawing(made)
    }
    void begin()
    return () => {
      gone = true
      made?.dispose()
    }
  }, [])
  useEffect(() => {
    const colours = coloursOf([...series.map(({ token }) => token), 'ink-3', 'line', 'hover'])
    const palette = { 'ink-3': colours['ink-3'] ?? '', line: colours['line'] ?? '', hover: colours['hover'] ?? '' }
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const coloured = series.map(({ token, ...rest }) => ({ ...rest, colour: colours[token] ?? '' }))
    drawing?.show(optionOf({ kind, step, series: coloured, palette, still }))
  }, [drawing, scheme, zone, kind, series, step])
  return (
    <div className="chart" role="img" aria-label={name} style={{ height }} data-picks={onPick ? true : undefined}>
      <div ref={place} className="chart-place" />
      {drawing ? null : <Skeleton lines={1} height={height} />}
    </div>
  )
}
