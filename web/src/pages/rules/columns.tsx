// Columns of the list of rules.
import { type Rule } from '../../client/nouns.ts'
import { countText, plural } from '../../format/number.ts'
import { standings } from '../../format/words.ts'
import { Icon } from '../../parts/Icon.tsx'
import { levelColumn } from '../../parts/levelColumn.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Ago } from '../../parts/Time.tsx'
import { logsourceOf, originText } from './read.ts'
import { StandingBadge, TestBadge } from './Standing.tsx'

const testOrder = ['failed', 'passed', 'not-run', 'none'] as const

export const ruleColumns: readonly Column<Rule>[] = [
  levelColumn(),
  {
    id: 'title',
    title: 'Rule',
    width: 180,
    grow: 4,
    cell: ({ title, joins, override }) => (
      <span className="rule-title">
        <span className="strong cut" title={title}>
          {title}
        </span>
        {joins.length > 0 ? (
          <span className="rule-mark" title={`a correlation of ${plural(joins.length, 'rule')}: ${joins.join('; ')}`}>
            <Icon name="link" size={12} />
            {joins.length}
          </span>
        ) : null}
        {override ? (
          <span className="rule-mark" title="overridden in castellan.yaml">
            <Icon name="settings" size={12} />
          </span>
        ) : null}
      </span>
    ),
    sort: ({ title }) => title,
    copy: ({ id }) => id,
  },
  {
    id: 'standing',
    title: 'Standing',
    hint: 'whether it can find anything, with what telemetry has shown so far',
    width: 156,
    cell: ({ standing, standingWhy }) => <StandingBadge standing={standing} why={standingWhy} />,
    sort: ({ standing }) => standings.indexOf(standing),
  },
  {
    id: 'hits',
    title: 'Hits',
    hint: 'how often it raised an alert, with those that repeat one',
    width: 68,
    align: 'end',
    cell: ({ hits }) => (
      <span className="number">{hits === 0 ? <span className="faint">0</span> : countText(hits)}</span>
    ),
    sort: ({ hits }) => hits,
  },
  {
    id: 'last',
    title: 'Last hit',
    hint: 'time of the last event that it raised an alert for',
    width: 92,
    from: 560,
    cell: ({ lastHit }) => <span className="quiet cut">{<Ago at={lastHit} />}</span>,
    sort: ({ lastHit }) => lastHit ?? 0,
  },
  {
    id: 'tests',
    title: 'Tests',
    hint: 'tests within the rule or beside it',
    width: 100,
    from: 680,
    cell: ({ tests }) => <TestBadge tests={tests} />,
    sort: ({ tests }) => testOrder.indexOf(tests),
  },
  {
    id: 'source',
    title: 'Log source',
    width: 140,
    grow: 1,
    from: 820,
    cell: (rule) => (
      <span className="quiet cut" title={logsourceOf(rule)}>
        {logsourceOf(rule)}
      </span>
    ),
    sort: logsourceOf,
  },
  {
    id: 'techniques',
    title: 'ATT&CK',
    width: 116,
    from: 980,
    cell: ({ techniques }) => (
      <span className="mono quiet cut" title={techniques.join(' ')}>
        {techniques.join(' ')}
      </span>
    ),
    sort: ({ techniques }) => techniques[0] ?? '',
  },
  {
    id: 'origin',
    title: 'From',
    hint: 'the workspace’s own folder, a pack at its pinned commit, or Castellan itself',
    width: 130,
    grow: 1,
    from: 1120,
    cell: ({ origin }) => (
      <span className="quiet cut" title={originText(origin)}>
        {originText(origin)}
      </span>
    ),
    sort: ({ origin }) => originText(origin),
  },
]
