// The table of runs: asked for, claimed, finished.
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { idSchema, type Migration } from '#kernel'
import type { State } from './stores.ts'

export const JobRunId = idSchema('job run', 'job')
export type JobRunId = z.output<typeof JobRunId>

export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** One run of a job, as people see it. Times in milliseconds since 1970. */
export const JobRun = z.strictObject({
  id: JobRunId,
  job: z.string(),
  state: z.enum(jobStates),
  attempt: z.number().meta({ description: 'how often it has been started' }),
  by: z.string().meta({ description: 'who asked for it; castellan for schedules' }),
  created: z.number(),
  due: z.number().meta({ description: 'not started before' }),
  started: z.number().nullable(),
  ended: z.number().nullable(),
  done: z.number().meta({ description: 'progress so far' }),
  total: z.number().nullable().meta({ description: 'progress to reach, where it is known' }),
  text: z.string().meta({ description: 'what it is doing' }),
  error: z.string().meta({ description: 'why the last attempt failed' }),
})
export type JobRun = z.output<typeof JobRun>

export interface RunRow {
  readonly id: string
  readonly job: string
  readonly payload: string
  readonly actor: string
  readonly state: string
  readonly attempt: number
  readonly by_name: string
  readonly scheduled: number
  readonly created: number
  readonly due: number
  readonly started: number | null
  readonly ended: number | null
  readonly done: number
  readonly total: number | null
  readonly text: string
  readonly error: string
  readonly worker: string
  /** Last sign of life of the process that runs it. */
  readonly beat: number
  readonly cancelling: number
}
interface ScheduleRow {
  readonly job: string
  readonly schedule: string
  readonly next: number
}
interface Tables {
  jobs_runs: RunRow
  jobs_schedules: ScheduleRow
}

export const jobMigrations: readonly Migration[] = [
  {
    name: 'jobs-0001-start',
    sql: [
      `create table jobs_runs (
        id text primary key, job text not null, payload text not null, actor text not null, state text not null,
        attempt integer not null, by_name text not null, scheduled integer not null,
        created bigint not null, due bigint not null, started bigint, ended bigint,
        done double precision not null, total double precision, text text not null, error text not null,
        worker text not null, beat bigint not null, cancelling integer not null)`,
      'create index jobs_runs_state on jobs_runs (state, due)',
      'create index jobs_runs_created on jobs_runs (created)',
      'create table jobs_schedules (job text primary key, schedule text not null, next bigint not null)',
    ],
  },
]

/** Which runs to list, newest first. */
export interface JobFilter {
  readonly job?: string | undefined
  readonly state?: JobState | undefined
  /** Default 100. */
  readonly limit?: number | undefined
}

const keptMilliseconds = 30 * 86_400_000
const keptRuns = 1_000

export type JobStore = ReturnType<typeof jobStore>

export const jobStore = (state: State) => {
  const db = () => state.db<Tables>()
  return { ...reading(db), ...changing(db), ...schedules(db) }
}
type Db = () => Kysely<Tables>
const finished = ['done', 'failed', 'cancelled']

function reading(db: Db) {
  return {
    find: (id: string) => db().selectFrom('jobs_runs').selectAll().where('id', '=', id).executeTakeFirst(),
    async list({ job, state: wanted, limit = 100 }: JobFilter): Promise<JobRun[]> {
      let query = db().selectFrom('jobs_runs').selectAll().orderBy('created', 'desc').orderBy('id', 'desc').limit(limit)
      if (job !== undefined) query = query.where('job', '=', job)
      if (wanted !== undefined) query = query.where('state', '=', wanted)
      return (await query.execute()).map(runOf)
    },
    /** Runs that may start now, longest waiting first. */
    due: (now: number, jobs: readonly string[], limit: number) =>
      db()
        .selectFrom('jobs_runs')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('due', '<=', now)
        .where('job', 'in', jobs.length > 0 ? [...jobs] : [''])
        .orderBy('due')
        .orderBy('id')
        .limit(limit)
        .execute(),
    /** Running runs of other workers without a sign of life since `before`. */
    orphans: (worker: string, before: number) =>
      db()
        .selectFrom('jobs_runs')
        .selectAll()
        .where('state', '=', 'running')
        .where('worker', '!=', worker)
        .where('beat', '<', before)
        .execute(),
  }
}

