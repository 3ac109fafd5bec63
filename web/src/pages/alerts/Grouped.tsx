// The queue in groups: each line leads to its alerts.
import { useMemo } from 'react'
import type { Alert } from '../../client/nouns.ts'
import { countText, listText } from '../../format/number.ts'
import { LevelText } from '../../parts/Level.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Time } from '../../parts/Time.tsx'
import { groupsOf, type AlertGroup, type Grouping } from './groups.ts'

const columns: readonly Column<AlertGroup>[] = [
  {
    id: 'level',
    title: 'Level',
    hint: 'the heaviest of the group',
    width: 96,
    cell: ({ level }) => <LevelText level={level} />,
  },
  {
    id: 'title',
    title: 'Group',
    width: 220,
    grow: 3,
    cell: ({ title }) => <span className="strong cut">{title}</span>,
    copy: ({ title }) => title,
    sort: ({ title }) => title,
  },
  {
    id: 'alerts',
    title: 'Alerts',
    width: 76,
    align: 'end',
    cell: ({ alerts }) => <span className="number">{countText(alerts)}</span>,
    sort: ({ alerts }) => alerts,
  },
  {
    id: 'times',
    title: 'Times',
    hint: 'with those that repeat them',
    width: 76,
    align: 'end',
    cell: ({ times }) => <span className="number">{countText(times)}</span>,
    sort: ({ times }) => times,
  },
  {
    id: 'risk',
    title: 'Risk',
    hint: 'the highest risk now among their users, hosts and addresses',
    width: 64,
    align: 'end',
    cell: ({ risk }) => <span className="number">{countText(Math.round(risk))}</span>,
    sort: ({ risk }) => risk,
  },
  {
    id: 'first',
    title: 'First',
    width: 132,
    from: 900,
    cell: ({ first }) => <Time at={first} />,
    sort: ({ first }) => first,
  },
  { id: 'last', title: 'Last', width: 132, cell: ({ last }) => <Time at={last} />, sort: ({ last }) => last },
  {
    id: 'others',
    title: 'With',
    width: 200,
    grow: 4,
    from: 760,
    cell: ({ others }) => (
      <span className="quiet cut" title={others.join(', ')}>
        {listText(others)}
      </span>
    ),
  },
]
const keyOf = (group: AlertGroup): string => group.value

interface GroupedProps {
  readonly alerts: readonly Alert[]
  readonly by: Exclude<Grouping, 'none'>
  readonly onOpen: (value: string) => void
}
export function Grouped({ alerts, by, onOpen }: GroupedProps) {
  const rows = useMemo(() => groupsOf(alerts, by), [alerts, by])
  return (
    <DataTable
      name={`Alerts by ${by}`}
      rows={rows}
      columns={columns}
      keyOf={keyOf}
      onOpen={({ value }) => onOpen(value)}
      empty={<p className="quiet">No alert that is loaded names a {by}.</p>}
    />
  )
}
