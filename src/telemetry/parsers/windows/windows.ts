// Windows events as JSON, whichever tool wrote them: evtx_dump, winlogbeat, NXLog, our own EVTX reader.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { FieldValue, Glance, LogSource, ParsedEvent } from '../../types.ts'
import { type JsonObject, type JsonParser, makeEvent, type OcsfMapping, type OpenFields } from '../parser.ts'
import { anyTime } from '../times.ts'
import { firstOf, textOf } from '../values.ts'
import { entitiesOf } from './entities.ts'
import { type Kind, kindOf } from './kinds.ts'
import { serviceOf } from './services.ts'
import { isWindows, windowsFields } from './shapes.ts'
import { addSigmaNames } from './sigma-names.ts'

const name = 'windows'

/** Fields that may hold the time. NXLog's EventTime has no zone, so it comes last. */
const timeFields = [
  'TimeCreated_SystemTime',
  'TimeCreated',
  'SystemTime',
  '@timestamp',
  'UtcTime',
  'TimeGenerated',
  'EventTime',
] as const

/** Level in the words or numbers of Windows. */
const severities: Readonly<Record<string, OcsfSeverity>> = {
  1: ocsfSeverity.critical,
  2: ocsfSeverity.medium,
  3: ocsfSeverity.low,
  critical: ocsfSeverity.critical,
  error: ocsfSeverity.medium,
  warning: ocsfSeverity.low,
}

/** What to show of an event besides who and where: the first of these fields that is there. */
const details = [
  'TargetObject',
  'QueryName',
  'PipeName',
  'ScriptBlockText',
  'Payload',
  'TaskName',
  'ServiceName',
  'ShareName',
  'Destination',
  'Query',
  'ThreatName',
] as const

function timeOf(fields: OpenFields): number | undefined {
  for (const field of timeFields) {
    const value = fields[field]
    const time = value === undefined ? undefined : anyTime(value)
    if (time !== undefined) return time
  }
  return undefined
}

/** Log sources by product, service and kind: events of a kind share theirs, so that who sees it again knows it at once. */
const logSources = new Map<string, Map<Kind | undefined, LogSource>>()

function logSource(service: string | undefined, channel: string, kind: Kind | undefined): LogSource {
  const product = channel.startsWith('Linux-') ? 'linux' : 'windows'
  const place = `${product}/${service ?? ''}`
  const known = logSources.get(place) ?? new Map<Kind | undefined, LogSource>()
  const before = known.get(kind)
  if (before) return before
  const categories = [...(kind?.categories ?? [])]
  const source = service === undefined ? { product, categories } : { product, service, categories }
  logSources.set(place, known.set(kind, source))
  return source
}

function detailOf(fields: OpenFields, kind: Kind | undefined): string | undefined {
  if (kind?.categories[0] === 'process_access' || kind?.categories[0] === 'create_remote_thread')
    return `${textOf(fields['SourceImage']) ?? 'a process'} to ${textOf(fields['TargetImage']) ?? 'another'}`
  return firstOf(fields, details) ?? (kind ? undefined : firstOf(fields, ['Message', 'message', 'Data', 'param1']))
}

const unknownActivity = (log: string, eventId: number): string =>
  `${log === '' ? 'Windows' : log} event${Number.isNaN(eventId) ? '' : ` ${eventId}`}`

const levelOf = (fields: OpenFields): OcsfSeverity | undefined => {
  const level = fields['Level'] ?? fields['log.level']
  return typeof level === 'number'
    ? severities[level]
    : level === undefined
      ? undefined
      : severities[String(level).toLowerCase()]
}

/** Logins and tickets whose status is a code of NTSTATUS or Kerberos: all zeros is success. */
const withStatus = new Set([4768, 4769, 4770, 4771, 4772, 4773, 4776, 4777])
const zeros = /^(?:0x)?0{1,8}$/i
const refused = new Set([4625, 4771, 4772, 4773, 4777, 5152, 5155, 5157, 5159, 6273])

/** How it went: by the event itself, by its status, by the audit's keyword in any of its forms. */
function outcomeOf(
  fields: OpenFields,
  service: string | undefined,
  eventId: number,
): 'success' | 'failure' | undefined {
  if (service !== 'security') return undefined
  if (refused.has(eventId)) return 'failure'
  const status = withStatus.has(eventId)
    ? textOf(fields['Status'] ?? fields['FailureCode'] ?? fields['ErrorCode'] ?? fields['ResultCode'])
    : undefined
  if (status !== undefined) return zeros.test(status) ? 'success' : 'failure'
  const keyword = auditOf(fields['Keywords']) ?? auditOf(fields['EventType']) ?? auditOf(fields['outcome'])
  return keyword ?? (eventId === 4624 || eventId === 4634 || eventId === 4647 ? 'success' : undefined)
}

/** The keywords of an audit, 0x8020000000000000 and 0x8010000000000000, as the signed numbers that NXLog writes. */
const auditNumbers = new Map<FieldValue, 'success' | 'failure'>([
  [-9_214_364_837_600_034_816, 'success'],
  [-9_218_868_437_227_405_312, 'failure'],
])

