// Columns of the list of differences.
import { countText } from '../../format/number.ts'
import { levelColumn } from '../../parts/levelColumn.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Ago } from '../../parts/Time.tsx'
import { type Finding, kindWords, serviceText } from './read.ts'

export const columns: readonly Column<Finding>[] = [
  { ...levelColumn(), hint: 'from the trust of the zones it crosses and the data at its ends' },
  {
    id: 'kind',
    title: 'Kind',
    hint: 'in what the model and telemetry do not agree',
    width: 130,
    cell: ({ kind }) => <span title={kindWords[kind].means}>{kindWords[kind].title}</span>,
    sort: ({ kind }) => kind,
  },
  {
    id: 'title',
    title: 'What',
    hint: 'what was seen, or was not',
    width: 260,
    grow: 5,
    cell: ({ title }) => (
      <span className="strong cut" title={title}>
        {title}
      </span>
    ),
    sort: ({ title }) => title,
    copy: ({ id }) => id,
  },
  {
    id: 'service',
    title: 'Service',
    hint: 'transport and port of the receiver',
    width: 96,
    from: 820,
    cell: (finding) => <span className="mono">{serviceText(finding)}</span>,
    sort: serviceText,
  },
  {
    id: 'count',
    title: 'Records',
    hint: 'records that show it; several sensors may show one connection',
    width: 92,
    align: 'end',
    from: 700,
    cell: ({ evidence }) => <span className="number">{countText(evidence.count)}</span>,
    sort: ({ evidence }) => evidence.count,
  },
  {
    id: 'last',
    title: 'Last',
    hint: 'when it was last seen',
    width: 110,
    from: 900,
    cell: ({ evidence }) => <Ago at={evidence.last} />,
    sort: ({ evidence }) => evidence.last ?? 0,
  },
]
