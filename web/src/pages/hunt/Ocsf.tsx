// An event in the form of OCSF, where the server derives it: its attributes, and what the schema objects to.
import { useQuery } from '@tanstack/react-query'
import { pathOf, queryOf, request, type Trouble } from '../../client/client.ts'
import { operationKinds } from '../../client/generated.ts'
import { plural } from '../../format/number.ts'
import { Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { ocsfOf } from './ocsf.ts'

/** Whether the server knows OCSF. */
export const hasOcsf = Object.hasOwn(operationKinds, 'event.ocsf')

export function Ocsf({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery<unknown, Trouble>({
    queryKey: ['event.ocsf', { id }],
    queryFn: ({ signal }) => request(`${pathOf('event.ocsf')}${queryOf({ id })}`, { method: 'GET', signal }),
  })
  if (error) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={10} />
  const { text, problems } = ocsfOf(data)
  return (
    <>
      <p className="row small quiet">
        <span className="fill">derived by the mapping of today; not stored</span>
        <Copy text={text} name="Copy as JSON" />
      </p>
      {problems.length === 0 ? null : (
        <details className="small">
          <summary className="event-unparsed">{plural(problems.length, 'objection')} of the schema</summary>
          <ul>
            {problems.map(({ path, text: said }) => (
              <li key={`${path}${said}`} className="wrap">
                <code>{path}</code> {said}
              </li>
            ))}
          </ul>
        </details>
      )}
      <pre className="wrap">{text}</pre>
    </>
  )
}
