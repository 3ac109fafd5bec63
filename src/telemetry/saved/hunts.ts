// Hunts kept under names, with a schedule: what their runs counted, and who is told.
import { asFault, type Clock, Fault, type Migration } from '#kernel'
import { type Kysely, type Log, nextRun, type State } from '#platform'
import { lengthOf } from '../query/moment.ts'
import { parseHunt } from '../query/pipes.ts'
import type { Hunted } from '../hunt-types.ts'
import type { HuntRun, HuntView, SavedHunt } from './types.ts'

interface Row {
  name: string
  q: string
  since: string
  schedule: string
  description: string
  by_name: string
  saved: number
  next: number | null
}
interface Tables {
  telemetry_hunts: Row
  telemetry_hunt_runs: {
    name: string
    at: number
    count: number | null
    before: number | null
    took: number
    error: string
  }
}

export const huntMigrations: readonly Migration[] = [
  {
    name: 'telemetry-0002-hunts',
    sql: [
      'create table telemetry_hunts (name text primary key, q text not null, since text not null, schedule text not null, description text not null, by_name text not null, saved bigint not null, next bigint)',
      'create table telemetry_hunt_runs (name text not null, at bigint not null, count bigint, before bigint, took bigint not null, error text not null, primary key (name, at))',
    ],
  },
]

const keptRuns = 50
const shownRuns = 10
const mostHunts = 500

/** A scheduled hunt has found something. */
export interface HuntTold {
  readonly name: string
  readonly count: number
  readonly before: number | null
}
type Bounds = {
  readonly q: string
  readonly since: number
  readonly until: number
  readonly signal?: AbortSignal | undefined
}

interface Deps {
  readonly state: State
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  readonly hunt: (asked: Bounds & { readonly limit: number }) => Promise<Hunted>
  readonly count: (asked: Bounds) => Promise<number>
}
export type Hunts = ReturnType<typeof hunts>

/** The room's saved hunts. Inside State.transaction() changes join that transaction. */
export function hunts(deps: Deps) {
  const { state, clock } = deps
  const db = (): Kysely<Tables> => state.db<Tables>()
  const listeners = new Set<(told: HuntTold) => void>()
  const find = async (name: string): Promise<Row> => {
    const row = await db().selectFrom('telemetry_hunts').selectAll().where('name', '=', name).executeTakeFirst()
    if (!row) throw new Fault('NOT_FOUND', `hunt ${name}`)
    return row
  }
  return {
    /** All of them in the order of their names. */
    async list(): Promise<HuntView[]> {
      const rows = await db().selectFrom('telemetry_hunts').selectAll().orderBy('name').execute()
      return Promise.all(
        rows.map(async ({ by_name: by, ...row }) => ({ ...row, by, runs: await runsOf(db(), row.name, shownRuns) })),
      )
    },
    /** Keeps a hunt; one of the same name is replaced, its runs stay. Throws Fault INPUT_INVALID for a search or a schedule that cannot be read. */
    async save(hunt: SavedHunt, by: string): Promise<void> {
      parseHunt(hunt.q)
      const { name, q, since, schedule = '', description } = hunt
      const next = schedule === '' ? null : (nextRun(schedule, clock.now()) ?? null)
      const row = { name, q, since, schedule, description, by_name: by, saved: clock.now(), next }
      const { n } = await db()
        .selectFrom('telemetry_hunts')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('name', '!=', name)
        .executeTakeFirstOrThrow()
      if (n >= mostHunts) throw new Fault('TOO_LARGE', `more than ${mostHunts} hunts; remove some`)
      await db()
        .insertInto('telemetry_hunts')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
        .execute()
    },
    async remove(name: string): Promise<void> {
      await find(name)
      await db().deleteFrom('telemetry_hunt_runs').where('name', '=', name).execute()
      await db().deleteFrom('telemetry_hunts').where('name', '=', name).execute()
    },
    /** Runs one now; nothing is kept of it. */
    async run(
      name: string,
      { limit, signal }: { readonly limit: number; readonly signal?: AbortSignal },
    ): Promise<Hunted> {
      return deps.hunt({ ...boundsOf(await find(name), clock.now(), signal), limit })
    },
    /** Runs those that are due, one after the other; what was missed is run once. */
    runDue: (signal: AbortSignal): Promise<void> => runDue(deps, listeners, signal),
    /** Is told of every scheduled run that finds something; answers the way to stop. */
    listen(listener: (told: HuntTold) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function boundsOf({ q, since }: Pick<Row, 'q' | 'since'>, until: number, signal?: AbortSignal): Bounds {
  return { q, since: until - (lengthOf(since) ?? 0), until, signal }
}

async function runDue(
  deps: Deps,
  listeners: ReadonlySet<(told: HuntTold) => void>,
  signal: AbortSignal,
): Promise<void> {
  const { state, clock } = deps
  const db = (): Kysely<Tables> => state.db<Tables>()
  const due = await db()
    .selectFrom('telemetry_hunts')
    .selectAll()
    .where('next', '<=', clock.now())
    .orderBy('next')
    .execute()
  for (const row of due) {
    if (signal.aborted) return
    const told = await counted(deps, db, { row, bounds: boundsOf(row, clock.now(), signal) })
    if (told && told.count > 0) for (const listener of listeners) listener(told)
  }
}

async function runsOf(db: Kysely<Tables>, name: string, most: number): Promise<HuntRun[]> {
  const columns = ['at', 'count', 'before', 'took', 'error'] as const
  return db
    .selectFrom('telemetry_hunt_runs')
    .select(columns)
    .where('name', '=', name)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
}

/** One scheduled run, its result kept; a failed one is kept with its reason. */
async function counted(
  { state, clock, log, count }: Deps,
  db: () => Kysely<Tables>,
  { row, bounds }: { row: Row; bounds: Bounds },
): Promise<HuntTold | undefined> {
  const { name, schedule } = row
  const at = clock.now()
  const found = await count(bounds).catch((thrown: unknown) => {
    if (!(thrown instanceof Fault)) log.error({ err: thrown, hunt: name }, 'a scheduled hunt failed')
    return asFault(thrown).message
  })
  const before = (await runsOf(db(), name, keptRuns)).find((run) => run.count !== null)?.count ?? null
  const isCount = typeof found === 'number'
  const run = { name, at, count: isCount ? found : null, before, took: clock.now() - at, error: isCount ? '' : found }
  await state.transaction(async () => {
    await db()
      .insertInto('telemetry_hunt_runs')
      .values(run)
      .onConflict((conflict) => conflict.columns(['name', 'at']).doNothing())
      .execute()
    await db()
      .updateTable('telemetry_hunts')
      .set({ next: nextRun(schedule, clock.now()) ?? null })
      .where('name', '=', name)
      .execute()
    const [oldest] = (await runsOf(db(), name, keptRuns)).slice(-1)
    if (oldest)
      await db().deleteFrom('telemetry_hunt_runs').where('name', '=', name).where('at', '<', oldest.at).execute()
  })
  return isCount ? { name, count: found, before } : undefined
}
