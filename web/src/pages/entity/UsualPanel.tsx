// What is usual for an account or a machine, on its page; nothing while no profile is known.
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { Go } from '../../parts/Go.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { profileName } from '../anomalies/read.ts'
import { Usual } from '../anomalies/Usual.tsx'

export function UsualPanel({ kind, name }: { readonly kind: 'user' | 'host'; readonly name: string }) {
  const plain = profileName(kind, name)
  const { data: known } = useRead('profile.list', { kind, q: plain, limit: 200 })
  const isKnown = known?.items.some((one) => one.name === plain) === true
  const { data } = useRead('profile.show', { kind, name: plain }, { enabled: isKnown })
  if (!data) return null
  return (
    <Panel
      className="entity-wide"
      title={<Go to={places.profile(kind, plain)}>What is usual</Go>}
      hint="remembered from all events that named it, whatever time is chosen above"
    >
      <Usual profile={data} />
    </Panel>
  )
}
