// What is wrong in the model's files, all at once, with place and remedy.
import { useRead } from '../../client/queries.ts'
import type { Issue } from '../../client/nouns.ts'
import { Badge, Copy, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'

const placeOf = ({ file, line, column }: Issue['at']): string =>
  [file, line, column].filter((part) => part !== undefined).join(':')

export function Problems() {
  const { data, error, refetch } = useRead('model.check', {})
  if (error && !data) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  if (data.issues.length === 0)
    return (
      <Empty title="The model has no problems" icon="check" command="castellan model check">
        The same check on a terminal or in a pipeline:
      </Empty>
    )
  return (
    <ul className="problems">
      {data.issues.map((issue) => (
        <li key={`${placeOf(issue.at)}${issue.text}`} className="problem">
          <Badge tone={issue.severity === 'error' ? 'bad' : 'warn'}>{issue.severity}</Badge>
          <div className="fill">
            <p className="wrap">{issue.text}</p>
            {issue.help === undefined ? null : <p className="quiet wrap">{issue.help}</p>}
          </div>
          <code className="problem-place wrap">{placeOf(issue.at)}</code>
          <Copy text={placeOf(issue.at)} name="Copy place" />
        </li>
      ))}
    </ul>
  )
}
