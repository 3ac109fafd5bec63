// Work that runs by itself: what there is, what ran, starting and stopping it.
import { z } from 'zod'
import { admins, anyRole, engineers, Fault, operation, type RoomOperation } from '#kernel'
import { JobRun, jobStates } from '#platform'
import type { House } from '../house.ts'

const ask = operation<House>()

export const jobOperations: readonly RoomOperation<House>[] = [
  ask({
    name: 'job.list',
    does: 'list runs of jobs, newest first, and the jobs there are',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      job: z.string().max(100).optional(),
      state: z.enum(jobStates).optional(),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    output: z.strictObject({
      items: z.array(JobRun),
      jobs: z.array(
        z.strictObject({
          name: z.string(),
          does: z.string(),
          schedule: z.string().nullable().meta({ description: 'cron expression, UTC' }),
          next: z.number().nullable(),
        }),
      ),
    }),
    example: {},
    columns: ['job', 'state', 'created', 'ended', 'text', 'error'],
    async run({ limit, job, state }, { jobs }) {
      const items = await jobs.list({ limit, ...(job ? { job } : {}), ...(state ? { state } : {}) })
      const known = jobs.known().map(({ name, does, schedule, next }) => ({
        name,
        does,
        schedule: schedule ?? null,
        next: next ?? null,
      }))
      return { items, jobs: known }
    },
  }),
  ask({
    name: 'job.run',
    does: 'run a job now',
    kind: 'write',
    may: engineers,
    input: z.strictObject({ job: z.string().min(1).max(100) }),
    output: z.strictObject({ id: z.string() }),
    example: { job: 'ledger.verify' },
    positional: ['job'],
    run: async ({ job }, { jobs }, call) => ({ id: await jobs.ask(job, null, call.actor) }),
  }),
  ask({
    name: 'job.cancel',
    does: 'stop a run of a job',
    kind: 'write',
    may: admins,
    input: z.strictObject({ id: z.string().min(1).max(60) }),
    output: z.strictObject({ id: z.string() }),
    example: { id: 'job_0' },
    positional: ['id'],
    async run({ id }, { jobs }) {
      if (!(await jobs.cancel(id))) throw new Fault('NOT_FOUND', `waiting or running job ${id}`)
      return { id }
    },
  }),
]
