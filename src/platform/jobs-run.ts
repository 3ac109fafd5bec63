// One run at work: its signal, its time-out, its progress, and what its end means.
import { z } from 'zod'
import { type Actor, asFault, type Call, type Clock, Fault, type Job, roles, systemActor } from '#kernel'
import type { JobStore, RunRow } from './jobs-store.ts'
import type { Log } from './log.ts'

/** A job with its room in hand. */
export interface BoundJob extends Omit<Job<void>, 'run'> {
  run(payload: unknown, call: Call): Promise<void>
}

/** Hands a room to its jobs. */
export const bindJobs = <Room>(jobs: readonly Job<Room>[], room: Room): BoundJob[] =>
  jobs.map((job) => ({ ...job, run: (payload, call) => job.run(payload, room, call) }))

export interface RunDeps {
  readonly store: JobStore
  readonly clock: Clock
  readonly log: Log
}

/** A run that works now. */
export interface Working {
  readonly id: string
  /** Resolves when its end is written down; never rejects. */
  readonly ended: Promise<void>
  stop(why: 'cancelled' | 'stopping'): void
}

/** How long a run may go on after its signal, before it is given up. */
const graceMilliseconds = 5_000
const progressMilliseconds = 1_000
const longestWaitSeconds = 3_600

const Asker = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  via: z.enum(['session', 'token', 'terminal', 'system']),
  scopes: z.array(z.string()).optional(),
})
function actorOf(text: string): Actor {
  const parsed = Asker.safeParse(JSON.parse(text))
  if (!parsed.success) return systemActor
  const { scopes, ...rest } = parsed.data
  return scopes === undefined ? rest : { ...rest, scopes }
}

/** When to try again after this many attempts, in milliseconds from then: doubled each time, at most an hour. */
export const waitAfter = (job: Pick<Job, 'retryAfterSeconds'>, attempt: number): number =>
  Math.min(job.retryAfterSeconds * 2 ** (attempt - 1), longestWaitSeconds) * 1_000

type Stopped = 'cancelled' | 'stopping' | 'late'

/** Starts a claimed run, whose `attempt` counts this one already. */
export function startRun(job: BoundJob, run: RunRow, deps: RunDeps): Working {
  const abort = new AbortController()
  let stopped: Stopped | undefined
  const stop = (why: Stopped): void => {
    stopped ??= why
    abort.abort(new Fault('CANCELLED', job.name))
  }
  const progress = progressOf(run.id, deps)
  const call: Call = { actor: actorOf(run.actor), at: deps.clock.now(), signal: abort.signal, progress: progress.say }
  const attempt = async (): Promise<string | undefined> => {
    try {
      await Promise.race([job.run(JSON.parse(run.payload), call), givenUp(abort.signal)])
      return undefined
    } catch (thrown) {
      return asFault(thrown).message
    }
  }
  const work = async (): Promise<void> => {
    const late = setTimeout(() => stop('late'), job.timeoutSeconds * 1_000)
    const failure = await attempt()
    clearTimeout(late)
    progress.stop()
    const error = stopped === 'late' ? `it took longer than ${job.timeoutSeconds} s` : failure
    const next = afterwards(job, run, { stopped, error, now: deps.clock.now() })
    if (next.state === 'failed') deps.log.warn({ run: run.id, job: job.name, error }, 'a job failed')
    await deps.store.change(run.id, { ...progress.latest(), ...next })
  }
  const ended = work().catch((thrown: unknown) => {
    // The store is away: the run stays "running" there and is taken up again as if the process had died.
    deps.log.error({ err: thrown, run: run.id, job: job.name }, 'the end of a job could not be written down')
  })
  return { id: run.id, ended, stop }
}

/** What a run becomes when an attempt ends. A stop of the server does not count as an attempt. */
function afterwards(
  job: BoundJob,
  run: RunRow,
  end: { readonly stopped: Stopped | undefined; readonly error: string | undefined; readonly now: number },
): Partial<RunRow> {
  const { stopped, now } = end
  const error = end.error ?? ''
  const finished = { ended: now, cancelling: 0, worker: '' }
  if (stopped === 'cancelled') return { ...finished, state: 'cancelled', error: '' }
  if (stopped === 'stopping') return { state: 'waiting', attempt: run.attempt - 1, due: now, worker: '' }
  if (stopped === undefined && end.error === undefined) return { ...finished, state: 'done', error }
  if (run.attempt > job.retries) return { ...finished, state: 'failed', error }
  return { state: 'waiting', due: now + waitAfter(job, run.attempt), error, worker: '' }
}

/** Rejects some time after the signal: for a run that does not heed it. */
const givenUp = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => {
    const give = () => setTimeout(() => fail(asFault(signal.reason)), graceMilliseconds).unref()
    signal.addEventListener('abort', give, { once: true })
  })

/** Keeps the latest word on progress and stores it at most once a second. */
function progressOf(id: string, { store, log }: RunDeps) {
  let latest: Pick<RunRow, 'done' | 'total' | 'text'> | undefined
  let stored = latest
  const timer = setInterval(() => {
    if (latest === stored || latest === undefined) return
    stored = latest
    store.change(id, latest).catch((thrown: unknown) => log.warn({ err: thrown, run: id }, 'progress not stored'))
  }, progressMilliseconds)
  return {
    say: (done: number, total: number | undefined, text: string): void => {
      latest = { done, total: total ?? null, text }
    },
    latest: (): Partial<RunRow> => latest ?? {},
    stop: (): void => clearInterval(timer),
  }
}
