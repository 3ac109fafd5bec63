// Jobs: asked for, scheduled, tried again after growing waits, cancelled, shown, and taken up again after the death of the process.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { asFault, type Call, Fault, fixedClock, seededRandom } from '#kernel'
import { type BoundJob, createJobs, createLog, jobMigrations, type JobRun, type State } from '#platform'
import { eachState } from '#testkit'
import { waitAfter } from './jobs-run.ts'

const start = Date.UTC(2026, 0, 1, 12)
const log = createLog({ level: 'silent' })

const jobOf = (name: string, run: BoundJob['run'], more: Partial<BoundJob> = {}): BoundJob => ({
  name,
  does: name,
  timeoutSeconds: 60,
  retries: 0,
  retryAfterSeconds: 10,
  run,
  ...more,
})

/** `lookEvery` so long that it never looks again stands for a process that gives no sign of life. */
async function stage(
  state: State,
  jobs: readonly BoundJob[],
  { seed = 1, clock = fixedClock(start), lookEvery = 5 } = {},
) {
  await state.migrate(jobMigrations)
  const runner = createJobs({ state, clock, random: seededRandom(seed), log, lookEvery })
  await runner.register(jobs)
  const until = async (fits: (runs: JobRun[]) => boolean): Promise<JobRun[]> => {
    for (;;) {
      const runs = await runner.list()
      if (fits(runs)) return runs
      await sleep(5)
    }
  }
  return { runner, clock, until }
}
const all = (want: JobRun['state']) => (runs: readonly JobRun[]) =>
  runs.length > 0 && runs.every(({ state }) => state === want)
const held = (call: Call): Promise<void> =>
  new Promise((_, fail) => call.signal.addEventListener('abort', () => fail(asFault(call.signal.reason))))

eachState('a job asked for runs once with its payload, and says how far it is', async (state) => {
  const seen: unknown[] = []
  const { runner, until } = await stage(state, [
    jobOf('count', (payload, call) => {
      seen.push(payload)
      call.progress(3, 4, 'three of four')
      return Promise.resolve()
    }),
  ])
  await runner.ask('count', { n: 7 })
  await runner.start()
  const [run] = await until(all('done'))
  await runner.stop()
  assert.deepEqual(seen, [{ n: 7 }])
  assert.deepEqual([run?.done, run?.total, run?.text, run?.attempt], [3, 4, 'three of four', 1])
  assert.equal(asFault(await runner.ask('nobody').catch(asFault)).code, 'NOT_FOUND')
})

eachState('what is asked for in a transaction that fails is not asked for', async (state) => {
  const { runner } = await stage(state, [jobOf('j', () => Promise.resolve())])
  await state
    .transaction(async () => {
      await runner.ask('j')
      throw new Error('no')
    })
    .catch(() => undefined)
  assert.deepEqual(await runner.list(), [])
})

eachState('a failure is tried again after growing waits, then it has failed', async (state) => {
  let tries = 0
  const fail = () => Promise.reject(new Fault('STORE_DOWN', `try ${(tries += 1)}`))
  const { runner, clock, until } = await stage(state, [jobOf('j', fail, { retries: 2 })])
  await runner.ask('j')
  await runner.start()
  const [first] = await until((runs) => runs[0]?.attempt === 1 && runs[0].state === 'waiting')
  assert.equal((first?.due ?? 0) - clock.now(), 10_000)
  clock.advance(10_000)
  const [second] = await until((runs) => runs[0]?.attempt === 2 && runs[0].state === 'waiting')
  assert.equal((second?.due ?? 0) - clock.now(), 20_000)
  clock.advance(20_000)
  const [last] = await until(all('failed'))
  await runner.stop()
  assert.equal(tries, 3)
  assert.match(last?.error ?? '', /try 3/)
  assert.equal(waitAfter({ retryAfterSeconds: 600 }, 9), 3_600_000, 'at most an hour')
})

eachState('a running and a waiting run are cancelled', async (state) => {
  const { runner, until } = await stage(state, [jobOf('long', (_, call) => held(call))])
  const id = await runner.ask('long')
  await runner.start()
  await until(all('running'))
  assert.equal(await runner.cancel(id), true)
  assert.ok(all('cancelled')(await runner.list()))
  assert.equal(await runner.cancel('job_0'), false)
  await runner.stop()
})

eachState('stopping the server puts a run back, and the next start runs it again', async (state) => {
  let runs = 0
  const { runner, until, clock } = await stage(state, [
    jobOf('long', (_, call) => ((runs += 1) === 1 ? held(call) : Promise.resolve())),
  ])
  await runner.ask('long')
  await runner.start()
  await until(all('running'))
  await runner.stop()
  assert.ok(all('waiting')(await runner.list()))
  const next = await stage(state, [jobOf('long', () => Promise.resolve(void (runs += 1)))], { seed: 2, clock })
  await next.runner.start()
  const [run] = await next.until(all('done'))
  await next.runner.stop()
  assert.equal(run?.attempt, 1, 'a stop is no attempt')
  assert.equal(runs, 2)
})

eachState('a run whose process died is taken up again', async (state) => {
  const long = [jobOf('long', (_, call) => held(call))]
  const { runner, until, clock } = await stage(state, long, { lookEvery: 100_000_000 })
  await runner.ask('long')
  await runner.start()
  await until(all('running'))
  clock.advance(120_000)
  const next = await stage(state, [jobOf('long', () => Promise.resolve())], { seed: 2, clock })
  await next.runner.start()
  const [run] = await next.until(all('done'))
  await next.runner.stop()
  assert.equal(run?.attempt, 2)
  await runner.stop()
})

eachState('a schedule is kept over restarts, and what was missed runs once', async (state) => {
  let runs = 0
  const daily = [jobOf('daily', () => Promise.resolve(void (runs += 1)), { schedule: '0 3 * * *' })]
  const { runner, clock } = await stage(state, daily)
  await runner.start()
  assert.equal(runner.known()[0]?.next, Date.UTC(2026, 0, 2, 3))
  await runner.stop()
  clock.advance(5 * 86_400_000)
  const next = await stage(state, daily, { seed: 2, clock })
  await next.runner.start()
  await next.until(all('done'))
  await next.runner.stop()
  assert.equal(runs, 1)
  assert.equal((await next.runner.list()).length, 1)
})

eachState('two jobs of one name and a schedule that is none are our own fault', async (state) => {
  const { runner } = await stage(state, [jobOf('j', () => Promise.resolve())])
  assert.equal(asFault(await runner.register([jobOf('j', () => Promise.resolve())]).catch(asFault)).code, 'BUG')
  assert.equal(
    asFault(await runner.register([jobOf('k', () => Promise.resolve(), { schedule: 'often' })]).catch(asFault)).code,
    'BUG',
  )
})
