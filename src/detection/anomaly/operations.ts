// What may be asked of anomalies.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { AlertId } from '../types.ts'
import type { Anomalies } from './anomalies.ts'
import { ProfileView } from './profile.ts'
import { Kept } from './store.ts'
import { DetectorView } from './types.ts'

interface Watched {
  readonly anomalies: Anomalies
}
const ask = operation<Watched>()

export const anomalyOperations: readonly RoomOperation<Watched>[] = [
  ask({
    name: 'anomaly.list',
    does: 'list the detectors of anomalies: learning or running, how much they remember, how many alerts',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(DetectorView) }),
    example: {},
    columns: ['name', 'state', 'learntDays', 'groups', 'bytes', 'shed', 'alerts'],
    run: (_input, detection) => Promise.resolve({ items: detection.anomalies.list() }),
  }),
  ask({
    name: 'anomaly.show',
    does: 'show what an alert of a detector rests on: numbers, what is usual, the history behind it, parameters',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ alert: AlertId }),
    output: Kept.extend({ alert: AlertId, title: z.string(), does: z.string() }),
    example: { alert: 'alr_0' },
    positional: ['alert'],
    run: async ({ alert }, detection) => ({ ...(await detection.anomalies.show(alert)), alert }),
  }),
  ask({
    name: 'profile.list',
    does: 'list accounts or machines with a profile, those seen last first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      kind: z.enum(['user', 'host']),
      q: z.string().max(300).default('').meta({ description: 'text in the name' }),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      items: z.array(ProfileView.pick({ name: true, first: true, last: true, events: true, peers: true })),
    }),
    example: { kind: 'user' },
    positional: ['kind', 'q'],
    columns: ['name', 'events', 'first', 'last', 'peers'],
    run: ({ kind, q, limit }, detection) => Promise.resolve({ items: detection.anomalies.profiles(kind, q, limit) }),
  }),
  ask({
    name: 'profile.show',
    does: 'show what is usual for an account or a machine: hours, machines, addresses, programs, countries, volumes, peers',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      kind: z.enum(['user', 'host']),
      name: z.string().min(1).max(300).meta({ description: 'without domain, as anomaly alerts write it' }),
    }),
    output: ProfileView,
    example: { kind: 'user', name: 'orla.keaveney' },
    positional: ['kind', 'name'],
    run: ({ kind, name }, detection) => Promise.resolve(detection.anomalies.profile(kind, name)),
  }),
]
