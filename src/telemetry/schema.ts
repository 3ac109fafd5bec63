// The table of events printed for both forms: one table in chDB or on a server, or a replicated table on each shard of a cluster with one that spreads over them.
import type { Migration } from '#kernel'
import { durableTable } from '#platform'
import { columns, indexes, maps, promoted, promotedType, unknownLists } from './columns.ts'

/** The table that each shard of a cluster has; on one server the rows are in `events` itself. */
export const localTable = 'events_local'

/** One change of the table, for either form. */
type Change =
  | { readonly create: { readonly columns: readonly string[]; readonly indexes: readonly string[] } }
  | { readonly add: string }
  | { readonly modify: string }
  | { readonly index: string }
  | { readonly dropIndex: string }
  | { readonly settings: string }

/** As it stood in 0001; what has changed since is in the steps after it. */
const first: Change = {
  create: {
    columns: [
      'seq UInt64 codec(Delta, ZSTD(1))',
      "time DateTime64(3, 'UTC') codec(Delta, ZSTD(1))",
      "received DateTime64(3, 'UTC') codec(Delta, ZSTD(1))",
      'source LowCardinality(String)',
      'parser LowCardinality(String)',
      'class_uid UInt32',
      'activity LowCardinality(String)',
      'severity_id UInt8',
      'product LowCardinality(String)',
      'service LowCardinality(String)',
      'categories Array(LowCardinality(String))',
      'host LowCardinality(String)',
      'user LowCardinality(String)',
      'src_ip LowCardinality(String)',
      'src_port UInt16',
      'dst_ip LowCardinality(String)',
      'dst_port UInt16',
      'process LowCardinality(String)',
      'process_uid String codec(ZSTD(1))',
      'parent_process LowCardinality(String)',
      'parent_process_uid String codec(ZSTD(1))',
      'command_line String codec(ZSTD(1))',
      'file String codec(ZSTD(1))',
      'message String codec(ZSTD(1))',
      'asset LowCardinality(String)',
      'parse_error LowCardinality(String)',
      'raw String codec(ZSTD(3))',
      'fields Map(LowCardinality(String), String) codec(ZSTD(1))',
    ],
    indexes: [
      'index seq_range seq type minmax granularity 1',
      'index host_set lower(host) type bloom_filter(0.01) granularity 1',
      'index user_set lower(user) type bloom_filter(0.01) granularity 1',
      'index src_ip_set lower(src_ip) type bloom_filter(0.01) granularity 1',
      'index dst_ip_set lower(dst_ip) type bloom_filter(0.01) granularity 1',
      'index process_uid_set lower(process_uid) type bloom_filter(0.01) granularity 1',
      'index field_names mapKeys(fields) type bloom_filter(0.01) granularity 1',
      'index field_values arrayMap(v -> lower(v), mapValues(fields)) type bloom_filter(0.01) granularity 1',
      'index message_pieces lower(message) type ngrambf_v1(4, 65536, 2, 0) granularity 1',
      'index raw_pieces lower(raw) type ngrambf_v1(4, 262144, 2, 0) granularity 1',
    ],
  },
}

const added = ['activity_id', 'outcome', 'target_user', 'src_host', 'dst_host', 'domain', 'url'] as const
const indexed = ['target_user_set', 'domain_set'] as const
/** As they stood in 0002; 0003 has one instead of both. */
const wordsOf0002 = ['message', 'raw'].map(
  (name) =>
    `${name}_words lower(${name}) type text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking', dictionary_block_size = 4096)`,
)
const dropped = ['message_pieces', 'raw_pieces'] as const

/** Larger blocks compress better: a quarter less on the disk, for a page of events that reads a little more. Each column has buffers of that size while it is written, so only the two large ones. */
const largeBlocks = 'settings (min_compress_block_size = 1048576, max_compress_block_size = 2097152)'

