// The commonest values of the main fields in what was found; a click narrows to a value or leaves it out.
import { useState } from 'react'
import { useRead } from '../../client/queries.ts'
import { countText, shortText } from '../../format/number.ts'
import { endsOf, type Range } from '../../format/range.ts'
import { Skeleton } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { thisMinute } from './ask.ts'
import type { OnTerm } from './Pivot.tsx'
import { tailOfPath, termOf } from './query.ts'

const fields = ['source', 'host', 'user', 'activity', 'product', 'process', 'src_ip', 'dst_ip', 'asset']
const shownFirst = 5

interface FacetsProps {
  readonly q: string
  readonly range: Range
  readonly onTerm: OnTerm
}

export function Facets({ q, range, onTerm }: FacetsProps) {
  const { data, error } = useRead('event.facets', { q, ...endsOf(range, thisMinute()), fields }, { keep: true })
  if (error && !data) return null
  return data ? (
    data.facets.map((facet) => <Facet key={facet.field} {...facet} onTerm={onTerm} />)
  ) : (
    <Skeleton lines={16} />
  )
}

/** The commonest values of one field. */
export function FacetOf({ field, q, range, onTerm }: FacetsProps & { readonly field: string }) {
  const asked = { q, ...endsOf(range, thisMinute()), fields: [field] }
  const { data, error } = useRead('event.facets', asked, { keep: true })
  if (error && !data) return <p className="small quiet">{error.message}</p>
  const [facet] = data?.facets ?? []
  return facet ? <Facet {...facet} inner onTerm={onTerm} /> : <Skeleton lines={3} />
}

interface FacetProps {
  readonly field: string
  readonly values: readonly { readonly value: string; readonly count: number }[]
  /** Under the name of the field, which then need not be said again. */
  readonly inner?: boolean
  readonly onTerm: OnTerm
}
function Facet({ field, values, inner = false, onTerm }: FacetProps) {
  const [all, setAll] = useState(false)
  const named = values.filter(({ value }) => value !== '')
  if (named.length === 0) return null
  const most = Math.max(...named.map(({ count }) => count))
  return (
    <section className={inner ? 'facet facet-inner' : 'facet'}>
      {inner ? null : <h3 className="mono">{field}</h3>}
      <ul>
        {(all ? named : named.slice(0, shownFirst)).map(({ value, count }) => (
          <li key={value} className="facet-value">
            <button
              type="button"
              className="facet-include"
              title={`Only ${field} ${value} (${countText(count)} events)`}
              onClick={() => onTerm(termOf(field, value), 'include')}
            >
              <span className="facet-bar" style={{ width: `${(count / most) * 100}%` }} />
              <span className="facet-text cut">{tailOfPath(value)}</span>
              <span className="facet-count number">{shortText(count)}</span>
            </button>
            <button
              type="button"
              className="facet-exclude"
              title={`Leave out ${field} ${value}`}
              aria-label={`Leave out ${field} ${value}`}
              onClick={() => onTerm(termOf(field, value), 'exclude')}
            >
              <Icon name="minus" size={12} />
            </button>
          </li>
        ))}
      </ul>
      {named.length > shownFirst ? (
        <button type="button" className="facet-more" onClick={() => setAll(!all)}>
          {all ? 'fewer' : `${named.length - shownFirst} more`}
        </button>
      ) : null}
    </section>
  )
}
