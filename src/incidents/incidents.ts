// The room at work: folding alerts as they come, and what people do with incidents.
import { type Call, type Clock, Fault, newIdText, type Random } from '#kernel'
import type { State } from '#platform'
import type { Alert } from '#detection'
import { fold, type Folder } from './fold.ts'
import { linksOf } from './links.ts'
import { type IncidentFilter, incidentStore } from './store.ts'
import { factsOf, summaryOf, titleOf, type Facts } from './story.ts'
import { type Member, timelineOf } from './timeline.ts'
import { type Incident, type IncidentDetail, IncidentId, type IncidentState, type TimelineEntry } from './types.ts'

/** Where alerts are kept: handed in by the wiring, so that folding can say where each went and read them back. */
export interface AlertBook {
  byIds(ids: readonly string[]): Promise<Alert[]>
  setIncident(ids: readonly string[], incident: string): Promise<void>
}

export interface IncidentsDeps {
  readonly state: State
  readonly alerts: AlertBook
  readonly clock: Clock
  readonly random: Random
}

export type Incidents = ReturnType<typeof openIncidents>

/** Facts and words of a larger incident are drawn from its oldest and newest alerts only; its counts stay exact. */
const mostRead = 1000

type IncidentStore = ReturnType<typeof incidentStore>

async function confirmedIn(store: IncidentStore): Promise<{ name: string; alerts: string[] }[]> {
  const found: { name: string; alerts: string[] }[] = []
  for (const { id, number } of await store.contained()) {
    const alerts = (await store.members(id)).map(({ alert }) => alert)
    found.push({ name: `incident #${number}`, alerts })
  }
  return found
}

async function existing(store: IncidentStore, id: string): Promise<Incident> {
  const incident = await store.find(id)
  if (!incident) throw new Fault('NOT_FOUND', `incident ${id}`)
  return incident
}

/** The incidents room over a state store. `fold` runs inside the caller's transaction, so that no alert is ever lost or counted twice. */
export function openIncidents({ state, alerts: book, clock, random }: IncidentsDeps) {
  const store = incidentStore(state)
  const membersOf = async (incident: string): Promise<{ members: Member[]; count: number }> => {
    const rows = await store.members(incident)
    const read = rows.length <= mostRead ? rows : [...rows.slice(0, mostRead / 2), ...rows.slice(-mostRead / 2)]
    const why = new Map(read.map((row) => [row.alert, row.why]))
    const found = await book.byIds([...why.keys()])
    const members = found.map((alert) => ({ alert, why: why.get(alert.id) ?? '' }))
    return { members: members.sort((a, b) => a.alert.time - b.alert.time), count: rows.length }
  }

  async function save(folder: Folder): Promise<void> {
    const earlier = [folder.id, ...folder.absorbed.map((gone) => gone.id)]
    const before = await Promise.all(earlier.map(membersOf))
    const alerts = [
      ...before.flatMap(({ members }) => members.map((member) => member.alert)),
      ...folder.joined.map(({ alert }) => alert),
    ]
    alerts.sort((a, b) => a.time - b.time)
    const read = factsOf(alerts)
    const count = before.reduce((sum, { count }) => sum + count, 0) + folder.joined.length
    const known = await store.find(folder.id)
    const facts: Facts = { ...widened(read, known), alerts: count, first: folder.first, last: folder.last }
    await store.save(folder, { title: titleOf(alerts, facts), summary: summaryOf(alerts, facts), facts })
    for (const gone of folder.absorbed.filter(({ number }) => number > 0)) {
      const text = { title: `Incident #${gone.number} was taken in`, detail: gone.why, by: 'castellan' }
      await store.addEntry(folder.id, { at: clock.now(), kind: 'merged', ...text })
    }
    const moved = before.slice(1).flatMap(({ members }) => members.map((member) => member.alert.id))
    await book.setIncident([...moved, ...folder.joined.map(({ alert }) => alert.id)], folder.id)
  }

  return {
    /** Folds new alerts; returns the ids of the incidents that changed and wait for somebody. Call inside State.transaction(). */
    async fold(alerts: readonly Alert[]): Promise<IncidentId[]> {
      if (alerts.length === 0) return []
      const known = await store.holding(alerts.flatMap(linksOf))
      let next = await store.nextNumber()
      const newId = (at: number) => IncidentId.parse(newIdText('inc', at, random))
      const changed = fold(alerts, { known, newId, nextNumber: () => next++ })
      for (const folder of changed) await save(folder)
      return changed.filter((folder) => folder.state !== 'observed').map((folder) => folder.id)
    },
    list: (filter: IncidentFilter) => store.list(filter),
    openByLevel: () => store.openByLevel(),
    /** Incidents that people treated as true, because they contained them, with the ids of their alerts. */
    confirmed: () => confirmedIn(store),
    /** Of these incidents those that people have seen: their alerts are not forgotten. */
    held: (ids: readonly string[]): Promise<ReadonlySet<string>> => store.seenByPeople(ids),
    /** Alerts that are gone. Call inside State.transaction(). */
    forget: (alerts: readonly string[]): Promise<void> => store.forget(alerts),
    async show(id: string): Promise<IncidentDetail> {
      const incident = await existing(store, id)
      const [{ members }, entries] = await Promise.all([membersOf(incident.id), store.entries(incident.id)])
      const recent = members
        .map(({ alert }) => alert)
        .slice(-50)
        .reverse()
      return { incident, timeline: timelineOf(members, entries.map(entryLine)), recent }
    },
    ...byPeople(store),
  }
}

