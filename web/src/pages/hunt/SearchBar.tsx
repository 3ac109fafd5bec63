// The search, its time, and how much there is over time.
import { useRead } from '../../client/queries.ts'
import { endsOf, type Range } from '../../format/range.ts'
import { Skeleton } from '../../parts/basics.tsx'
import { Histogram } from '../../parts/chart/Histogram.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { thisMinute } from './ask.ts'
import { QueryField } from './QueryField.tsx'
import { placeOfError } from './query.ts'
import type { HuntUrl } from './state.ts'

interface SearchBarProps {
  readonly hunt: HuntUrl
  readonly wrong: string | undefined
}
export function SearchBar({ hunt, wrong }: SearchBarProps) {
  const { q, filter, range } = hunt
  return (
    <>
      <div className="filters" role="search">
        <QueryField
          query={q}
          range={range}
          wrong={wrong}
          place={wrong === undefined ? undefined : placeOfError(wrong, q)}
          onSearch={hunt.search}
        />
        <RangePicker range={range} onChange={hunt.zoom} />
      </div>
      <Volume q={filter} range={range} onZoom={(since, until) => hunt.zoom({ kind: 'between', since, until })} />
    </>
  )
}

interface VolumeProps {
  readonly q: string
  readonly range: Range
  readonly onZoom: (since: number, until: number) => void
}
function Volume({ q, range, onZoom }: VolumeProps) {
  const minute = thisMinute()
  const { data, error } = useRead(
    'event.histogram',
    { q, until: minute, ...endsOf(range, minute), buckets: 60 },
    { keep: true },
  )
  if (error && !data) return null
  return (
    <div className="volume" title="events found, over time; drag over them to choose a stretch">
      {data ? (
        <Histogram buckets={data.buckets} step={data.step} of="event" onZoom={onZoom} />
      ) : (
        <Skeleton lines={1} height={64} />
      )}
    </div>
  )
}
