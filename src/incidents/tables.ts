// The tables of incidents, and how many of their keys go into one statement.

export interface IncidentRow {
  id: string
  number: number
  state: string
  level: string
  title: string
  summary: string
  opened: number
  first: number
  last: number
  alerts: number
  rules: number
  hosts: string
  users: string
  addresses: string
  assets: string
  tactics: string
  techniques: string
  assignee: string
}
export interface IncidentTables {
  incidents_incidents: IncidentRow
  incidents_links: { incident: string; kind: string; value: string; first: number; last: number; level: string }
  incidents_members: { alert: string; incident: string; why: string; time: number }
  incidents_entries: { incident: string; at: number; kind: string; title: string; detail: string; by: string }
  /** Incidents taken in by another: their old ids and numbers still lead there. */
  incidents_moved: { id: string; number: number; into: string }
}

const manyAtOnce = 400
export const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / manyAtOnce) }, (_, at) =>
    items.slice(at * manyAtOnce, (at + 1) * manyAtOnce),
  )
