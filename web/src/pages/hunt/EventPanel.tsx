// An event that is not in the list shown: by a link from an alert, say; with a way to see its neighbours.
import { useRead } from '../../client/queries.ts'
import type { EventView } from '../../client/nouns.ts'
import { Button, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { SidePanel } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { EventDetail } from './EventDetail.tsx'
import type { OnTerm } from './Pivot.tsx'
import { termOf } from './query.ts'

interface EventPanelProps {
  readonly id: string
  readonly onClose: () => void
  readonly onTerm: OnTerm
  readonly onAround: (params: Readonly<Record<string, string>>) => void
}

const around = 5 * 60_000
const neighbours = (event: EventView): Record<string, string> => ({
  q: event.host === '' ? '' : termOf('host', event.host),
  range: '',
  since: new Date(event.time - around).toISOString(),
  until: new Date(event.time + around).toISOString(),
})

export function EventPanel({ id, onClose, onTerm, onAround }: EventPanelProps) {
  const { data, error, refetch } = useRead('event.show', { id })
  return (
    <SidePanel kind="Event" title={data?.activity ?? '…'} onClose={onClose}>
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data ? (
        <>
          <p className="wrap">{data.message}</p>
          <div className="rows">
            <Time at={data.time} />
            <Button onClick={() => onAround(neighbours(data))}>
              {data.host === '' ? 'Five minutes before and after' : `${data.host}, five minutes before and after`}
            </Button>
          </div>
          <EventDetail event={data} onTerm={onTerm} stacked />
        </>
      ) : error ? null : (
        <Skeleton lines={10} />
      )}
    </SidePanel>
  )
}
