// Columns of the table of alerts.
import { levels, type Alert, type PlainAlert } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { countText } from '../../format/number.ts'
import { tacticTitle } from '../../format/words.ts'
import { Badge } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelText } from '../../parts/Level.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Time } from '../../parts/Time.tsx'

/** What every alert has. */
const plainColumns: readonly Column<PlainAlert>[] = [
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
    width: 160,
    grow: 3,
    cell: ({ rule }) => <span className="strong cut">{rule.title}</span>,
    copy: ({ rule }) => rule.title,
  },
  {
    id: 'host',
    title: 'Host',
    width: 110,
    grow: 1,
    from: 570,
    cell: ({ host }) => <span className="mono cut">{host}</span>,
    copy: ({ host }) => host,
  },
  {
    id: 'user',
    title: 'User',
    width: 100,
    grow: 1,
    from: 800,
    cell: ({ user }) => <span className="mono cut">{user}</span>,
    copy: ({ user }) => user,
  },
  {
    id: 'message',
    title: 'What happened',
    width: 160,
    grow: 5,
    from: 960,
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
    from: 1206,
    cell: ({ rule }) => <span className="quiet cut">{rule.tactics.slice(0, 1).map(tacticTitle)}</span>,
  },
  {
    id: 'incident',
    title: 'Incident',
    hint: 'the incident it belongs to',
    width: 76,
    from: 700,
    cell: ({ incident }) =>
      incident === '' ? null : (
        <Go to={places.incidentById(incident)} className="row-link" title="Open its incident">
          <Icon name="incidents" size={14} /> open
        </Go>
      ),
  },
]

/** What the queue knows beside: how often it happened, what people said of it, the risk of what it names. */
const queueColumns: readonly Column<Alert>[] = [
  {
    id: 'times',
    title: 'Times',
    hint: 'how often it happened within its window: the same rule on the same host and user',
    width: 62,
    align: 'end',
    cell: ({ times, last }) =>
      times === 1 ? (
        <span className="faint number">1</span>
      ) : (
        <span className="number strong" title={`last ${new Date(last).toISOString()}`}>
          ×{countText(times)}
        </span>
      ),
  },
  {
    id: 'verdict',
    title: 'Said',
    hint: 'what a person said of it, or what keeps it out of the queue',
    width: 104,
    from: 1064,
    cell: (alert) => <Said alert={alert} />,
  },
]
const riskColumn: Column<Alert> = {
  id: 'risk',
  title: 'Risk',
  hint: 'the highest risk now among its user, host and addresses: points of their alerts, halving with each half-life',
  width: 60,
  align: 'end',
  from: 630,
  cell: ({ risk }) => <span className={risk > 0 ? 'number' : 'number faint'}>{countText(Math.round(risk))}</span>,
}

export function Said({ alert: { verdict, suppressed } }: { readonly alert: Pick<Alert, 'verdict' | 'suppressed'> }) {
  if (verdict === 'confirmed') return <Badge tone="bad">confirmed</Badge>
  if (verdict === 'benign') return <Badge tone="good">benign</Badge>
  return suppressed === '' ? null : (
    <Badge tone="low" title={suppressed}>
      suppressed
    </Badge>
  )
}

const at = (id: string): number => plainColumns.findIndex((column) => column.id === id)
/** Columns of the queue. */
export const alertColumns: readonly Column<Alert>[] = [
  ...plainColumns.slice(0, at('host')),
  ...queueColumns,
  ...plainColumns.slice(at('host'), at('message')),
  riskColumn,
  ...plainColumns.slice(at('message')),
]

/** For lists short enough to sort in the browser. */
export const sortableAlertColumns: readonly Column<PlainAlert>[] = plainColumns.map((column) => {
  if (column.id === 'level') return { ...column, sort: ({ rule }: PlainAlert) => levels.indexOf(rule.level) }
  if (column.id === 'time') return { ...column, sort: ({ time }: PlainAlert) => time }
  if (column.id === 'rule') return { ...column, sort: ({ rule }: PlainAlert) => rule.title }
  return column
})