function auditOf(value: FieldValue | undefined): 'success' | 'failure' | undefined {
  if (value === undefined || typeof value === 'number') return value === undefined ? undefined : auditNumbers.get(value)
  const text = Array.isArray(value) ? value.slice(0, 8).join(' ') : String(value)
  if (text.startsWith('0x80'))
    return text.startsWith('0x802') ? 'success' : text.startsWith('0x801') ? 'failure' : undefined
  if (text.startsWith('-922') || text.startsWith('-921')) return auditNumbers.get(Number(text))
  if (text.length > 200) return undefined
  const lower = text.toLowerCase()
  return lower.includes('success') ? 'success' : lower.includes('fail') ? 'failure' : undefined
}

/** A Windows event as far as detection needs it: its log source, and its fields with the names that rules use. */
class WindowsGlance implements Glance {
  readonly parser = name
  readonly logsource: LogSource
  readonly fields: OpenFields
  readonly parse_error: string | undefined
  private readonly received: number
  private readonly channel: string
  private readonly eventId: number
  private readonly service: string | undefined
  private readonly kind: Kind | undefined

  constructor(fields: OpenFields, received: number, parse_error?: string) {
    this.parse_error = parse_error
    this.fields = fields
    this.received = received
    this.channel = textOf(fields['Channel']) ?? ''
    this.eventId = Number(fields['EventID'] ?? Number.NaN)
    // XML has only texts; the same event is the same number from every tool.
    if (typeof fields['EventID'] === 'string' && Number.isInteger(this.eventId)) fields['EventID'] = this.eventId
    this.service = serviceOf(this.channel)
    this.kind = kindOf(this.service, this.eventId, fields['EventType'])
    this.logsource = logSource(this.service, this.channel, this.kind)
    addSigmaNames(fields, this.service, this.eventId)
  }

  whole(): ParsedEvent {
    const { fields, service, eventId, kind } = this
    const entities = entitiesOf(fields, service, eventId)
    const event = makeEvent(name, this.received, entities, {
      time: timeOf(fields),
      logsource: this.logsource,
      class_uid: kind?.class_uid ?? ocsfClass.base,
      activity: kind?.activity ?? unknownActivity(service ?? this.channel, eventId),
      activity_id: kind?.activity_id,
      outcome: outcomeOf(fields, service, eventId),
      severity_id: kind?.severity_id ?? levelOf(fields),
      detail: entities.command_line ?? entities.file ?? detailOf(fields, kind),
      fields,
    })
    return this.parse_error === undefined ? event : { ...event, parse_error: this.parse_error }
  }
}

/** The event of fields that `windowsFields` gave. */
export const eventOf = (fields: OpenFields, received: number): ParsedEvent =>
  new WindowsGlance(fields, received).whole()

/** As much of a Windows record as detection needs. */
export function windowsGlance(object: JsonObject, received: number): Glance {
  const fields = windowsFields(object)
  return new WindowsGlance(fields ?? {}, received, fields ? undefined : unknownShape)
}
const unknownShape = 'not a Windows event: no System element and no EventID'

/** The event of a Windows record in any of the known shapes; unknown ones give an event with `parse_error`. */
export const windowsEvent = (object: JsonObject, received: number): ParsedEvent =>
  windowsGlance(object, received).whole()

/** Where OCSF's attributes stand in the events of Windows, besides the columns. */
export const windowsOcsf: OcsfMapping = {
  'metadata.uid': 'EventRecordID',
  'metadata.event_code': 'EventID',
  'metadata.log_name': 'Channel',
  'metadata.original_time': 'OriginalTime',
  message: 'MessageTitle',
  'metadata.log_provider': 'Provider_Name',
  'actor.user.uid': ['SubjectUserSid', 'Security_UserID'],
  'actor.user.domain': 'SubjectDomainName',
  'actor.session.uid': 'SubjectLogonId',
  'user.uid': ['TargetUserSid', 'TargetSid', 'MemberSid'],
  'user.domain': 'TargetDomainName',
  'group.name': 'GroupName',
  'session.uid': 'TargetLogonId',
  logon_type_id: 'LogonType',
  auth_protocol: 'AuthenticationPackageName',
  'logon_process.name': 'LogonProcessName',
  status_code: ['SubStatus', 'Status'],
  status_detail: 'FailureReason',
  'process.pid': ['NewProcessId', 'ProcessId'],
  'process.integrity': 'IntegrityLevel',
  'process.file.hashes.sha256': 'sha256',
  'process.parent_process.pid': 'ParentProcessId',
  'process.parent_process.cmd_line': 'ParentCommandLine',
  'reg_value.path': 'TargetObject',
  'reg_value.data': 'Details',
  'query.hostname': 'QueryName',
  'connection_info.protocol_name': 'Protocol',
  'finding_info.title': 'ThreatName',
}

export const windows: JsonParser = {
  name,
  reads: 'json',
  does: 'reads Windows events of any channel; Sysmon and process audits under the field names of Sigma',
  recognises:
    '`Event.System` (evtx_dump, Velociraptor), `winlog.*` (winlogbeat), `EventID` with `Channel` or `SourceName` (NXLog), `EventCode` with `LogName` (Splunk), `Id` with `ProviderName` (Get-WinEvent)',
  ocsf: () => windowsOcsf,
  recognise: isWindows,
  glance: windowsGlance,
  parse: windowsEvent,
}