/** Steps in order. An applied one never changes: a change of columns.ts needs a step of its own here (a test holds the two together). */
const steps: readonly { readonly name: string; readonly changes: readonly Change[] }[] = [
  { name: 'telemetry-0001-events', changes: [first] },
  {
    name: 'telemetry-0002-outcome-words-and-dictionaries',
    changes: [
      ...added.map((name) => ({ add: `${name} ${columns[name].type}` })),
      { add: `enriched ${maps.enriched}` },
      ...dropped.map((name) => ({ dropIndex: name })),
      { modify: `raw ${columns.raw.type} ${largeBlocks}` },
      { modify: `fields ${maps.fields} ${largeBlocks}` },
      ...indexed.map((name) => ({ index: `${name} ${indexes[name]}` })),
      ...wordsOf0002.map((index) => ({ index })),
      // Skip indexes are made when parts are merged (see the settings of an insert): a day that is over becomes one part within the hour.
      { settings: 'min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1' },
    ],
  },
  {
    name: 'telemetry-0003-fewer-merges-and-asked-fields',
    changes: [
      ...Object.entries(promoted).map(([field, name]) => ({ add: `${name} ${promotedType(field)}` })),
      { dropIndex: 'message_words' },
      { dropIndex: 'raw_words' },
      { index: `words ${indexes.words}` },
      // A row is merged once where it was merged twice: a merge that makes indexes is more work than the insert.
      {
        settings:
          "merge_selector_base = 24, min_parts_to_merge_at_once = 24, min_age_to_force_merge_seconds = 600, default_compression_codec = 'ZSTD(3)'",
      },
    ],
  },
  {
    name: 'telemetry-0004-lists',
    // Changes no row: what is stored already has the default, which says that it is not known.
    changes: [{ add: `lists ${maps.lists.replace(' codec', ` default ${unknownLists} codec`)}` }],
  },
]

const sorted = 'partition by toYYYYMMDD(time) order by (time, seq)'
const withoutCodec = (column: string): string => column.split(' codec(')[0] ?? column

function alterOf(change: Exclude<Change, { create: unknown }>): string {
  if ('add' in change) return `add column if not exists ${change.add}`
  if ('modify' in change) return `modify column ${change.modify}`
  if ('index' in change) return `add index if not exists ${change.index}`
  if ('dropIndex' in change) return `drop index if exists ${change.dropIndex}`
  return `modify setting ${change.settings}`
}

function onOneServer(change: Change): string[] {
  if (!('create' in change)) return [`alter table events ${alterOf(change)}`]
  const lines = [...change.create.columns, ...change.create.indexes]
  return [
    `create table if not exists events (
        ${lines.join(',\n')})
      engine = MergeTree ${sorted} settings ${durableTable}`,
  ]
}

/** Rows go to a shard by their number, so a batch sent again is cut the same way and each shard knows its part by the token. */
function onCluster(change: Change, cluster: string): string[] {
  const on = `on cluster '${cluster}'`
  if (!('create' in change)) {
    const alter = alterOf(change)
    const local = `alter table ${localTable} ${on} ${alter}`
    const isColumn = 'add' in change || 'modify' in change
    return isColumn ? [local, `alter table events ${on} ${withoutCodec(alter)}`] : [local]
  }
  const path = `/clickhouse/tables/{shard}/{database}/${localTable}`
  const settings = durableTable.replace('non_replicated_deduplication_window', 'replicated_deduplication_window')
  return [
    `create table if not exists ${localTable} ${on} (
        ${[...change.create.columns, ...change.create.indexes].join(',\n')})
      engine = ReplicatedMergeTree('${path}', '{replica}') ${sorted} settings ${settings}`,
    `create table if not exists events ${on} (
        ${change.create.columns.map(withoutCodec).join(',\n')})
      engine = Distributed('${cluster}', currentDatabase(), '${localTable}', intHash64(seq))`,
  ]
}

/** Schema of the event engine. `cluster` is the name the servers know it by; empty for chDB and for one server. A partition a day: `time` is held within 1980 and 2100, so a wild clock makes no wild partition. */
export const eventMigrations = (cluster = ''): readonly Migration[] =>
  steps.map(({ name, changes }) => ({
    name: cluster === '' ? name : `${name}-cluster`,
    sql: changes.flatMap((change) => (cluster === '' ? onOneServer(change) : onCluster(change, cluster))),
  }))
