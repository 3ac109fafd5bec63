// Counts over time as bars; dragging over them chooses a stretch of time.
import { useRef, useState, type PointerEvent } from 'react'
import { countText, plural } from '../../format/number.ts'
import { dayText, minuteText, sameDay, tableTimeText } from '../../format/time.ts'
import { useZone } from '../Time.tsx'
import { barsOf, marksOf, stretchOf, type Bucket } from './bars.ts'

interface HistogramProps {
  readonly buckets: readonly Bucket[]
  /** Milliseconds of one bar. */
  readonly step: number
  readonly of: string
  readonly onZoom: (since: number, until: number) => void
}
interface Drag {
  readonly from: number
  readonly to: number
}

export function Histogram({ buckets, step, of, onZoom }: HistogramProps) {
  useZone()
  const box = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const [over, setOver] = useState<number>()
  const placeOf = (event: PointerEvent): number => {
    const { left, width } = box.current?.getBoundingClientRect() ?? { left: 0, width: 1 }
    return (event.clientX - left) / width
  }
  const chosen = drag && stretchOf(buckets, step, drag.from, drag.to)
  const under = over === undefined ? undefined : stretchOf(buckets, step, over, over)
  const count = buckets.find(({ at }) => at === under?.since)?.count ?? 0
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0)
  const days = !sameDay(buckets[0]?.at ?? 0, buckets.at(-1)?.at ?? 0)
  return (
    <figure className="histogram" aria-label={`${plural(total, of)} over time`}>
      <div
        ref={box}
        className="histogram-box"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag({ from: placeOf(event), to: placeOf(event) })
        }}
        onPointerMove={(event) => {
          setOver(placeOf(event))
          setDrag((before) => before && { ...before, to: placeOf(event) })
        }}
        onPointerLeave={() => setOver(undefined)}
        onPointerCancel={() => setDrag(undefined)}
        onPointerUp={() => {
          if (chosen) onZoom(chosen.since, chosen.until)
          setDrag(undefined)
        }}
      >
        <Bars buckets={buckets} step={step} chosen={chosen} />
        {under && !drag ? (
          <span
            className="histogram-tip"
            data-side={(over ?? 0) > 0.5 ? 'left' : 'right'}
            style={{ left: `${(over ?? 0) * 100}%` }}
          >
            <b className="number">{countText(count)}</b> {tableTimeText(under.since)} – {minuteText(under.until)}
          </span>
        ) : null}
      </div>
      <div className="histogram-marks number" aria-hidden="true">
        {marksOf(buckets).map(({ at }) => (
          <span key={at}>{days ? `${dayText(at)} ${minuteText(at)}` : minuteText(at)}</span>
        ))}
      </div>
    </figure>
  )
}

interface BarsProps {
  readonly buckets: readonly Bucket[]
  readonly step: number
  readonly chosen: { readonly since: number; readonly until: number } | undefined
}
const Bars = ({ buckets, step, chosen }: BarsProps) => (
  <svg className="histogram-bars" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
    {barsOf(buckets, step).map(({ bucket, x, width, height }) => (
      <rect
        key={bucket.at}
        className="histogram-bar"
        data-chosen={(chosen && bucket.at >= chosen.since && bucket.at < chosen.until) || undefined}
        x={x + width * 0.08}
        width={width * 0.84}
        y={1 - height}
        height={height}
      />
    ))}
  </svg>
)
