// Columns of the table of events, made from their names.
import type { EventView } from '../../client/nouns.ts'
import { Icon } from '../../parts/Icon.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Time } from '../../parts/Time.tsx'
import { valueOf } from './values.ts'

const time: Column<EventView> = {
  id: 'time',
  title: 'Time',
  hint: 'time of the event, in the zone chosen beside the search',
  width: 132,
  cell: ({ time: at }) => <Time at={at} />,
}

/** Columns with a look of their own. */
const known: Readonly<Record<string, Column<EventView>>> = {
  time,
  received: {
    ...time,
    id: 'received',
    title: 'Received',
    hint: 'when it came in',
    cell: ({ received }) => <Time at={received} />,
  },
  source: {
    id: 'source',
    title: 'Source',
    width: 110,
    from: 900,
    cell: ({ source }) => <span className="quiet cut">{source}</span>,
    copy: ({ source }) => source,
  },
  host: {
    id: 'host',
    title: 'Host',
    width: 120,
    grow: 1,
    cell: ({ host }) => <span className="mono cut">{host}</span>,
    copy: ({ host }) => host,
  },
  user: {
    id: 'user',
    title: 'User',
    width: 100,
    grow: 1,
    from: 720,
    cell: ({ user }) => <span className="mono cut">{user}</span>,
    copy: ({ user }) => user,
  },
  activity: {
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
    copy: ({ activity }) => activity,
  },
  message: {
    id: 'message',
    title: 'Message',
    width: 240,
    grow: 6,
    cell: ({ message, raw }) => <span className="mono cut quiet">{message === '' ? raw.slice(0, 300) : message}</span>,
    copy: ({ message, raw }) => message || raw,
  },
}

const plain = (name: string): Column<EventView> => ({
  id: name,
  title: name,
  hint: name,
  width: 130,
  grow: 2,
  cell: (event) => <span className="mono cut">{valueOf(event, name).slice(0, 300)}</span>,
  copy: (event) => valueOf(event, name),
})

/** The box that selects an event. */
const marking = (marks: ReadonlySet<string>, onMark: (event: EventView) => void): Column<EventView> => ({
  id: 'mark',
  title: '',
  width: 34,
  cell: (event) => (
    <button
      type="button"
      role="checkbox"
      className="mark-box"
      aria-checked={marks.has(event.id)}
      aria-label="Select this event (x)"
      title="Select this event (x)"
      onClick={() => onMark(event)}
    >
      {marks.has(event.id) ? <Icon name="check" size={12} /> : null}
    </button>
  ),
})

/** The columns of these names, after the box that selects. */
export const eventColumns = (
  names: readonly string[],
  marks: ReadonlySet<string>,
  onMark: (event: EventView) => void,
): readonly Column<EventView>[] => [marking(marks, onMark), ...names.map((name) => known[name] ?? plain(name))]

/** Columns that are shown but are no name to search for. */
export const isSearchable = (column: string): boolean =>
  column !== 'message' && column !== 'time' && column !== 'received'
