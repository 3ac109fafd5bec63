// Work that runs by itself: on a schedule or when asked for, again after a failure, and after the death of the process.
import { Cron } from 'croner'
import { type Actor, type Clock, Fault, type Migration, newIdText, type Random, systemActor } from '#kernel'
import { type BoundJob, startRun, type Working } from './jobs-run.ts'
import {
  type JobFilter,
  jobMigrations,
  type JobRun,
  JobRunId,
  type JobStore,
  jobStore,
  type RunRow,
} from './jobs-store.ts'
import type { Log } from './log.ts'
import type { State } from './stores.ts'

/** A registered job, as people see it. */
export interface KnownJob {
  readonly name: string
  readonly does: string
  readonly schedule: string | undefined
  /** When it is due next, in milliseconds since 1970; undefined without a schedule. */
  readonly next: number | undefined
}

/** The jobs of this process. Runs and schedules are in State, so they outlive it. */
export interface Jobs {
  /** Adds jobs, before or after start(). Throws Fault BUG for a name that is taken or a schedule that is none. */
  register(jobs: readonly BoundJob[]): Promise<void>
  /** Asks for a run with a payload (JSON, at most 1 MB). Inside a transaction it is asked for when that commits. Fault NOT_FOUND for an unknown name. */
  ask(name: string, payload?: unknown, by?: Actor): Promise<JobRunId>
  /**
   * Begins to work: takes up runs that were running when a process died (the attempt counted), runs each schedule that was missed once,
   * then goes on until stop().
   */
  start(): Promise<void>
  /** Signals the running ones, waits for them up to ten seconds, and leaves them to be run at the next start. */
  stop(): Promise<void>
  /** Ends a waiting or running one; false when there is none of that id. */
  cancel(id: string): Promise<boolean>
  list(filter?: JobFilter): Promise<JobRun[]>
  known(): KnownJob[]
  readonly migrations: readonly Migration[]
}

export interface JobsDeps {
  readonly state: State
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Runs at once in this process; default 2. */
  readonly atOnce?: number
  /** How often to look for due runs, in milliseconds; default 1,000. */
  readonly lookEvery?: number
}

const mostPayload = 1_000_000
const beatEvery = 5_000
/** Without a sign of life for this long, another server's run is taken to be dead. */
const deadAfter = 60_000
const forgetEvery = 3_600_000
const stopPatience = 10_000
/** A run that dies with its process this often is not tried again: it may be what kills it. */
const mostDeaths = 3

/** Makes the runner; nothing runs before start(). Its tables are made by `migrations`. */
export function createJobs(deps: JobsDeps): Jobs {
  const store = jobStore(deps.state)
  const runner = new Runner(deps, store)
  return {
    register: (jobs) => runner.register(jobs),
    async ask(name, payload = null, by = systemActor) {
      if (!runner.jobs.has(name)) throw new Fault('NOT_FOUND', `job ${name}`)
      const id = await addRun(deps, store, { name, payload, by, scheduled: false })
      runner.look()
      return id
    },
    start: () => runner.start(),
    stop: () => runner.stop(),
    cancel: (id) => runner.cancel(id),
    list: (filter = {}) => store.list(filter),
    known: () => runner.known(),
    migrations: jobMigrations,
  }
}

interface Asked {
  readonly name: string
  readonly payload: unknown
  readonly by: Actor
  readonly scheduled: boolean
}

async function addRun(deps: JobsDeps, store: JobStore, asked: Asked): Promise<JobRunId> {
  const payload = JSON.stringify(asked.payload ?? null)
  if (payload.length > mostPayload) throw new Fault('TOO_LARGE', `the payload of job ${asked.name}`)
  const now = deps.clock.now()
  const id = JobRunId.parse(newIdText('job', now, deps.random))
  await store.add({
    id,
    job: asked.name,
    payload,
    actor: JSON.stringify(asked.by),
    by_name: asked.by.name,
    scheduled: asked.scheduled ? 1 : 0,
    state: 'waiting',
    attempt: 0,
    created: now,
    due: now,
    started: null,
    ended: null,
    done: 0,
    total: null,
    text: '',
    error: '',
    worker: '',
    beat: 0,
    cancelling: 0,
  })
  return id
}

interface Registered {
  readonly job: BoundJob
  readonly cron: Cron | undefined
  next: number | undefined
}

/** The loop. State with a lifetime: what is registered, what works, when to look again. */
class Runner {
  readonly jobs = new Map<string, Registered>()
  private readonly deps: JobsDeps
  private readonly store: JobStore
  private readonly worker: string
  private readonly working = new Map<string, Working>()
  private loop: Promise<void> | undefined
  private wake: () => void = () => undefined
  private beaten = 0
  private forgotten = 0
  private stopping = false

  constructor(deps: JobsDeps, store: JobStore) {
    this.deps = deps
    this.store = store
    this.worker = newIdText('wrk', deps.clock.now(), deps.random)
  }

  async register(jobs: readonly BoundJob[]): Promise<void> {
    for (const job of jobs) {
      if (this.jobs.has(job.name)) throw new Fault('BUG', `two jobs are called ${job.name}`)
      this.jobs.set(job.name, { job, cron: cronOf(job), next: undefined })
    }
    if (this.loop) await this.readSchedules()
    this.look()
  }

  known(): KnownJob[] {
    return [...this.jobs.values()].map(({ job, next }) => ({
      name: job.name,
      does: job.does,
      schedule: job.schedule,
      next,
    }))
  }

