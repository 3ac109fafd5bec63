// Where the memory of detectors is kept: a row a group, what each detector knows beside them, and the history of each alert.
import { z } from 'zod'
import { Fault, type Migration } from '#kernel'
import type { Kysely, State } from '#platform'
import { inSlices } from '#telemetry'
import { History, Shown } from './types.ts'
import { Book, type GroupRow, type Worker } from './worker.ts'

interface Tables {
  detection_anomaly_groups: { detector: string; name: string; place: number; body: string }
  /** Per detector its book; under an empty name the sequence number up to which all is folded. */
  detection_anomaly_books: { detector: string; body: string }
  detection_anomaly_histories: { alert: string; time: number; body: string }
}
export const anomalyMigrations: readonly Migration[] = [
  {
    name: 'detection-anomaly-0001-start',
    sql: [
      'create table detection_anomaly_groups (detector text not null, name text not null, place bigint not null, body text not null, primary key (detector, name))',
      'create table detection_anomaly_books (detector text primary key, body text not null)',
      'create table detection_anomaly_histories (alert text primary key, time bigint not null, body text not null)',
      'create index detection_anomaly_histories_time on detection_anomaly_histories (time)',
    ],
  },
]

/** What is kept of an alert beside the alert itself. */
export const Kept = z.strictObject({
  detector: z.string(),
  numbers: z.array(Shown),
  history: History,
  parameters: z.record(z.string(), z.number()),
})
export type Kept = z.output<typeof Kept>
const Position = z.strictObject({ seq: z.number() })

const manyAtOnce = 100
const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / manyAtOnce) }, (_, at) =>
    items.slice(at * manyAtOnce, (at + 1) * manyAtOnce),
  )

function histories(db: () => Kysely<Tables>) {
  return {
    async keepHistories(
      kept: readonly { readonly alert: string; readonly time: number; readonly body: Kept }[],
    ): Promise<void> {
      for (const part of chunks(kept))
        await db()
          .insertInto('detection_anomaly_histories')
          .values(part.map(({ alert, time, body }) => ({ alert, time, body: JSON.stringify(body) })))
          .onConflict((conflict) => conflict.column('alert').doNothing())
          .execute()
    },
    /** Throws Fault NOT_FOUND where the alert is none of a detector. */
    async history(alert: string): Promise<Kept> {
      const row = await db()
        .selectFrom('detection_anomaly_histories')
        .select('body')
        .where('alert', '=', alert)
        .executeTakeFirst()
      if (!row) throw new Fault('NOT_FOUND', `anomaly of alert ${alert}`)
      return Kept.parse(JSON.parse(row.body))
    },
  }
}

async function saveBooks(db: Kysely<Tables>, rows: readonly { detector: string; body: string }[]): Promise<void> {
  await db
    .insertInto('detection_anomaly_books')
    .values([...rows])
    .onConflict((conflict) => conflict.column('detector').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') })))
    .execute()
}
/** Upserts what is there and removes what was forgotten. */
async function saveGroups(
  db: Kysely<Tables>,
  changed: readonly { detector: string; groups: readonly GroupRow[] }[],
): Promise<void> {
  const rows = changed.flatMap(({ detector, groups }) =>
    groups.flatMap(({ key, place, body }) => (body === null ? [] : [{ detector, name: key, place, body }])),
  )
  for (const part of chunks(rows))
    await db
      .insertInto('detection_anomaly_groups')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['detector', 'name'])
          .doUpdateSet((eb) => ({ place: eb.ref('excluded.place'), body: eb.ref('excluded.body') })),
      )
      .execute()
  for (const { detector, groups } of changed)
    for (const part of chunks(groups.filter(({ body }) => body === null).map(({ key }) => key)))
      await db
        .deleteFrom('detection_anomaly_groups')
        .where('detector', '=', detector)
        .where('name', 'in', part)
        .execute()
}

/** The tables. Inside State.transaction() all of it joins that transaction. */
export function anomalyStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    /** Writes what changed. */
    async save(workers: readonly Worker[], seq: number): Promise<void> {
      const changed = await inSlices(workers, (worker) => ({ detector: worker.detector.name, ...worker.changes() }))
      await saveGroups(db(), changed)
      const books = changed.flatMap(({ detector, book }) => (book ? [{ detector, body: JSON.stringify(book) }] : []))
      await saveBooks(db(), [...books, { detector: '', body: JSON.stringify({ seq }) }])
    },
    /** Fills the workers with what was written; answers the sequence number up to which all is folded. */
    async load(workers: readonly Worker[]): Promise<number> {
      const books = await db().selectFrom('detection_anomaly_books').selectAll().execute()
      const bodyOf = (name: string): unknown => {
        const row = books.find((one) => one.detector === name)
        return row && JSON.parse(row.body)
      }
      for (const worker of workers) {
        const rows = await db()
          .selectFrom('detection_anomaly_groups')
          .select(['name', 'place', 'body'])
          .where('detector', '=', worker.detector.name)
          .orderBy('place')
          .execute()
        const book = bodyOf(worker.detector.name)
        worker.load(
          rows.map(({ name, place, body }) => ({ key: name, place, body })),
          Book.safeParse(book).data,
        )
      }
      const position = bodyOf('')
      return position === undefined ? -1 : Position.parse(position).seq
    },
    ...histories(db),
  }
}
export type AnomalyStore = ReturnType<typeof anomalyStore>
