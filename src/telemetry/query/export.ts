// A search as a statement whose rows go into a file: every column under a name that people know.
import { type ColumnName, columns, isColumn } from '../columns.ts'
import { chartSql, type Timechart } from './chart.ts'
import { orderText, type Relation, type Making, selectFrom } from './relation.ts'

/** Names in a file hold letters, digits, `_`, `.` and parentheses only, so that they can stand in a statement; each is there once. */
export function exportNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = name.replace(/[^\w.()]/g, '_').slice(0, 100) || '_'
    let one = plain
    for (let turn = 2; taken.has(one); turn++) one = `${plain}_${turn}`
    taken.add(one)
    return one
  })
}

/** Maps and lists are texts in CSV; in the others they stay what they are. */
export function exportSql(
  plan: { relation: Relation; making: Making; chart: Timechart | undefined },
  how: { csv: boolean; step: number },
): string {
  const { relation, making, chart } = plan
  if (chart) {
    const rows = chartSql(chart, how.step, { relation, making })
    return `select fromUnixTimestamp64Milli(at, 'UTC') as time, series, value from (${rows}) order by at, series`
  }
  const list = relation.made ? madeList(relation) : eventList(how.csv)
  return `select ${list} from (${selectFrom(relation, '*')} order by ${orderText(relation.order)})`
}

function madeList({ made = [] }: Relation): string {
  const names = exportNames((made ?? []).map(({ name }) => name))
  return (made ?? [])
    .map(
      ({ sql, type }, index) =>
        `${type === 'time' ? `fromUnixTimestamp64Milli(assumeNotNull(${sql}), 'UTC')` : sql} as \`${names[index] ?? ''}\``,
    )
    .join(', ')
}

function eventList(csv: boolean): string {
  const names = Object.keys(columns).filter((name): name is ColumnName => isColumn(name))
  const inCsv = (name: string): string => `toJSONString(${name}) as ${name}_`
  const own = names.map((name) => (csv && columns[name].kind === 'list' ? inCsv(name) : name))
  return [...own, ...['fields', 'enriched'].map((name) => (csv ? inCsv(name) : name))].join(', ')
}