/** What people do with incidents: each leaves an entry in the timeline. */
const byPeople = (store: IncidentStore) => ({
  async setState(id: string, next: IncidentState, note: string, call: Call): Promise<Incident> {
    const incident = await existing(store, id)
    if (next === 'observed' || incident.state === 'observed')
      throw new Fault('CONFLICT', `incident ${id} is ${incident.state}; only alerts move it from there`)
    await store.setState(incident.id, next)
    await store.addEntry(incident.id, {
      at: call.at,
      kind: 'state',
      title: `${incident.state} → ${next}`,
      detail: note,
      by: call.actor.name,
    })
    return existing(store, incident.id)
  },
  async assign(id: string, assignee: string, call: Call): Promise<Incident> {
    const incident = await existing(store, id)
    await store.assign(incident.id, assignee)
    const title = assignee === '' ? 'assigned to nobody' : `assigned to ${assignee}`
    await store.addEntry(incident.id, { at: call.at, kind: 'assigned', title, detail: '', by: call.actor.name })
    return existing(store, incident.id)
  },
  async note(id: string, text: string, call: Call): Promise<Incident> {
    const incident = await existing(store, id)
    await store.addEntry(incident.id, { at: call.at, kind: 'note', title: 'note', detail: text, by: call.actor.name })
    return incident
  },
})

const union = (a: readonly string[], b: readonly string[] = []): string[] => [...new Set([...b, ...a])]

/** Facts drawn from part of the alerts, with what was known of the others. */
const widened = (facts: Facts, known: Incident | undefined): Facts =>
  facts.alerts < mostRead || !known
    ? facts
    : {
        ...facts,
        rules: Math.max(facts.rules, known.rules),
        hosts: union(facts.hosts, known.hosts),
        users: union(facts.users, known.users),
        addresses: union(facts.addresses, known.addresses),
        assets: union(facts.assets, known.assets),
        techniques: union(facts.techniques, known.techniques).sort(),
      }

const entryLine = (entry: {
  at: number
  kind: 'note' | 'state' | 'assigned' | 'merged'
  title: string
  detail: string
  by: string
}): TimelineEntry => ({
  ...entry,
  until: entry.at,
  tactics: [],
  techniques: [],
  host: '',
  user: '',
  asset: '',
  count: 1,
  alerts: [],
  event: '',
  why: '',
})
