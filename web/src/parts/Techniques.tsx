// ATT&CK techniques as links to their pages.
import { techniqueLink } from '../format/words.ts'
import { Out } from './Go.tsx'

export const Techniques = ({
  ids,
  look = 'links',
}: {
  readonly ids: readonly string[]
  readonly look?: 'links' | 'rows'
}) => (
  <span className={look}>
    {ids.map((id) => {
      const link = techniqueLink(id)
      return link ? (
        <Out key={id} href={link}>
          {id}
        </Out>
      ) : (
        <span key={id}>{id}</span>
      )
    })}
  </span>
)