  async start(): Promise<void> {
    if (this.loop) return
    this.stopping = false
    await this.takeUpOrphans()
    await this.readSchedules()
    this.loop = this.run()
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.look()
    await this.loop
    this.loop = undefined
    for (const one of this.working.values()) one.stop('stopping')
    const all = Promise.all([...this.working.values()].map(({ ended }) => ended))
    let timer: NodeJS.Timeout | undefined
    await Promise.race([all, new Promise((done) => (timer = setTimeout(done, stopPatience)))])
    clearTimeout(timer)
  }

  /** Looks for due runs now instead of at the next turn. */
  look(): void {
    this.wake()
  }

  async cancel(id: string): Promise<boolean> {
    const here = this.working.get(id)
    if (here) {
      here.stop('cancelled')
      await here.ended
      return true
    }
    const run = await this.store.find(id)
    if (run?.state === 'waiting') {
      const ended = this.deps.clock.now()
      await this.store.change(id, { state: 'cancelled', ended })
      return true
    }
    if (run?.state !== 'running') return false
    // Another server runs it, and reads this at its next sign of life.
    await this.store.change(id, { cancelling: 1 })
    return true
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const woken = new Promise<void>((done) => (this.wake = done))
      try {
        await this.turn()
      } catch (thrown) {
        this.deps.log.error({ err: thrown }, 'jobs: the state store does not answer; trying again')
      }
      const timer = setTimeout(() => this.wake(), this.deps.lookEvery ?? 1_000)
      await woken
      clearTimeout(timer)
    }
  }

  private async turn(): Promise<void> {
    const now = this.deps.clock.now()
    if (now - this.beaten >= beatEvery) {
      this.beaten = now
      for (const id of await this.store.beat([...this.working.keys()], now)) this.working.get(id)?.stop('cancelled')
      if (this.deps.state.engine === 'postgres') await this.takeUpOrphans()
    }
    if (now - this.forgotten >= forgetEvery) {
      this.forgotten = now
      await this.store.forget(now)
    }
    await this.askScheduled(now)
    await this.startDue(now)
  }

  private async startDue(now: number): Promise<void> {
    const free = (this.deps.atOnce ?? 2) - this.working.size
    if (free <= 0 || this.stopping) return
    for (const run of await this.store.due(now, [...this.jobs.keys()], free)) {
      const registered = this.jobs.get(run.job)
      if (!registered || !(await this.store.claim(run, this.worker, now))) continue
      this.begin(registered.job, { ...run, attempt: run.attempt + 1 })
    }
  }

  private begin(job: BoundJob, run: RunRow): void {
    const { clock, log } = this.deps
    const working = startRun(job, run, { store: this.store, clock, log })
    this.working.set(run.id, working)
    void working.ended.finally(() => {
      this.working.delete(run.id)
      this.look()
    })
  }

  /** SQLite has one process: whatever it says is running without us is dead. On PostgreSQL other servers may run it, so their signs of life count. */
  private async takeUpOrphans(): Promise<void> {
    const now = this.deps.clock.now()
    const before = this.deps.state.engine === 'sqlite' ? Number.MAX_SAFE_INTEGER : now - deadAfter
    for (const run of await this.store.orphans(this.worker, before)) {
      const retries = this.jobs.get(run.job)?.job.retries ?? 0
      const given = run.attempt >= Math.max(retries + 1, mostDeaths)
      const error = `the process ended while it ran, ${run.attempt} times`
      if (given) await this.store.change(run.id, { state: 'failed', ended: now, error, worker: '' })
      else await this.store.change(run.id, { state: 'waiting', due: now, worker: '' })
      this.deps.log.warn(
        { run: run.id, job: run.job, attempt: run.attempt },
        'a job was running when its process ended',
      )
    }
  }

  private async readSchedules(): Promise<void> {
    const stored = new Map((await this.store.schedules()).map((row) => [row.job, row]))
    for (const [name, registered] of this.jobs) {
      const { cron, job } = registered
      if (!cron || registered.next !== undefined) continue
      const known = stored.get(name)
      registered.next = known?.schedule === job.schedule ? known?.next : this.nextOf(cron)
      if (registered.next !== undefined && known?.next !== registered.next)
        await this.store.setSchedule({ job: name, schedule: job.schedule ?? '', next: registered.next })
    }
  }

  private async askScheduled(now: number): Promise<void> {
    for (const [name, registered] of this.jobs) {
      const { cron, next: due } = registered
      if (!cron || due === undefined || due > now) continue
      const next = this.nextOf(cron)
      registered.next = next
      await this.deps.state.transaction(async () => {
        // However many times were missed, it runs once; and not beside a scheduled run that still goes on.
        const mine = await this.store.moveSchedule(name, due, next ?? Number.MAX_SAFE_INTEGER)
        if (!mine || (await this.store.scheduledOpen(name))) return
        await addRun(this.deps, this.store, { name, payload: null, by: systemActor, scheduled: true })
      })
    }
  }

  private nextOf(cron: Cron): number | undefined {
    return cron.nextRun(new Date(this.deps.clock.now()))?.getTime()
  }
}

/** When a schedule (cron, UTC) is due next after a moment; undefined when never again. Throws Fault INPUT_INVALID for what is no schedule. */
export function nextRun(schedule: string, after: number): number | undefined {
  try {
    return new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun(new Date(after))?.getTime()
  } catch (thrown) {
    throw new Fault('INPUT_INVALID', `${schedule} is no schedule such as 0 6 * * * (daily at six, UTC)`, {
      cause: thrown,
    })
  }
}

function cronOf(job: BoundJob): Cron | undefined {
  if (job.schedule === undefined) return undefined
  try {
    return new Cron(job.schedule, { timezone: 'UTC', paused: true })
  } catch (thrown) {
    throw new Fault('BUG', `job ${job.name}: ${job.schedule} is no schedule`, { cause: thrown })
  }
}
