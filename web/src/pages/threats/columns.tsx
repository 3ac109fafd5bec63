// Columns of the list of root causes.
import type { NameOf } from '../../client/names.ts'
import { levels } from '../../client/nouns.ts'
import { perYearText } from '../../format/chance.ts'
import { countText, listText } from '../../format/number.ts'
import { Badge } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelText } from '../../parts/Level.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { sentence, type RootCause } from './read.ts'

const Names = ({ ids, nameOf }: { readonly ids: readonly string[]; readonly nameOf: NameOf }) => {
  const names = ids.map(nameOf)
  return names.length === 0 ? (
    <span className="faint">–</span>
  ) : (
    <span className="quiet cut" title={names.join(', ')}>
      {listText(names, 2)}
    </span>
  )
}

/** How many wait for a decision: of all its threats, or only how many when a filter hides some of them. */
const Open = ({ cause, narrowed }: { readonly cause: RootCause; readonly narrowed: boolean }) => {
  const { open, threats } = cause
  if (open === 0)
    return (
      <Badge tone="good" title="something is decided about every threat of it">
        <Icon name="check" size={12} /> decided
      </Badge>
    )
  const all = narrowed ? '' : ` of ${countText(threats.length)}`
  return (
    <span className="number" title={`nothing is decided about ${countText(open)}${all}`}>
      {countText(open)}
      <span className="faint">{all}</span>
    </span>
  )
}

/** The columns; `narrowed` when a filter may hide some threats of a root cause. */
export const columnsOf = (nameOf: NameOf, narrowed: boolean): readonly Column<RootCause>[] => [
  {
    id: 'level',
    title: 'Level',
    hint: 'of the worst threat about which nothing is decided; of the worst when all are decided',
    width: 96,
    cell: ({ level }) => <LevelText level={level} />,
    sort: ({ level }) => levels.indexOf(level),
  },
  {
    id: 'title',
    title: 'Fix',
    hint: 'the one change that ends all threats of the row',
    width: 240,
    grow: 5,
    cell: ({ title }) => (
      <span className="strong cut" title={sentence(title)}>
        {sentence(title)}
      </span>
    ),
    sort: ({ title }) => title,
    copy: ({ id }) => id,
  },
  {
    id: 'at',
    title: 'Where',
    hint: 'assets or people at which the fix is made',
    width: 140,
    grow: 2,
    from: 820,
    cell: ({ at }) => <Names ids={at} nameOf={nameOf} />,
    sort: ({ at }) => nameOf(at[0] ?? ''),
  },
  {
    id: 'open',
    title: 'Open',
    hint: 'threats about which nothing is decided, of all that the fix would end',
    width: 84,
    align: 'end',
    cell: (cause) => <Open cause={cause} narrowed={narrowed} />,
    sort: ({ open }) => open,
  },
  {
    id: 'year',
    title: 'Expected',
    hint: 'how often its likeliest threat is expected to succeed; the threat shows the factors',
    width: 136,
    align: 'end',
    from: 560,
    cell: ({ perYear }) => <span className="number quiet">{perYearText(perYear)}</span>,
    sort: ({ perYear }) => perYear,
  },
  {
    id: 'data',
    title: 'Data',
    hint: 'data that is harmed',
    width: 130,
    grow: 2,
    from: 1000,
    cell: ({ data }) => <Names ids={data} nameOf={nameOf} />,
    sort: ({ data }) => data.length,
  },
  {
    id: 'services',
    title: 'Services',
    hint: 'services that stand on what is harmed',
    width: 130,
    grow: 2,
    from: 1140,
    cell: ({ services }) => <Names ids={services} nameOf={nameOf} />,
    sort: ({ services }) => services.length,
  },
]
