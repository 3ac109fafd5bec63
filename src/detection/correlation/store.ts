// Where the state of correlations is kept, so that a restart goes on exactly where it was.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Migration } from '#kernel'
import { type Kysely, sql, type State } from '#platform'
import type { Touched } from './fold.ts'
import type { KeptGroup } from './group.ts'
import { Counts, Entry } from './types.ts'

/** Events within the allowed lateness, and those that came later. */
export const lanes = ['live', 'late'] as const
export type Lane = (typeof lanes)[number]

/** How far a lane is: the newest event's time, when that came, and up to where everything was looked at. */
export interface Mark {
  readonly seen: number
  readonly at: number
  readonly mark: number
}

interface Tables {
  detection_correlation_groups: { id: string; lane: string; rule: string; grp: string; body: string }
  detection_correlation_rules: { rule: string; version: string; counts: string }
  detection_correlation_marks: { lane: string; seen: number; at: number; mark: number }
}

export const correlationMigrations: readonly Migration[] = [
  {
    name: 'detection-0100-correlation',
    sql: [
      `create table detection_correlation_groups (
        id text primary key, lane text not null, rule text not null, grp text not null, body text not null)`,
      'create index detection_correlation_groups_rule on detection_correlation_groups (rule)',
      'create table detection_correlation_rules (rule text primary key, version text not null, counts text not null)',
      'create table detection_correlation_marks (lane text primary key, seen bigint not null, at bigint not null, mark bigint not null)',
    ],
  },
]

const Body: z.ZodType<KeptGroup> = z.strictObject({
  group: z.array(z.string()),
  pending: z.array(Entry),
  quiet: z.number().optional(),
  entries: z.array(Entry),
  chains: z.array(z.array(Entry)).optional(),
  number: z.number().optional(),
})

export interface SavedGroup {
  readonly lane: Lane
  readonly correlation: string
  readonly key: string
  readonly kept: KeptGroup
}
export interface SavedRule {
  readonly version: string
  readonly counts: Counts
}

const manyAtOnce = 100
const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / manyAtOnce) }, (_, at) =>
    items.slice(at * manyAtOnce, (at + 1) * manyAtOnce),
  )
const idOf = (lane: Lane, { correlation, key }: Pick<Touched, 'correlation' | 'key'>): string =>
  createHash('sha256')
    .update(JSON.stringify([lane, correlation, key]))
    .digest('hex')

export type CorrelationStore = ReturnType<typeof correlationStore>

/** The tables of correlations in the state store. Inside State.transaction() all of it joins that transaction. */
export function correlationStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    ...saving(db),
    async groups(): Promise<SavedGroup[]> {
      const rows = await db().selectFrom('detection_correlation_groups').selectAll().orderBy('id').execute()
      return rows.flatMap(({ lane, rule, grp, body }) => {
        const known = lanes.find((one) => one === lane)
        return known ? [{ lane: known, correlation: rule, key: grp, kept: Body.parse(JSON.parse(body)) }] : []
      })
    },
    async rules(): Promise<Map<string, SavedRule>> {
      const rows = await db().selectFrom('detection_correlation_rules').selectAll().execute()
      return new Map(
        rows.map(({ rule, version, counts }) => [rule, { version, counts: Counts.parse(JSON.parse(counts)) }]),
      )
    },
    async marks(): Promise<Map<string, Mark>> {
      const rows = await db().selectFrom('detection_correlation_marks').selectAll().execute()
      return new Map(rows.map(({ lane, ...mark }) => [lane, mark]))
    },
    /** Forgets the state of rules: they changed, or are gone. */
    async forget(rules: readonly string[]): Promise<void> {
      for (const part of chunks(rules)) {
        await db().deleteFrom('detection_correlation_groups').where('rule', 'in', part).execute()
        await db().deleteFrom('detection_correlation_rules').where('rule', 'in', part).execute()
      }
    },
  }
}

function saving(db: () => Kysely<Tables>) {
  return {
    /** Keeps groups as they are now; those without a body are taken out. */
    async saveGroups(lane: Lane, touched: readonly Touched[]): Promise<void> {
      for (const part of chunks(touched.filter(({ kept }) => !kept)))
        await db()
          .deleteFrom('detection_correlation_groups')
          .where(
            'id',
            'in',
            part.map((one) => idOf(lane, one)),
          )
          .execute()
      const rows = touched.flatMap(({ kept, ...one }) =>
        kept ? [{ id: idOf(lane, one), lane, rule: one.correlation, grp: one.key, body: JSON.stringify(kept) }] : [],
      )
      for (const part of chunks(rows))
        await db()
          .insertInto('detection_correlation_groups')
          .values(part)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ body: sql`excluded.body` }))
          .execute()
    },
    async saveRules(rules: ReadonlyMap<string, SavedRule>): Promise<void> {
      const rows = [...rules].map(([rule, { version, counts }]) => ({ rule, version, counts: JSON.stringify(counts) }))
      for (const part of chunks(rows))
        await db()
          .insertInto('detection_correlation_rules')
          .values(part)
          .onConflict((conflict) =>
            conflict.column('rule').doUpdateSet({ version: sql`excluded.version`, counts: sql`excluded.counts` }),
          )
          .execute()
    },
    async saveMark(lane: Lane, mark: Mark): Promise<void> {
      await db()
        .insertInto('detection_correlation_marks')
        .values({ lane, ...mark })
        .onConflict((conflict) =>
          conflict
            .column('lane')
            .doUpdateSet({ seen: sql`excluded.seen`, at: sql`excluded.at`, mark: sql`excluded.mark` }),
        )
        .execute()
    },
  }
}
