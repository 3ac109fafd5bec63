// What may be asked of incidents.
import { z } from 'zod'
import { anyRole, operation, responders, type RoomOperation, type Section } from '#kernel'
import { levels } from '#standards'
import type { Incidents } from './incidents.ts'
import { Incident, IncidentDetail, incidentStates } from './types.ts'

const ask = operation<Incidents>()
const reference = z.string().min(1).max(60).meta({ description: 'id (inc_…) or number of the incident' })
const waiting = ['open', 'investigating', 'contained'] as const

export const operations: readonly RoomOperation<Incidents>[] = [
  ask({
    name: 'incident.list',
    does: 'list incidents, newest activity first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      state: z
        .array(z.enum(incidentStates))
        .default([...waiting])
        .meta({ description: 'states to show; those that wait for somebody when not given' }),
      level: z.enum(levels).optional().meta({ description: 'at least this level' }),
      q: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'text in title, summary, hosts, users, addresses, assets or techniques' }),
      limit: z.number().int().min(1).max(1000).default(100),
      cursor: z.string().max(80).optional().meta({ description: 'from `next` of the page before' }),
    }),
    output: z.strictObject({ items: z.array(Incident), next: z.string().nullable(), total: z.number() }),
    example: {},
    columns: ['number', 'level', 'state', 'title', 'alerts', 'last'],
    run: ({ state, ...filter }, incidents) => incidents.list({ ...filter, states: state }),
  }),
  ask({
    name: 'incident.show',
    does: 'show an incident with its timeline',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: reference }),
    output: IncidentDetail,
    example: { id: '1' },
    positional: ['id'],
    run: ({ id }, incidents) => incidents.show(id),
  }),
  ask({
    name: 'incident.set-state',
    does: 'move an incident on: open, investigating, contained, closed',
    kind: 'write',
    may: responders,
    input: z.strictObject({
      id: reference,
      state: z.enum(incidentStates),
      note: z.string().max(10_000).default('').meta({ description: 'why; shown in the timeline' }),
    }),
    output: Incident,
    example: { id: '1', state: 'investigating', note: 'looking at the laptop first' },
    positional: ['id', 'state'],
    run: ({ id, state, note }, incidents, call) => incidents.setState(id, state, note, call),
  }),
  ask({
    name: 'incident.assign',
    does: 'give an incident to a person, or to nobody',
    kind: 'write',
    may: responders,
    input: z.strictObject({ id: reference, assignee: z.string().max(100) }),
    output: Incident,
    example: { id: '1', assignee: 'ada' },
    positional: ['id', 'assignee'],
    run: ({ id, assignee }, incidents, call) => incidents.assign(id, assignee, call),
  }),
  ask({
    name: 'incident.note',
    does: 'write a note into the timeline of an incident',
    kind: 'write',
    may: responders,
    input: z.strictObject({ id: reference, text: z.string().min(1).max(10_000) }),
    output: Incident,
    example: { id: '1', text: 'the laptop is off the network' },
    positional: ['id', 'text'],
    run: ({ id, text }, incidents, call) => incidents.note(id, text, call),
  }),
]

export const sections: readonly Section<Incidents>[] = [
  {
    name: 'incidents.waiting',
    title: 'Incidents that wait for somebody',
    async write(incidents) {
      const { items, total } = await incidents.list({ states: [...waiting], limit: 20 })
      if (total === 0) return { paragraphs: ['No incident waits for anybody.'] }
      const rows = items.map((incident) => [`#${incident.number}`, incident.level, incident.state, incident.title])
      return {
        paragraphs: [`${total} incidents are not closed; the latest are below.`],
        table: { columns: ['number', 'level', 'state', 'title'], rows },
      }
    },
  },
]
