// Columns of the list of detectors.
import { type Detector, type Output } from '../../client/nouns.ts'
import { bytesText, countText } from '../../format/number.ts'
import { Badge, type Tone } from '../../parts/basics.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { levelColumn } from '../../parts/levelColumn.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Ago } from '../../parts/Time.tsx'
import { falseText } from '../rules/read.ts'
import { detectorStates, learntShare } from './read.ts'

export type Hits = Omit<Output<'rule.hits'>['items'][number], 'rule'>
export interface Watched extends Detector {
  readonly hits: Hits | undefined
}

const looks: Readonly<Record<Detector['state'], readonly [Tone, IconName]>> = {
  running: ['good', 'check'],
  learning: ['low', 'clock'],
  waiting: ['plain', 'pause'],
  off: ['plain', 'close'],
}
const order = ['running', 'learning', 'waiting', 'off'] as const

/** State, and while it learns how far it is. */
export function DetectorState({ detector }: { readonly detector: Detector }) {
  const { state, learntDays, learnDays } = detector
  const [tone, icon] = looks[state]
  return (
    <span className="detector-state">
      <Badge tone={tone} title={detectorStates[state].means}>
        <Icon name={icon} size={12} /> {detectorStates[state].title}
      </Badge>
      {state === 'learning' ? (
        <span className="number small quiet" title={`${learntDays} of ${learnDays} days with events`}>
          <progress className="learning" value={learntShare(detector)} aria-label="learnt" /> {learntDays}/{learnDays} d
        </span>
      ) : null}
    </span>
  )
}

export const detectorColumns: readonly Column<Watched>[] = [
  levelColumn(),
  {
    id: 'title',
    title: 'Detector',
    width: 200,
    grow: 3,
    cell: ({ title, does }) => (
      <span className="strong cut" title={does}>
        {title}
      </span>
    ),
    sort: ({ title }) => title,
    copy: ({ name }) => name,
  },
  {
    id: 'state',
    title: 'State',
    hint: 'whether it has learnt long enough to speak',
    width: 176,
    cell: (detector) => <DetectorState detector={detector} />,
    sort: ({ state }) => order.indexOf(state),
  },
  {
    id: 'findings',
    title: 'Findings',
    hint: 'how often it told of something, with what repeats',
    width: 84,
    align: 'end',
    cell: ({ hits }) => (
      <span className="number">{hits ? countText(hits.hits) : <span className="faint">0</span>}</span>
    ),
    sort: ({ hits }) => hits?.hits ?? 0,
  },
  {
    id: 'last',
    title: 'Last',
    width: 92,
    from: 700,
    cell: ({ hits }) => <Ago at={hits?.last ?? null} />,
    sort: ({ hits }) => hits?.last ?? 0,
  },
  {
    id: 'false',
    title: 'False alarms',
    hint: 'of the findings that people judged, those called benign',
    width: 190,
    from: 860,
    cell: ({ hits }) => (
      <span className="quiet cut">{(hits && falseText(hits)) || <span className="faint">not judged yet</span>}</span>
    ),
    sort: ({ hits }) => (hits && hits.benign + hits.confirmed > 0 ? hits.benign / (hits.benign + hits.confirmed) : -1),
  },
  {
    id: 'memory',
    title: 'Remembers',
    hint: 'groups that it remembers: accounts, machines, pairs; and the memory they take',
    width: 150,
    from: 1060,
    align: 'end',
    cell: ({ groups, bytes, mostBytes }) => (
      <span className="number quiet cut" title={`${bytesText(bytes)} of ${bytesText(mostBytes)}`}>
        {countText(groups)} · {bytesText(bytes)}
      </span>
    ),
    sort: ({ bytes }) => bytes,
  },
]
