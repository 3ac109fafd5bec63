// Decisions that ran out or lost their threat, and mistakes in decisions/ and threats/: on top, because they change what the list says.
import { useState } from 'react'
import { plural } from '../../format/number.ts'
import { Badge, Button } from '../../parts/basics.tsx'
import type { Problem } from './read.ts'

const few = 3
const placeOf = ({ file, line }: Problem['at']): string => (line === undefined ? file : `${file}:${line}`)

export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const [all, setAll] = useState(false)
  if (problems.length === 0) return null
  const shown = all ? problems : problems.slice(0, few)
  return (
    <section className="threat-problems" aria-label="Problems of decisions and rules">
      <ul>
        {shown.map((problem, at) => (
          <li key={`${problem.code} ${placeOf(problem.at)} ${at}`} className="threat-problem">
            <Badge tone={problem.severity === 'error' ? 'bad' : 'warn'} title={problem.code}>
              {problem.severity}
            </Badge>
            <span className="fill wrap">
              {problem.text}
              {problem.help ? <span className="quiet">; {problem.help}</span> : null}
            </span>
            <code className="faint wrap">{placeOf(problem.at)}</code>
          </li>
        ))}
      </ul>
      {problems.length > few ? (
        <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${plural(problems.length, 'problem')}`}
        </Button>
      ) : null}
    </section>
  )
}
