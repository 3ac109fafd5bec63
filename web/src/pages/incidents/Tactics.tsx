// ATT&CK tactics in the order of an intrusion: as a strip with words, or as dots where space is scarce.
import './tactics.css'
import { tactics, tacticTitle } from '../../format/words.ts'

const titleOf = (hit: readonly string[]): string =>
  hit.length === 0 ? 'no tactic named' : `Tactics: ${hit.map(tacticTitle).join(', ')}`

/** All tactics as segments; those seen are filled and named. */
export const TacticStrip = ({ tactics: seen }: { readonly tactics: readonly string[] }) => (
  <ol className="tactic-strip" aria-label={titleOf(seen)}>
    {tactics.map(({ name, id, title, short }) => (
      <li
        key={name}
        className="tactic"
        data-seen={seen.includes(name) || undefined}
        title={`${title} (${id})${seen.includes(name) ? '' : ': not seen'}`}
      >
        <span className="tactic-bar" />
        <span className="tactic-word">{short}</span>
      </li>
    ))}
  </ol>
)

/** All tactics as small marks in a row. */
export const TacticDots = ({ tactics: seen }: { readonly tactics: readonly string[] }) => (
  <span className="tactic-dots" role="img" aria-label={titleOf(seen)} title={titleOf(seen)}>
    {tactics.map(({ name }) => (
      <span key={name} className="tactic-dot" data-seen={seen.includes(name) || undefined} />
    ))}
  </span>
)
