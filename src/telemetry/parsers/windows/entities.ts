// Who, where and what of a Windows event: the columns from the fields that each channel uses for them.
import type { Entities, OpenFields } from '../parser.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid } from '../values.ts'

/** For each column the fields that may hold it, the better first. */
interface Sources {
  readonly user: readonly string[]
  readonly process: readonly string[]
  readonly guid: readonly string[]
  readonly pid: readonly string[]
  readonly parent: readonly string[]
  readonly parentGuid: readonly string[]
  readonly parentPid: readonly string[]
  readonly srcIp: readonly string[]
  readonly srcPort: readonly string[]
  readonly dstIp: readonly string[]
  readonly dstPort: readonly string[]
  readonly command: readonly string[]
  readonly file: readonly string[]
}

const sysmon: Sources = {
  user: ['User', 'SourceUser'],
  process: ['Image', 'SourceImage'],
  guid: ['ProcessGuid', 'SourceProcessGUID', 'SourceProcessGuid'],
  pid: ['ProcessId', 'SourceProcessId'],
  parent: ['ParentImage'],
  parentGuid: ['ParentProcessGuid'],
  parentPid: ['ParentProcessId'],
  srcIp: ['SourceIp'],
  srcPort: ['SourcePort'],
  dstIp: ['DestinationIp'],
  dstPort: ['DestinationPort'],
  command: ['CommandLine'],
  file: ['TargetFilename', 'ImageLoaded'],
}
const security: Sources = {
  user: ['SubjectUserName', 'TargetUserName'],
  process: ['ProcessName', 'Application', 'CallerProcessName'],
  guid: [],
  pid: ['ProcessId', 'ProcessID'],
  parent: [],
  parentGuid: [],
  parentPid: [],
  srcIp: ['IpAddress', 'SourceAddress', 'ClientAddress'],
  srcPort: ['IpPort', 'SourcePort'],
  dstIp: ['DestAddress'],
  dstPort: ['DestPort'],
  command: ['CommandLine'],
  file: ['ObjectName', 'RelativeTargetName', 'ServiceFileName'],
}
/** A login is about the account that came in, not about the service that let it in. */
const login: Sources = { ...security, user: ['TargetUserName', 'SubjectUserName', 'UserName'] }
const processAudit: Sources = {
  ...security,
  process: ['NewProcessName', 'ProcessName'],
  pid: ['NewProcessId', 'ProcessId'],
  parent: ['ParentProcessName'],
  file: [],
}
/** 4688 has the creator's id in ProcessId; in 4689 that is the process itself. */
const processStart: Sources = { ...processAudit, parentPid: ['ProcessId'] }
const others: Sources = {
  ...sysmon,
  user: ['User', 'UserName', 'SubjectUserName', 'TargetUserName', 'UserContext'],
  process: ['Image', 'ProcessName', 'Process Name', 'processPath', 'ProcessNameBuffer'],
  pid: [],
  srcIp: ['SourceIp', 'SourceAddress', 'IpAddress', 'ClientAddress', 'Address'],
  file: ['TargetFilename', 'Path', 'ImagePath', 'FileNameBuffer', 'LocalName'],
}
/** PowerShell writes its events from inside the process that runs the script. */
const powershell: Sources = { ...others, pid: ['Execution_ProcessID'] }

const logins = new Set([4624, 4625, 4634, 4647, 4768, 4769, 4770, 4771, 4776, 4740, 4778, 4779, 4964])

function sourcesOf(service: string | undefined, eventId: number): Sources {
  if (service === 'sysmon') return sysmon
  if (service === 'security') {
    if (eventId === 4688) return processStart
    if (eventId === 4689) return processAudit
    return logins.has(eventId) ? login : security
  }
  return service === 'powershell' ? powershell : others
}

const noGuid = /^\{?0{8}-/

/** A process GUID without braces, upper case, whichever tool wrote the event. */
function guidOf(fields: OpenFields, names: readonly string[]): string | undefined {
  const text = firstOf(fields, names)
  if (text === undefined || noGuid.test(text)) return undefined
  return (text.startsWith('{') ? text.slice(1, -1) : text).toUpperCase()
}

const pidFrom = (fields: OpenFields, names: readonly string[]): number | undefined => {
  for (const name of names) {
    const pid = pidOf(fields[name])
    if (pid !== undefined) return pid
  }
  return undefined
}

/** The columns of an event. A process is known by its GUID where Sysmon gives one, by host and pid elsewhere. */
export function entitiesOf(fields: OpenFields, service: string | undefined, eventId: number): Entities {
  const from = sourcesOf(service, eventId)
  const host = hostOf(fields['Computer'])
  return {
    host,
    user: accountOf(firstOf(fields, from.user)),
    src_ip: addressOf(firstOf(fields, from.srcIp)),
    src_port: portOf(firstOf(fields, from.srcPort)),
    dst_ip: addressOf(firstOf(fields, from.dstIp)),
    dst_port: portOf(firstOf(fields, from.dstPort)),
    process: firstOf(fields, from.process),
    process_uid: guidOf(fields, from.guid) ?? processUid(host, pidFrom(fields, from.pid)),
    parent_process: firstOf(fields, from.parent),
    parent_process_uid: guidOf(fields, from.parentGuid) ?? processUid(host, pidFrom(fields, from.parentPid)),
    command_line: firstOf(fields, from.command),
    file: firstOf(fields, from.file),
  }
}
