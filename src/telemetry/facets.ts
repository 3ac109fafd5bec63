// The statement that counts the commonest values of several fields.
import { isPromoted, promoted } from './columns.ts'
import { eventTargets } from './query/resolve.ts'

interface From {
  readonly from: string
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}

const shownValues = 20
/** Columns that are long, or looked into: a condition over them is dear, so it is asked once for all fields. */
const dear = /\b(?:raw|message|fields|enriched|url|command_line|file)\b/

/**
 * Counts by field and value. Each field by itself is counted several times as fast as all in one pass (names are kept as numbers, and
 * stay so), unless the condition is what costs.
 */
export function facetSql(names: readonly string[], { from, sql, params }: From): Pick<From, 'sql' | 'params'> {
  const all: Record<string, unknown> = { ...params }
  const values = names.map((name, index) => {
    all[`f${index}`] = name
    const put = (own: string): string => {
      all[`g${index}`] = own
      return `{g${index}:String}`
    }
    return { field: `{f${index}:String}`, value: facetValue(name, put) }
  })
  const most = `order by count desc, value limit ${shownValues}`
  if (dear.test(sql)) {
    const pairs = values.map(({ field, value }) => `(${field}, ${value})`).join(', ')
    const each = `select arrayJoin([${pairs}]) as pair from ${from} where ${sql}`
    const asked = `select pair.1 as field, pair.2 as value, count() as count from (${each}) where value != '' group by field, value ${most} by field`
    return { sql: asked, params: all }
  }
  const each = values.map(
    ({ field, value }) =>
      `(select ${field} as field, toString(value) as value, count from (select ${value} as value, count() as count from ${from} where ${sql} group by value) where value != '' ${most})`,
  )
  return { sql: each.join(' union all '), params: all }
}

/** The value to count, for a name as searches have it. Its own name stands beside it as a parameter. */
function facetValue(name: string, put: (name: string) => string): string {
  const [target] = eventTargets({ name, at: 0 }, [])
  if (target?.kind === 'field' && isPromoted(target.name)) return promoted[target.name]
  if (target?.kind !== 'column') {
    const of = target?.kind === 'enriched' ? 'enriched' : 'fields'
    return `${of}[${put(target && 'name' in target ? target.name : name)}]`
  }
  if (target.type === 'list') return `arrayStringConcat(${target.name}, ', ')`
  if (target.type === 'number') return `if(${target.name} = 0, '', toString(${target.name}))`
  return target.type === 'time' ? `toString(${target.name})` : target.name
}
