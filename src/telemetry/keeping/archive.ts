// Days in Parquet files: written, compared with the table, taken out of it, and read in place.
import type { EventEngine } from '#platform'
import { heldTime, promoted, unknownLists } from '../columns.ts'
import { rowColumns } from '../rows.ts'
import type { ArchiveRow } from './records.ts'

/** What stands for the contents of a day: equal counts and sums mean equal rows. */
export interface Fingerprint {
  readonly events: number
  readonly sum: string
  readonly first_time: number
  readonly last_time: number
  readonly first_seq: number
  readonly last_seq: number
}

const names = rowColumns.map(({ name }) => name).join(', ')
/** Files of before do not say whether they know of lists: then that is 0. */
const structure = [...rowColumns.map(({ name, type }) => `${name} ${type}`), 'lists_known UInt8'].join(', ')
const print = `count() as events, toString(sum(cityHash64(${names}))) as sum, toUnixTimestamp64Milli(min(time)) as first_time,
  toUnixTimestamp64Milli(max(time)) as last_time, min(seq) as first_seq, max(seq) as last_seq`

const inTable = [names, ...Object.values(promoted)].join(', ')
/** Files hold what rows say; what the engine adds is made of it again. */
const inFile = [
  ...rowColumns.map(({ name, type }) =>
    name === 'lists' ? `if(file.lists_known = 1, file.lists, cast(${unknownLists}, '${type}')) as lists` : name,
  ),
  ...Object.entries(promoted).map(([field, name]) => `fields['${field}'] as ${name}`),
].join(', ')

/** Rows of these files as a table, and the values of its places. */
export function filesTable(files: readonly string[]): {
  readonly sql: string
  readonly params: Record<string, unknown>
} {
  const tables = files.map(
    (_, index) => `select ${inFile} from file({archive${index}:String}, Parquet, {archive_rows:String}) as file`,
  )
  const params = Object.fromEntries(files.map((file, index) => [`archive${index}`, file]))
  return { sql: tables.join(' union all '), params: { ...params, archive_rows: structure } }
}

/** What to select from: the table, and those archived days that a search between these times can need. */
export function relationOf(
  archives: readonly ArchiveRow[],
  since: number | undefined,
  until: number | undefined,
): { readonly sql: string; readonly params: Record<string, unknown>; readonly days: number } {
  const wanted = archives.filter(
    ({ state, first_time, last_time }) =>
      state === 'kept' &&
      (since === undefined || last_time >= heldTime(since)) &&
      (until === undefined || first_time < heldTime(until)),
  )
  if (wanted.length === 0) return { sql: 'events', params: {}, days: 0 }
  const { sql, params } = filesTable(wanted.map(({ file }) => file))
  const days = new Set(wanted.map(({ day }) => day)).size
  return { sql: `(select ${inTable} from events union all ${sql})`, params, days }
}

const nothing: Fingerprint = { events: 0, sum: '0', first_time: 0, last_time: 0, first_seq: 0, last_seq: 0 }
const unhurried = { milliseconds: 3_600_000 }

/** What the engine does for the archive. */
export function archiving(events: EventEngine) {
  return {
    async ofDay(day: number): Promise<Fingerprint> {
      const asked = `select ${print} from events where toYYYYMMDD(time) = {day:UInt32}`
      return (await events.query<Fingerprint>(asked, { day }, unhurried))[0] ?? nothing
    },
    async ofFile(file: string): Promise<Fingerprint> {
      const { sql, params } = filesTable([file])
      return (await events.query<Fingerprint>(`select ${print} from (${sql})`, params, unhurried))[0] ?? nothing
    },
    /** Writes a day into a new file. */
    write: (day: number, file: string): Promise<void> =>
      events.command(
        `insert into function file({file:String}, Parquet, {archive_rows:String})
        select ${names}, 1 from events where toYYYYMMDD(time) = {day:UInt32} order by time, seq
        settings engine_file_truncate_on_insert = 1, output_format_parquet_compression_method = 'zstd', output_format_parquet_row_group_size = 50000`,
        { file, day, archive_rows: structure },
      ),
    /** How many events of a file the table still has. */
    async leftOf(file: string, day: number): Promise<number> {
      const { sql, params } = filesTable([file])
      const asked = `select count() as n from events where toYYYYMMDD(time) = {day:UInt32} and seq in (select seq from (${sql}))`
      return (await events.query<{ n: number }>(asked, { ...params, day }, unhurried))[0]?.n ?? 0
    },
  }
}
