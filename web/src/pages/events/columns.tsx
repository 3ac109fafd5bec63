// Columns of the table of events.
import type { EventView } from '../../client/nouns.ts'
import { Icon } from '../../parts/Icon.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Time } from '../../parts/Time.tsx'

export const eventColumns: readonly Column<EventView>[] = [
  {
    id: 'time',
    title: 'Time',
    hint: 'time of the event, in your zone',
    width: 132,
    cell: ({ time }) => <Time at={time} />,
  },
  {
    id: 'source',
    title: 'Source',
    width: 110,
    from: 900,
    cell: ({ source }) => <span className="quiet cut">{source}</span>,
    copy: ({ source }) => source,
  },
  {
    id: 'host',
    title: 'Host',
    width: 120,
    grow: 1,
    cell: ({ host }) => <span className="mono cut">{host}</span>,
    copy: ({ host }) => host,
  },
  {
    id: 'user',
    title: 'User',
    width: 100,
    grow: 1,
    from: 720,
    cell: ({ user }) => <span className="mono cut">{user}</span>,
    copy: ({ user }) => user,
  },
  {
    id: 'activity',
    title: 'Activity',
    width: 136,
    from: 620,
    cell: ({ activity, parse_error }) =>
      parse_error === '' ? (
        <span className="cut">{activity}</span>
      ) : (
        <span className="row cut event-unparsed" title={parse_error}>
          <Icon name="incidents" size={12} /> unparsed
        </span>
      ),
  },
  {
    id: 'message',
    title: 'Message',
    width: 240,
    grow: 6,
    cell: ({ message, raw }) => <span className="mono cut quiet">{message === '' ? raw.slice(0, 300) : message}</span>,
    copy: ({ message, raw }) => message || raw,
  },
]
