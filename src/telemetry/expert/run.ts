// Read-only SQL over stored events for those who know it: checked as text, checked as the engine reads it, run within limits.
import { asFault, Fault } from '#kernel'
import type { EventEngine } from '#platform'
import type { HuntColumn } from '../hunt-types.ts'
import { namesOfWith, piecesOf } from './text.ts'
import { checkTree } from './tree.ts'

export interface ExpertAsk {
  readonly sql: string
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}
type Cell = string | number | null
/** `took` in milliseconds; `cut`: there are more rows. */
export interface ExpertAnswer {
  readonly columns: HuntColumn[]
  readonly rows: Cell[][]
  readonly took: number
  readonly cut: boolean
}

/** The most an expert's statement may take, whatever the configuration allows to others. */
const limits = { milliseconds: 30_000, bytes: 1_073_741_824 } as const
const explain = 'explain ast '

/**
 * Runs one select over the table `events`. Nothing else can be read or changed: the text is cut into plain pieces, the engine's own reading of
 * it is held against a list, it stands within a select of ours, and it runs read-only. Throws Fault INPUT_INVALID, TOO_LARGE, CANCELLED.
 */
export function expertly(events: EventEngine) {
  return async ({ sql, limit, signal }: ExpertAsk): Promise<ExpertAnswer> => {
    const began = performance.now()
    const named = namesOfWith(piecesOf(sql))
    const lines = await asked(
      () => events.query<{ explain: string }>(`${explain}${sql}`, {}, { ...limits, signal, rows: 100_000 }),
      explain.length,
    )
    await refuseTaken(events, named)
    checkTree(
      lines.map((line) => line.explain),
      new Set(named),
    )
    const inner = `(\n${sql}\n)`
    const described = await asked(() =>
      events.query<{ name: string; type: string }>(`describe table ${inner}`, {}, { ...limits, signal }),
    )
    const columns = columnsOf(described)
    const run = `select * from ${inner} limit {most:UInt32} settings readonly = 1`
    const found = await asked(() =>
      events.query<Record<string, unknown>>(run, { most: limit + 1 }, { ...limits, rows: limit + 1, signal }),
    )
    const rows = found.slice(0, limit).map((row) => columns.map(({ name, type }) => cellOf(row[name], type)))
    return { columns, rows, took: Math.round(performance.now() - began), cut: found.length > limit }
  }
}

/** A name that WITH gives must not be that of a table: within another WITH it could mean the table. */
async function refuseTaken(events: EventEngine, named: readonly string[]): Promise<void> {
  if (named.length === 0) return
  const [taken] = await events.query<{ name: string }>(
    'select name from system.tables where database = currentDatabase() and has({named:Array(String)}, name)',
    { named },
  )
  if (taken) throw new Fault('INPUT_INVALID', `${taken.name} is the name of a table; call what with names otherwise`)
}

/** What the engine has against a statement is the person's to mend; its place is counted in their text. */
async function asked<T>(work: () => Promise<T>, before = 0): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code !== 'BUG') throw fault
    const place = Number(/at position (\d+)/.exec(fault.message)?.[1] ?? 0) - before
    const said = fault.message
      .replace(/^.*?DB::Exception: /s, '')
      .replace(/\(version .*$/s, '')
      .replace(/: While .*$/s, '')
      .slice(0, 300)
    const short = place > 0 ? `the statement is not understood at character ${place}` : said.trim()
    throw new Fault('INPUT_INVALID', short, { cause: thrown })
  }
}

const isNumber = /^(?:Nullable\(|LowCardinality\()*(?:U?Int(?:8|16|32|64)|Float(?:32|64)|Decimal|Bool)/
const isTime = /^(?:Nullable\()?DateTime/
function columnsOf(described: readonly { name: string; type: string }[]): HuntColumn[] {
  const names = described.map(({ name }) => name)
  const two = names.find((name, at) => names.indexOf(name) !== at)
  if (two !== undefined) throw new Fault('INPUT_INVALID', `two columns are called ${two}; name them apart with as`)
  return described.map(({ name, type }) => ({
    name,
    type: isTime.test(type) ? 'time' : isNumber.test(type) ? 'number' : 'text',
  }))
}

function cellOf(value: unknown, type: HuntColumn['type']): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (type !== 'time') return text
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : at
}
