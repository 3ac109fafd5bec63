// The hunt: a search over everything that was logged, its volume over time, its fields, and what pipes make of it.
import './hunt.css'
import './result.css'
import { useRead } from '../../client/queries.ts'
import { type Range, endsOf } from '../../format/range.ts'
import { Skeleton } from '../../parts/basics.tsx'
import { Histogram } from '../../parts/chart/Histogram.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { thisMinute } from './ask.ts'
import { Computed } from './Computed.tsx'
import { Found } from './Found.tsx'
import { hasPipes } from './language.ts'
import { QueryField } from './QueryField.tsx'
import { placeOfError } from './query.ts'
import { useHuntUrl } from './state.ts'

export function Page() {
  const hunt = useHuntUrl()
  return hasPipes(hunt.q) ? <Computed hunt={hunt} Bar={SearchBar} /> : <Found hunt={hunt} Bar={SearchBar} />
}

export interface SearchBarProps {
  readonly hunt: ReturnType<typeof useHuntUrl>
  readonly wrong: string | undefined
}
/** The search, its time, and how much there is over time. */
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
