// How an incident stands: a word with a shape.
import type { IncidentState } from '../../client/nouns.ts'
import { incidentStateWords } from '../../format/words.ts'
import { Badge, type Tone } from '../../parts/basics.tsx'

const tones: Readonly<Record<IncidentState, Tone>> = {
  observed: 'plain',
  open: 'warn',
  investigating: 'accent',
  contained: 'low',
  closed: 'good',
}
/** How far along: a pie from empty to full. */
const done: Readonly<Record<IncidentState, number>> = {
  observed: 0,
  open: 0.08,
  investigating: 0.4,
  contained: 0.75,
  closed: 1,
}

function Pie({ part }: { readonly part: number }) {
  const angle = part * 2 * Math.PI
  const [x, y] = [6 + 4 * Math.sin(angle), 6 - 4 * Math.cos(angle)]
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="pie">
      <circle cx="6" cy="6" r="5" className="pie-rim" />
      {part >= 1 ? (
        <circle cx="6" cy="6" r="4" className="pie-done" />
      ) : (
        <path className="pie-done" d={`M6 6V2A4 4 0 ${part > 0.5 ? 1 : 0} 1 ${x} ${y}Z`} />
      )}
    </svg>
  )
}

export const IncidentStateBadge = ({ state }: { readonly state: IncidentState }) => (
  <Badge tone={tones[state]} title={incidentStateWords[state].means}>
    <Pie part={done[state]} /> {incidentStateWords[state].title}
  </Badge>
)
