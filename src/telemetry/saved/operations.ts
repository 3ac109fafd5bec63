// What may be asked of saved hunts and dashboards.
import { z } from 'zod'
import { anyRole, IssueView, type Job, operation, responders, type RoomOperation } from '#kernel'
import { Hunted } from '../hunt-types.ts'
import { mostRows } from '../query/pipes.ts'
import type { Telemetry } from '../telemetry.ts'
import { HuntName, HuntView, PanelView, SavedHunt } from './types.ts'

const ask = operation<Telemetry>()

export const savedOperations: readonly RoomOperation<Telemetry>[] = [
  ask({
    name: 'hunt.list',
    does: 'list saved hunts, their schedules and what their last runs counted',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(HuntView) }),
    example: {},
    columns: ['name', 'q', 'since', 'schedule', 'next'],
    run: async (_input, { hunts }) => ({ items: await hunts.list() }),
  }),
  ask({
    name: 'hunt.save',
    does: 'keep a search under a name, to be run when asked or on a schedule; one of the same name is replaced',
    kind: 'write',
    may: responders,
    input: SavedHunt,
    output: z.strictObject({ name: z.string() }),
    example: {
      name: 'failed-logins',
      q: 'outcome:failure activity:*login* | count by user',
      since: '24h',
      schedule: '0 6 * * *',
    },
    positional: ['name', 'q'],
    async run(hunt, { hunts }, { actor }) {
      await hunts.save(hunt, actor.name)
      return { name: hunt.name }
    },
  }),
  ask({
    name: 'hunt.run',
    does: 'run a saved hunt now',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ name: HuntName, limit: z.number().int().min(1).max(mostRows).default(500) }),
    output: Hunted,
    example: { name: 'failed-logins' },
    positional: ['name'],
    columns: ['time', 'source', 'host', 'user', 'activity', 'message'],
    run: ({ name, limit }, { hunts }, { signal }) => hunts.run(name, { limit, signal }),
  }),
  ask({
    name: 'hunt.remove',
    does: 'forget a saved hunt and its runs',
    kind: 'write',
    may: responders,
    input: z.strictObject({ name: HuntName }),
    output: z.strictObject({ name: z.string() }),
    example: { name: 'failed-logins' },
    positional: ['name'],
    async run({ name }, { hunts }) {
      await hunts.remove(name)
      return { name }
    },
  }),
  ask({
    name: 'dashboard.list',
    does: 'list the dashboards of the workspace, and what is wrong with their files',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          name: z.string(),
          title: z.string(),
          file: z.string(),
          panels: z.number(),
          issues: z.array(IssueView),
        }),
      ),
    }),
    example: {},
    columns: ['name', 'title', 'panels', 'file'],
    async run(_input, { dashboards }) {
      const all = await dashboards.list()
      return {
        items: all.map(({ name, file, dashboard, issues }) => ({
          name,
          title: dashboard?.title ?? '',
          file,
          panels: dashboard?.panels.length ?? 0,
          issues: [...issues],
        })),
      }
    },
  }),
  ask({
    name: 'dashboard.show',
    does: 'show a dashboard with the answers of its searches',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ name: z.string().min(1).max(100) }),
    output: z.strictObject({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      panels: z.array(PanelView),
    }),
    example: { name: 'telemetry' },
    positional: ['name'],
    run: ({ name }, { dashboards }, { signal }) => dashboards.show(name, signal),
  }),
]

export const jobs: readonly Job<Telemetry>[] = [
  {
    name: 'hunt.scheduled',
    does: 'run the saved hunts that are due',
    schedule: '* * * * *',
    timeoutSeconds: 1_800,
    retries: 0,
    retryAfterSeconds: 60,
    run: (_payload, { hunts }, { signal }) => hunts.runDue(signal),
  },
]
