// The operations of the server, as the client calls them. Printed from the operations' schemas; do not edit.
type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'
type Role = 'viewer' | 'analyst' | 'engineer' | 'approver' | 'auditor' | 'admin'
type Criticality = 'low' | 'medium' | 'high' | 'critical'
type IncidentState = 'observed' | 'open' | 'investigating' | 'contained' | 'closed'
type RuleState = 'running' | 'disabled' | 'needs-list' | 'unsupported' | 'invalid'
interface Place { file: string; line: number }
interface Zone { id: string; title: string; trust: number; cidrs: string[]; parent?: string | undefined; at: Place }
interface Asset {
  id: string; title: string; kind: string; zone: string; hosts: string[]; addresses: string[]; owner: string
  criticality: Criticality; stores: string[]; internetFacing: boolean; at: Place
}
interface Flow {
  id: string; from: string; to: string; protocol: string; port: number; encrypted: boolean; authentication: string; data: string[]; at: Place
}
interface DataClass {
  id: string; title: string; confidentiality: Criticality; integrity: Criticality; availability: Criticality
  records: number; subjects: string; jurisdictions: string[]; at: Place
}
interface Service { id: string; title: string; owner: string; needs: string[]; revenuePerHour: number; tolerableOutageMinutes: number; at: Place }
interface Estate { name: string; zones: Zone[]; assets: Asset[]; flows: Flow[]; data: DataClass[]; services: Service[] }
interface Issue {
  code: string; severity: 'error' | 'warning'; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help?: string | undefined
}
interface EventView {
  id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity: string; severity_id: number
  product: string; service: string; categories: string[]; host: string; user: string; src_ip: string; src_port: number; dst_ip: string; dst_port: number
  process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string
  asset: string; parse_error: string; fields: Record<string, string>; raw: string
}
interface SourceHealth {
  name: string; kind: string; state: 'running' | 'waiting' | 'failed' | 'stopped'; detail: string; events: number; bytes: number
  rejected: number; unparsed: number; lastSeen: number | null; perSecond: number
}
interface Alert {
  id: string; time: number; raised: number
  rule: { id: string; title: string; level: Level; techniques: string[]; tactics: string[] }
  event: string; source: string; activity: string; message: string; host: string; user: string; asset: string
  entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }
  matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]
  incident: string
}
interface RuleView {
  id: string; title: string; level: Level; status: string; state: RuleState; why: string; product: string; category: string; service: string
  techniques: string[]; tactics: string[]; file: string; alerts: number
}
interface TimelineEntry {
  at: number; until: number; kind: 'alert' | 'note' | 'state' | 'assigned' | 'merged'; title: string; detail: string; level?: Level | undefined
  tactics: string[]; techniques: string[]; host: string; user: string; asset: string; count: number; alerts: string[]; event: string; why: string; by: string
}
interface Incident {
  id: string; number: number; title: string; summary: string; state: IncidentState; level: Level; opened: number; first: number; last: number
  alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string
}
interface LedgerEntry {
  entry: number; at: number; actor: { id: string; name: string; role: string; via: string }
  operation: string; input: Record<string, unknown>; result: Record<string, unknown>; hash: string
}
interface User { id: string; name: string; role: Role; created: number; lastLogin: number | null }
interface Token { id: string; name: string; role: Role; scopes: string[]; created: number; expires: number | null; lastUsed: number | null; by: string }

