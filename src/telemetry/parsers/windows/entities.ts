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
  readonly target: readonly string[]
  readonly srcHost: readonly string[]
  readonly dstHost: readonly string[]
  readonly domain: readonly string[]
}

const none: readonly string[] = []
/** Sysmon's events but those below: what an event never has is not asked for. */
const sysmon: Sources = {
  user: ['User', 'SourceUser'],
  process: ['Image', 'SourceImage'],
  guid: ['ProcessGuid', 'SourceProcessGUID', 'SourceProcessGuid'],
  pid: ['ProcessId', 'SourceProcessId'],
  parent: none,
  parentGuid: none,
  parentPid: none,
  srcIp: none,
  srcPort: none,
  dstIp: none,
  dstPort: none,
  command: none,
  file: ['TargetFilename', 'ImageLoaded'],
  target: none,
  srcHost: none,
  dstHost: none,
  domain: none,
}
const sysmonStart: Sources = {
  ...sysmon,
  parent: ['ParentImage'],
  parentGuid: ['ParentProcessGuid'],
  parentPid: ['ParentProcessId'],
  command: ['CommandLine'],
}
const sysmonEnds = {
  srcIp: ['SourceIp'],
  srcPort: ['SourcePort'],
  dstIp: ['DestinationIp'],
  dstPort: ['DestinationPort'],
}
const sysmonNetwork: Sources = {
  ...sysmon,
  ...sysmonEnds,
  srcHost: ['SourceHostname'],
  dstHost: ['DestinationHostname'],
}
const sysmonDns: Sources = { ...sysmon, domain: ['QueryName'] }
/** One process does something to another. */
const sysmonTwo: Sources = { ...sysmon, target: ['TargetUser'] }
const ofSysmon = new Map<number, Sources>([
  [1, sysmonStart],
  [3, sysmonNetwork],
  [8, sysmonTwo],
  [10, sysmonTwo],
  [22, sysmonDns],
])
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
  target: ['TargetUserName', 'OldTargetUserName', 'TargetSid'],
  srcHost: none,
  dstHost: ['TargetServerName'],
  domain: none,
}
/** A login is about the account that came in, not about the service that let it in. */
const login: Sources = {
  ...security,
  user: ['TargetUserName', 'SubjectUserName', 'UserName', 'AccountName'],
  target: none,
  srcHost: ['WorkstationName', 'Workstation', 'ClientName'],
  dstHost: none,
}
/** A member of a group is the one something is done to; its name is a distinguished one, or only its SID is told. */
const membership: Sources = { ...security, target: ['MemberName', 'MemberSid'] }
const processAudit: Sources = {
  ...security,
  process: ['NewProcessName', 'ProcessName'],
  pid: ['NewProcessId', 'ProcessId'],
  parent: ['ParentProcessName'],
  file: [],
  target: ['TargetUserName'],
  dstHost: none,
}
/** 4688 has the creator's id in ProcessId; in 4689 that is the process itself. */
const processStart: Sources = { ...processAudit, parentPid: ['ProcessId'] }
const others: Sources = {
  ...sysmonStart,
  ...sysmonEnds,
  user: ['User', 'UserName', 'SubjectUserName', 'TargetUserName', 'UserContext'],
  process: ['Image', 'ProcessName', 'Process Name', 'processPath', 'ProcessNameBuffer'],
  pid: [],
  srcIp: ['SourceIp', 'SourceAddress', 'IpAddress', 'ClientAddress', 'Address'],
  file: ['TargetFilename', 'Path', 'ImagePath', 'FileNameBuffer', 'LocalName', 'FilePath', 'FullFilePath'],
  srcHost: ['WorkstationName', 'ClientName'],
  domain: ['QueryName', 'QNAME'],
}
/** PowerShell writes its events from inside the process that runs the script. */
const powershell: Sources = { ...others, pid: ['Execution_ProcessID'], srcHost: none, domain: none }

const memberships = new Set([4728, 4729, 4732, 4733, 4746, 4747, 4751, 4752, 4756, 4757, 4761, 4762])
const logins = new Set([4624, 4625, 4634, 4647, 4768, 4769, 4770, 4771, 4776, 4740, 4778, 4779, 4964, 4772, 4773, 4777])

function sourcesOf(service: string | undefined, eventId: number): Sources {
  if (service === 'sysmon') return ofSysmon.get(eventId) ?? sysmon
  if (service === 'security') {
    if (eventId === 4688) return processStart
    if (eventId === 4689) return processAudit
    if (logins.has(eventId)) return login
    return memberships.has(eventId) ? membership : security
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

const commonName = /^CN=((?:[^,\\]|\\.){1,256})/i

/** The account something is done to, unless it is the one who acts; of `CN=Ada Lovelace,OU=…` the name. */
function targetOf(fields: OpenFields, names: readonly string[], user: string | undefined): string | undefined {
  const said = firstOf(fields, names)
  const target = said === undefined ? undefined : accountOf(commonName.exec(said)?.[1] ?? said)
  return target === user ? undefined : target
}
/** NTLM writes names of machines with two backslashes before them. */
const workstation = (text: string | undefined): string | undefined => (text?.startsWith('\\\\') ? text.slice(2) : text)

/** The columns of an event. A process is known by its GUID where Sysmon gives one, by host and pid elsewhere. */
export function entitiesOf(fields: OpenFields, service: string | undefined, eventId: number): Entities {
  const from = sourcesOf(service, eventId)
  const host = hostOf(fields['Computer'])
  const user = accountOf(firstOf(fields, from.user))
  return {
    host,
    user,
    target_user: targetOf(fields, from.target, user),
    src_ip: addressOf(firstOf(fields, from.srcIp)),
    src_host: hostOf(workstation(firstOf(fields, from.srcHost))),
    src_port: portOf(firstOf(fields, from.srcPort)),
    dst_ip: addressOf(firstOf(fields, from.dstIp)),
    dst_host: hostOf(firstOf(fields, from.dstHost)),
    dst_port: portOf(firstOf(fields, from.dstPort)),
    domain: hostOf(firstOf(fields, from.domain))?.toLowerCase(),
    process: firstOf(fields, from.process),
    process_uid: guidOf(fields, from.guid) ?? processUid(host, pidFrom(fields, from.pid)),
    parent_process: firstOf(fields, from.parent),
    parent_process_uid: guidOf(fields, from.parentGuid) ?? processUid(host, pidFrom(fields, from.parentPid)),
    command_line: firstOf(fields, from.command),
    file: firstOf(fields, from.file),
  }
}
