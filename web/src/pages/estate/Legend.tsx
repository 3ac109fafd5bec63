// What lines and colours of the drawing mean; also holds the arrow heads.
import { plural } from '../../format/number.ts'
import type { EstateView } from './near.ts'

const Arrow = ({ id, className }: { readonly id: string; readonly className: string }) => (
  <marker
    id={id}
    className={className}
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="7"
    markerHeight="7"
    orient="auto-start-reverse"
  >
    <path d="M0 0 8 4 0 8Z" />
  </marker>
)

export const Legend = ({ hidden }: { readonly hidden: EstateView['hidden'] }) => (
  <div className="legend">
    <svg width="0" height="0" aria-hidden="true">
      <defs>
        <Arrow id="arrow" className="arrow" />
        <Arrow id="arrow-plaintext" className="arrow-plaintext" />
        <Arrow id="arrow-lit" className="arrow-lit" />
      </defs>
    </svg>
    <span className="legend-item">
      <Sample crosses={false} plaintext={false} /> within a zone
    </span>
    <span className="legend-item">
      <Sample crosses plaintext={false} /> between zones
    </span>
    <span className="legend-item">
      <Sample crosses plaintext /> not encrypted
    </span>
    <span className="legend-item">
      <Sample crosses plaintext={false} open /> not authenticated
    </span>
    <span className="legend-item">
      <span className="legend-critical" /> critical asset
    </span>
    {hidden.assets > 0 ? (
      <span className="legend-item">
        {plural(hidden.assets, 'asset')} and {plural(hidden.flows, 'flow')} to them not shown
      </span>
    ) : null}
    {hidden.inside > 0 ? <span className="legend-item">{plural(hidden.inside, 'flow')} within groups</span> : null}
  </div>
)

interface SampleProps {
  readonly crosses: boolean
  readonly plaintext: boolean
  readonly open?: boolean
}
const Sample = ({ crosses, plaintext, open = false }: SampleProps) => (
  <svg width="28" height="10" aria-hidden="true">
    <path
      className="link"
      d="M1 5H27"
      data-crosses={crosses || undefined}
      data-plaintext={plaintext || undefined}
      data-open={open || undefined}
    />
  </svg>
)
