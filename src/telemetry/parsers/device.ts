// How the record of a network device becomes an event once its fields are known: shared by firewalls, proxies and gateways.
import { ocsfClass, type OcsfClass, type OcsfSeverity } from '#standards'
import type { LogSource, ParsedEvent } from '../types.ts'
import { columnsOf, type ColumnNames, outcomeOf } from './columns-of.ts'
import { type Entities, makeEvent, type OpenFields } from './parser.ts'

/** What the record is about, told from its type. */
export interface DeviceKind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly activity_id?: number | undefined
}
export interface DeviceRecord {
  readonly parser: string
  readonly received: number
  readonly time: number | undefined
  readonly logsource: LogSource
  readonly fields: OpenFields
  readonly columns: ColumnNames
  readonly kind: DeviceKind
  readonly severity_id?: OcsfSeverity | undefined
  /** The word that says what was done with it: allow, deny, login-failed. */
  readonly action?: string | undefined
  readonly outcome?: 'success' | 'failure' | undefined
  readonly detail?: string | undefined
  /** Columns that no list of names can say. */
  readonly who?: Entities
}

const verbs: Readonly<Record<'success' | 'failure', readonly [activity: string, activity_id: number]>> = {
  success: ['connection permitted', 1],
  failure: ['connection denied', 5],
}

/** Network traffic is named by what became of it; everything else by its kind. */
function named(kind: DeviceKind, outcome: 'success' | 'failure' | undefined): readonly [string, number | undefined] {
  if (kind.class_uid !== ocsfClass.networkActivity || outcome === undefined) return [kind.activity, kind.activity_id]
  const [activity, activity_id] = verbs[outcome]
  return [kind.activity === 'traffic' ? activity : kind.activity, kind.activity_id ?? activity_id]
}

/** The names Sigma's firewall rules use, beside the device's own. */
function addNames(fields: OpenFields, who: Entities): void {
  const { src_ip, src_port, dst_ip, dst_port } = who
  for (const [name, value] of Object.entries({ src_ip, src_port, dst_ip, dst_port }))
    if (value !== undefined) fields[name] ??= value
}

export function deviceEvent(record: DeviceRecord): ParsedEvent {
  const { kind, fields } = record
  const outcome = record.outcome ?? outcomeOf(record.action)
  const [activity, activity_id] = named(kind, outcome)
  const who = { ...columnsOf(fields, record.columns), ...record.who }
  if (record.logsource.categories.includes('firewall')) addNames(fields, who)
  return makeEvent(record.parser, record.received, who, {
    time: record.time,
    logsource: record.logsource,
    class_uid: kind.class_uid,
    activity,
    activity_id,
    severity_id: record.severity_id,
    outcome,
    detail: record.detail,
    fields,
  })
}

export const traffic: DeviceKind = { activity: 'traffic', class_uid: ocsfClass.networkActivity }
export const finding = (activity: string): DeviceKind => ({
  activity,
  class_uid: ocsfClass.detectionFinding,
  activity_id: 1,
})
export const logon = (activity: string, activity_id = 1): DeviceKind => ({
  activity,
  class_uid: ocsfClass.authentication,
  activity_id,
})
export const message = (activity: string): DeviceKind => ({ activity, class_uid: ocsfClass.base })
export const webVisit: DeviceKind = { activity: 'web request', class_uid: ocsfClass.httpActivity }
export const lookup: DeviceKind = { activity: 'name looked up', class_uid: ocsfClass.dnsActivity, activity_id: 6 }
export const change: DeviceKind = { activity: 'device configured', class_uid: ocsfClass.configStateChange }

const severities: Readonly<Record<string, OcsfSeverity>> = {
  emergency: 6, fatal: 6, alert: 5, critical: 5, 'very-high': 5, high: 4, error: 3, medium: 3, moderate: 3, warning: 2, warn: 2, low: 2,
  notice: 1, notification: 1, information: 1, informational: 1, info: 1, debug: 1, unknown: 1,
} // prettier-ignore
/** OCSF's severity of a word that devices use. */
export const severityWord = (word: unknown): OcsfSeverity | undefined =>
  typeof word === 'string' ? severities[word.toLowerCase()] : undefined

/** Address, port and interface written together: `10.0.0.1:4711:X0`. */
export function joined(
  value: unknown,
  separator = ':',
): { readonly address?: string; readonly port?: string; readonly place?: string } {
  if (typeof value !== 'string') return {}
  const [address, port, place] = value.split(separator, 3)
  return {
    ...(address === undefined ? {} : { address }),
    ...(port === undefined ? {} : { port }),
    ...(place === undefined ? {} : { place }),
  }
}