function changing(db: Db) {
  return {
    add: async (row: RunRow): Promise<void> => void (await db().insertInto('jobs_runs').values(row).execute()),
    change: async (id: string, set: Partial<RunRow>): Promise<void> =>
      void (await db().updateTable('jobs_runs').set(set).where('id', '=', id).execute()),
    /** Takes a waiting run for this worker; false when another was faster or it was cancelled. */
    async claim(run: RunRow, worker: string, now: number): Promise<boolean> {
      const attempt = run.attempt + 1
      const set = { state: 'running', worker, beat: now, started: now, attempt, done: 0, total: null, text: '' }
      const claimed = db().updateTable('jobs_runs').set(set).where('id', '=', run.id).where('state', '=', 'waiting')
      return (await claimed.executeTakeFirst()).numUpdatedRows > 0n
    },
    /** A sign of life for these runs; answers those that someone wants cancelled. */
    async beat(ids: readonly string[], now: number): Promise<string[]> {
      if (ids.length === 0) return []
      await db()
        .updateTable('jobs_runs')
        .set({ beat: now })
        .where('id', 'in', [...ids])
        .execute()
      const asked = db().selectFrom('jobs_runs').select('id').where('cancelling', '=', 1)
      return (await asked.where('id', 'in', [...ids]).execute()).map(({ id }) => id)
    },
    /** Forgets finished runs that are older than 30 days or beyond the newest 1,000. */
    async forget(now: number): Promise<void> {
      const done = () => db().deleteFrom('jobs_runs').where('state', 'in', finished)
      await done()
        .where('ended', '<', now - keptMilliseconds)
        .execute()
      const newest = db().selectFrom('jobs_runs').select('ended').where('state', 'in', finished)
      const last = await newest
        .orderBy('ended', 'desc')
        .offset(keptRuns - 1)
        .limit(1)
        .executeTakeFirst()
      if (last?.ended !== undefined && last.ended !== null) await done().where('ended', '<', last.ended).execute()
    },
  }
}

function schedules(db: Db) {
  return {
    schedules: () => db().selectFrom('jobs_schedules').selectAll().execute(),
    /** Sets when a job is due next; a changed expression starts anew. */
    setSchedule: async (row: ScheduleRow): Promise<void> =>
      void (await db()
        .insertInto('jobs_schedules')
        .values(row)
        .onConflict((conflict) => conflict.column('job').doUpdateSet({ schedule: row.schedule, next: row.next }))
        .execute()),
    /** Moves a due schedule on; false when another process did it first. */
    async moveSchedule(job: string, from: number, to: number): Promise<boolean> {
      const moved = db().updateTable('jobs_schedules').set({ next: to }).where('job', '=', job).where('next', '=', from)
      return (await moved.executeTakeFirst()).numUpdatedRows > 0n
    },
    /** Whether a scheduled run of this job waits or runs. */
    async scheduledOpen(job: string): Promise<boolean> {
      const open = db().selectFrom('jobs_runs').select('id').where('job', '=', job).where('scheduled', '=', 1)
      return (await open.where('state', 'in', ['waiting', 'running']).executeTakeFirst()) !== undefined
    },
  }
}

export const runOf = (row: RunRow): JobRun => ({
  id: JobRunId.parse(row.id),
  job: row.job,
  state: z.enum(jobStates).parse(row.state),
  attempt: row.attempt,
  by: row.by_name,
  created: row.created,
  due: row.due,
  started: row.started,
  ended: row.ended,
  done: row.done,
  total: row.total,
  text: row.text,
  error: row.error,
})
