// What can be done with a value: narrow to it, leave it out, search for it alone, open its page.
import { places } from '../../frame/places.ts'
import { Go } from '../../parts/Go.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { entityIcons, entityKindOf } from '../entity/entities.ts'
import { termOf } from './query.ts'

export type OnTerm = (term: string, how: 'include' | 'exclude') => void

interface PivotProps {
  /** Name as a search has it; `fields.host` for a source's own field that is called as a column. */
  readonly name: string
  readonly value: string
  /** Narrows the search that the value was found by; absent where there is none. */
  readonly onTerm?: OnTerm | undefined
}

export function Pivot({ name, value, onTerm }: PivotProps) {
  const term = termOf(name, value)
  const kind = entityKindOf(name)
  return (
    <>
      {onTerm ? (
        <>
          <Act
            icon="plus"
            title={`Only with ${term}`}
            name={`Only with this ${name}`}
            run={() => onTerm(term, 'include')}
          />
          <Act
            icon="minus"
            title={`Leave out ${term}`}
            name={`Leave out this ${name}`}
            run={() => onTerm(term, 'exclude')}
          />
        </>
      ) : null}
      <Go
        className="copy"
        to={places.hunt({ q: term })}
        title={`A new search for ${term}`}
        aria-label={`A new search for this ${name}`}
      >
        <Icon name="search" size={14} />
      </Go>
      {kind ? (
        <Go
          className="copy"
          to={places.entity(kind, value)}
          title={`All about the ${kind} ${value}`}
          aria-label={`All about this ${kind}`}
        >
          <Icon name={entityIcons[kind]} size={14} />
        </Go>
      ) : null}
    </>
  )
}

interface ActProps {
  readonly icon: IconName
  readonly title: string
  readonly name: string
  readonly run: () => void
}
const Act = ({ icon, title, name, run }: ActProps) => (
  <button type="button" className="copy" title={title} aria-label={name} onClick={run}>
    <Icon name={icon} size={14} />
  </button>
)
