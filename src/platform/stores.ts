// What the two kinds of store promise: State for decisions, EventEngine for events.
import type { Kysely } from 'kysely'
import type { Migration } from '#kernel'

/** How a store is. */
export interface StoreHealth {
  readonly ok: boolean
  readonly engine: string
  /** Where it is and its version, or what is wrong. */
  readonly detail: string
  /** Bytes on disk, where it can be told. */
  readonly bytes?: number
}

/**
 * What people and rooms decide. Portable columns are TEXT, BIGINT (a JavaScript number both ways, safe integers only), INTEGER 0/1 for
 * yes and no, DOUBLE PRECISION, and JSON as TEXT. `insert … on conflict do nothing/update` works on both engines.
 *
 * Values: undefined is stored as null, true and false as 1 and 0, and a NUL character in a text as U+FFFD, since neither engine keeps one.
 * Faults: CONFLICT when a unique value exists already, STORE_BUSY when another process holds the file, STORE_DOWN when the store does not answer.
 */
export interface State {
  readonly engine: 'sqlite' | 'postgres'
  /** The store typed with a room's tables. Inside transaction() its queries belong to that transaction, also when it was made before. */
  db<Tables>(): Kysely<Tables>
  /**
   * All or nothing. Calls inside a transaction join it; the outermost commits. Any failed statement and any nested call that throws undoes
   * the whole, even when the error is caught: the outermost call then rejects with it. Work that goes on after a rollback is refused.
   * On SQLite transactions run one after another, in the order of the calls. A committed transaction survives a power loss.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** Applies what is not applied yet, all in one transaction, and answers the names applied. A changed text of an applied one is a Fault BUG. */
  migrate(migrations: readonly Migration[]): Promise<string[]>
  check(): Promise<StoreHealth>
  close(): Promise<void>
}

/** Limits of one query; the engine's own hold where a field is absent. */
export interface QueryLimits {
  readonly milliseconds?: number
  /** Most rows of the answer. More than this is a Fault TOO_LARGE; an answer kept within it by LIMIT is not. */
  readonly rows?: number
  /** Most bytes of memory that the engine may use for it. */
  readonly bytes?: number
  /** Ends the search, in the engine too; it is then a Fault CANCELLED. */
  readonly signal?: AbortSignal | undefined
}

/** A file to be written; `csv` has a line of names. */
export interface SaveTo {
  readonly path: string
  readonly format: FileFormat
}
export const fileFormats = ['csv', 'ndjson', 'parquet'] as const
export type FileFormat = (typeof fileFormats)[number]

/** Where events are kept and searched: ClickHouse inside this process (chDB), or a ClickHouse server. */
export interface EventEngine {
  readonly engine: 'chdb' | 'clickhouse'
  /**
   * Stores rows given as NDJSON bytes, one JSON object a line. All or nothing for one call of up to 1,048,545 rows. Unknown keys are a Fault.
   * `token` names this batch: sent again with the same token, because the first try failed, it is stored once. That holds for the table's latest
   * `non_replicated_deduplication_window` batches (see `durableTable`) and while this process lives; after a start, ask what is stored already.
   * Do not change the bytes until it resolves.
   * An insert that resolved survives the death of this process at any moment.
   */
  insert(table: string, rows: Buffer, token: string): Promise<void>
  /** Rows of a SELECT. Write `{name:Type}` where a value of `params` goes; no FORMAT or SETTINGS in the text. 64-bit numbers come as numbers, times as `2026-01-31T12:00:00.000Z`. */
  query<Row>(sql: string, params?: Readonly<Record<string, unknown>>, limits?: QueryLimits): Promise<Row[]>
  /**
   * Writes the rows of a SELECT into a new file on this machine, in bounded memory however many there are. Limits on rows do not count here.
   * What is left of a file after a fault is removed.
   */
  save(sql: string, params: Readonly<Record<string, unknown>>, to: SaveTo, limits?: QueryLimits): Promise<void>
  /** A statement without an answer: CREATE, ALTER, DELETE … */
  command(sql: string, params?: Readonly<Record<string, unknown>>): Promise<void>
  /** Applies in order what is not applied yet and answers the names. The engine has no transactions: statements must bear being run again. */
  migrate(migrations: readonly Migration[]): Promise<string[]>
  check(): Promise<StoreHealth>
  close(): Promise<void>
}
