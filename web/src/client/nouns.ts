// The nouns the console speaks of, read off the operations that answer with them.
import type { Operations } from './generated.ts'

export type OperationName = keyof Operations
export type Input<Name extends OperationName> = Operations[Name]['input']
export type Output<Name extends OperationName> = Operations[Name]['output']
/** Names of operations that only read. */
export type ReadName = {
  [Name in OperationName]: Operations[Name]['kind'] extends 'read' ? Name : never
}[OperationName]
/** Names of operations that change something. */
export type WriteName = Exclude<OperationName, ReadName>

export type Overview = Output<'overview.show'>
export type Alert = Output<'alert.show'>
/** An alert without its place in the queue, as incidents hold it. */
export type PlainAlert = Output<'incident.show'>['recent'][number]
export type Suppression = Output<'suppression.list'>['items'][number]
export type BenignFilter = Output<'alert.benign-list'>['items'][number]
export type Matched = Alert['matched'][number]
export type Level = Alert['rule']['level']
export type IncidentDetail = Output<'incident.show'>
export type Incident = IncidentDetail['incident']
export type IncidentState = Incident['state']
export type TimelineEntry = IncidentDetail['timeline'][number]
export type EventView = Output<'event.show'>
export type Estate = Output<'model.show'>
export type Zone = Estate['zones'][number]
export type Asset = Estate['assets'][number]
export type Flow = Estate['flows'][number]
export type Issue = Output<'model.check'>['issues'][number]
export type Rule = Output<'rule.list'>['items'][number]
export type RuleDetail = Output<'rule.show'>
export type RuleStanding = Rule['standing']
export type LintFinding = Output<'rule.lint'>['items'][number]
export type Detector = Output<'anomaly.list'>['items'][number]
export type AnomalyShown = Output<'anomaly.show'>
export type Profile = Output<'profile.show'>
export type Source = Output<'source.list'>['items'][number]
export type LedgerEntry = Output<'ledger.list'>['items'][number]
export type User = Output<'user.list'>['items'][number]
export type Role = User['role']
export type Token = Output<'token.list'>['items'][number]

/** From harmless to worst. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Level[]
export const isLevel = (text: string | undefined): text is Level => levels.some((level) => level === text)
export const incidentStates = [
  'observed',
  'open',
  'investigating',
  'contained',
  'closed',
] as const satisfies readonly IncidentState[]
export const isIncidentState = (text: string): text is IncidentState => incidentStates.some((state) => state === text)
export const roles = [
  'viewer',
  'analyst',
  'engineer',
  'approver',
  'auditor',
  'admin',
] as const satisfies readonly Role[]
export const isRole = (text: string): text is Role => roles.some((role) => role === text)
