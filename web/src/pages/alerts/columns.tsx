// Columns of the table of alerts.
import { levels, type Alert } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { tacticTitle } from '../../format/words.ts'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelText } from '../../parts/Level.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Time } from '../../parts/Time.tsx'

export const alertColumns: readonly Column<Alert>[] = [
  {
    id: 'level',
    title: 'Level',
    hint: 'how heavy the rule’s author says a match is',
    width: 96,
    cell: ({ rule }) => <LevelText level={rule.level} />,
  },
  {
    id: 'time',
    title: 'Time',
    hint: 'time of the event, in your zone',
    width: 132,
    cell: ({ time }) => <Time at={time} />,
  },
  {
    id: 'rule',
    title: 'Rule',
    width: 200,
    grow: 3,
    cell: ({ rule }) => <span className="strong cut">{rule.title}</span>,
    copy: ({ rule }) => rule.title,
  },
  {
    id: 'host',
    title: 'Host',
    width: 110,
    grow: 1,
    cell: ({ host }) => <span className="mono cut">{host}</span>,
    copy: ({ host }) => host,
  },
  {
    id: 'user',
    title: 'User',
    width: 100,
    grow: 1,
    from: 760,
    cell: ({ user }) => <span className="mono cut">{user}</span>,
    copy: ({ user }) => user,
  },
  {
    id: 'message',
    title: 'What happened',
    width: 200,
    grow: 5,
    from: 1000,
    cell: ({ message }) => (
      <span className="quiet cut" title={message}>
        {message}
      </span>
    ),
    copy: ({ message }) => message,
  },
  {
    id: 'tactic',
    title: 'Tactic',
    hint: 'first ATT&CK tactic of the rule',
    width: 140,
    from: 1180,
    cell: ({ rule }) => <span className="quiet cut">{rule.tactics.slice(0, 1).map(tacticTitle)}</span>,
  },
  {
    id: 'incident',
    title: 'Incident',
    hint: 'the incident it belongs to',
    width: 76,
    from: 640,
    cell: ({ incident }) =>
      incident === '' ? null : (
        <Go to={places.incidentById(incident)} className="row-link" title="Open its incident">
          <Icon name="incidents" size={14} /> open
        </Go>
      ),
  },
]

/** For lists short enough to sort in the browser. */
export const sortableAlertColumns: readonly Column<Alert>[] = alertColumns.map((column) => {
  if (column.id === 'level') return { ...column, sort: ({ rule }: Alert) => levels.indexOf(rule.level) }
  if (column.id === 'time') return { ...column, sort: ({ time }: Alert) => time }
  if (column.id === 'rule') return { ...column, sort: ({ rule }: Alert) => rule.title }
  return column
})