export interface Operations {
  'model.show': { kind: 'read'; input: Record<string, never>; output: Estate }
  'model.check': { kind: 'read'; input: Record<string, never>; output: { issues: Issue[]; counts: Record<string, number> } }
  'event.search': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined; before?: string | undefined }
    output: { items: EventView[]; next: string | null; took: number; scanned: number }
  }
  'event.histogram': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; buckets?: number | undefined }
    output: { step: number; buckets: { at: number; count: number }[] }
  }
  'event.show': { kind: 'read'; input: { id: string }; output: EventView }
  'event.facets': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; fields?: string[] | undefined }
    output: { facets: { field: string; values: { value: string; count: number }[] }[] }
  }
  'source.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: SourceHealth[]; spool: { bytes: number; records: number; oldest: number | null; full: boolean }; dropped: number }
  }
  'alert.list': {
    kind: 'read'
    input: {
      level?: Level | undefined; rule?: string | undefined; host?: string | undefined; user?: string | undefined; incident?: string | undefined
      q?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined; cursor?: string | undefined
    }
    output: { items: Alert[]; next: string | null; total: number }
  }
  'alert.show': { kind: 'read'; input: { id: string }; output: Alert }
  'alert.counts': {
    kind: 'read'
    input: { since?: number | undefined }
    output: { byLevel: Record<Level, number>; days: ({ at: number } & Record<Level, number>)[] }
  }
  'rule.list': {
    kind: 'read'
    input: { state?: RuleState | undefined; level?: Level | undefined; q?: string | undefined }
    output: { items: RuleView[]; counts: Record<RuleState, number> }
  }
  'rule.show': { kind: 'read'; input: { id: string }; output: RuleView & { text: string } }
  'incident.list': {
    kind: 'read'
    input: {
      state?: IncidentState[] | undefined; level?: Level | undefined; q?: string | undefined; limit?: number | undefined; cursor?: string | undefined
    }
    output: { items: Incident[]; next: string | null; total: number }
  }
  'incident.show': { kind: 'read'; input: { id: string }; output: { incident: Incident; timeline: TimelineEntry[]; recent: Alert[] } }
  'incident.set-state': { kind: 'write'; input: { id: string; state: IncidentState; note?: string | undefined }; output: Incident }
  'incident.assign': { kind: 'write'; input: { id: string; assignee: string }; output: Incident }
  'incident.note': { kind: 'write'; input: { id: string; text: string }; output: Incident }
  'ledger.list': {
    kind: 'read'
    input: { limit?: number | undefined; before?: number | undefined }
    output: { items: LedgerEntry[]; next: number | null }
  }
  'ledger.verify': {
    kind: 'read'
    input: Record<string, never>
    output: { ok: boolean; entries: number; root: string; problems: { entry: number; what: string }[] }
  }
  'ledger.prove': { kind: 'read'; input: { entry: number }; output: Record<string, unknown> }
  'user.list': { kind: 'read'; input: Record<string, never>; output: { items: User[] } }
  'user.create': { kind: 'write'; input: { name: string; role: Role; password: string }; output: User }
  'user.set-role': { kind: 'write'; input: { id: string; role: Role }; output: User }
  'user.set-password': { kind: 'write'; input: { id: string; password: string }; output: User }
  'user.remove': { kind: 'write'; input: { id: string }; output: { id: string } }
  'token.list': { kind: 'read'; input: Record<string, never>; output: { items: Token[] } }
  'token.create': {
    kind: 'write'
    input: { name: string; role?: Role | undefined; scopes?: string[] | undefined; days?: number | undefined }
    output: Token & { token: string }
  }
  'token.revoke': { kind: 'write'; input: { id: string }; output: { id: string } }
  'system.health': {
    kind: 'read'
    input: Record<string, never>
    output: {
      ok: boolean; version: string; uptimeSeconds: number; memoryBytes: number
      stores: { name: string; engine: string; ok: boolean; detail: string; bytes?: number | undefined }[]; counters: Record<string, number>
    }
  }
  'overview.show': {
    kind: 'read'
    input: Record<string, never>
    output: {
      name: string; at: number
      events: { lastHour: number; lastDay: number; perSecond: number; stored: number; trend: { at: number; count: number }[] }
      alerts: { lastDay: number; byLevel: Record<Level, number>; trend: ({ at: number } & Record<Level, number>)[] }
      incidents: { open: number; byLevel: Record<Level, number>; items: Incident[] }
      attention: { level: Level; title: string; detail: string; to: string }[]
      sources: SourceHealth[]
      rules: Record<string, number>
      model: { zones: number; assets: number; flows: number; data: number; services: number; issues: number }
      ledger: { entries: number; ok: boolean; checkedAt: number | null }
      stores: { name: string; engine: string; ok: boolean; detail: string; bytes?: number | undefined }[]
    }
  }
}

export const operationKinds: Record<keyof Operations, 'read' | 'write' | 'act'> = {
  'model.show': 'read',
  'model.check': 'read',
  'event.search': 'read',
  'event.histogram': 'read',
  'event.show': 'read',
  'event.facets': 'read',
  'source.list': 'read',
  'alert.list': 'read',
  'alert.show': 'read',
  'alert.counts': 'read',
  'rule.list': 'read',
  'rule.show': 'read',
  'incident.list': 'read',
  'incident.show': 'read',
  'incident.set-state': 'write',
  'incident.assign': 'write',
  'incident.note': 'write',
  'ledger.list': 'read',
  'ledger.verify': 'read',
  'ledger.prove': 'read',
  'user.list': 'read',
  'user.create': 'write',
  'user.set-role': 'write',
  'user.set-password': 'write',
  'user.remove': 'write',
  'token.list': 'read',
  'token.create': 'write',
  'token.revoke': 'write',
  'system.health': 'read',
  'overview.show': 'read',
}
