// The rendered message of a Windows event read back: labels under the names that EventData has for them.
import { setField } from '../flatten.ts'
import type { OpenFields } from '../parser.ts'

/** Sections of audit messages and how the names of their values begin. */
const sections: Readonly<Record<string, string>> = {
  subject: 'Subject', 'creator subject': 'Subject', 'target subject': 'Target', 'new logon': 'Target', 'account for which logon failed': 'Target', 'account whose credentials were used': 'Target', 'target account': 'Target',
  'new account': 'Target', 'account information': 'Target', 'account that was locked out': 'Target', 'account name': 'Target', 'new group': 'Target', 'group': 'Target', 'deleted group': 'Target', 'new computer account': 'Target',
  'computer account that was changed': 'Target', 'member': 'Member', 'user': 'Target', 'target server': 'TargetServer', 'client': 'Client', 'account': 'Subject', 'account whose privilege was used': 'Subject',
} // prettier-ignore

/** Labels below a section that names an account, without the section's word. */
const ofAccounts: Readonly<Record<string, string>> = {
  'security id': 'UserSid', 'account name': 'UserName', 'account domain': 'DomainName', 'logon id': 'LogonId', 'supplied realm name': 'DomainName', 'user id': 'Sid', 'group name': 'UserName', 'group domain': 'DomainName',
  'logon guid': 'LogonGuid', 'linked logon id': 'LinkedLogonId', 'network account name': 'OutboundUserName', 'network account domain': 'OutboundDomainName',
} // prettier-ignore

/** Labels that mean the same wherever they stand. */
const labels: Readonly<Record<string, string>> = {
  'logon type': 'LogonType', 'restricted admin mode': 'RestrictedAdminMode', 'virtual account': 'VirtualAccount', 'elevated token': 'ElevatedToken', 'impersonation level': 'ImpersonationLevel', 'workstation name': 'WorkstationName',
  'source workstation': 'Workstation', 'source network address': 'IpAddress', 'client address': 'IpAddress', 'client port': 'IpPort', 'logon process': 'LogonProcessName', 'authentication package': 'AuthenticationPackageName',
  'transited services': 'TransmittedServices', 'package name (ntlm only)': 'LmPackageName', 'key length': 'KeyLength', 'failure reason': 'FailureReason', 'status': 'Status', 'sub status': 'SubStatus', 'error code': 'Status', 'result code': 'Status',
  'failure code': 'Status', 'new process id': 'NewProcessId', 'new process name': 'NewProcessName', 'token elevation type': 'TokenElevationType', 'mandatory label': 'MandatoryLabel', 'creator process id': 'ProcessId',
  'creator process name': 'ParentProcessName', 'process command line': 'CommandLine', 'process id': 'ProcessId', 'process name': 'ProcessName', 'caller process id': 'ProcessId', 'caller process name': 'ProcessName', 'exit status': 'Status',
  'object server': 'ObjectServer', 'object type': 'ObjectType', 'object name': 'ObjectName', 'handle id': 'HandleId', 'resource attributes': 'ResourceAttributes', 'accesses': 'AccessList', 'access mask': 'AccessMask', 'access reasons': 'AccessReason',
  'privileges': 'PrivilegeList', 'privileges used for access check': 'PrivilegeList', 'transaction id': 'TransactionId', 'service name': 'ServiceName', 'service file name': 'ServiceFileName', 'service type': 'ServiceType', 'service start type': 'ServiceStartType',
  'service account': 'ServiceAccount', 'service id': 'ServiceSid', 'server': 'ObjectServer', 'ticket options': 'TicketOptions', 'ticket encryption type': 'TicketEncryptionType', 'pre-authentication type': 'PreAuthType', 'caller computer name': 'TargetDomainName',
  'sam account name': 'SamAccountName', 'display name': 'DisplayName', 'user principal name': 'UserPrincipalName', 'old account name': 'OldTargetUserName', 'new account name': 'NewTargetUserName', 'target server name': 'TargetServerName', 'additional information': 'TargetInfo',
  'task name': 'TaskName', 'task content': 'TaskContent', 'share name': 'ShareName', 'share path': 'ShareLocalPath', 'relative target name': 'RelativeTargetName', 'application name': 'Application', 'direction': 'Direction', 'source address': 'SourceAddress',
  'destination address': 'DestAddress', 'destination port': 'DestPort', 'protocol': 'Protocol', 'filter run-time id': 'FilterRTID', 'layer name': 'LayerName', 'logon account': 'TargetUserName', 'service principal': 'ServiceName', 'host application': 'HostApplication',
} // prettier-ignore

const most = 300
const line = /^(\s{0,8})([^:\t]{1,80}):(?:\s+(.{0,8192}))?$/
const longestMessage = 200_000

/** `Client Address` is an address, `Source Port` depends on what came before it. */
function nameOf(section: string | undefined, label: string, fields: OpenFields): string | undefined {
  if (label === 'source port') return fields['SourceAddress'] === undefined ? 'IpPort' : 'SourcePort'
  const part = ofAccounts[label]
  if (part !== undefined && section === 'Member')
    return part === 'UserSid' ? 'MemberSid' : part === 'UserName' ? 'MemberName' : undefined
  if (part !== undefined && part.startsWith('Outbound')) return `Target${part}`
  if (part !== undefined && part === 'LogonGuid') return 'LogonGuid'
  if (part !== undefined && part === 'LinkedLogonId') return 'TargetLinkedLogonId'
  if (part !== undefined) return `${section ?? 'Subject'}${part}`
  return labels[label]
}

/** A section's name stands alone; so does a label whose value is missing, but that has a name of its own. */
const isHeading = (lower: string, indent: string): boolean =>
  sections[lower] !== undefined
    ? ofAccounts[lower] === undefined || indent === ''
    : indent === '' && labels[lower] === undefined

/** One label and its value. What has no name of its own keeps its label without spaces, below a section. */
function addLabel(
  fields: OpenFields,
  label: string,
  said: string,
  at: { section: string | undefined; indent: string },
): void {
  const name = nameOf(at.section === '' ? undefined : at.section, label.toLowerCase(), fields)
  const own = name ?? label.replaceAll(' ', '')
  if (fields[own] === undefined && (name !== undefined || at.indent !== '')) setField(fields, own, said)
}

/** An audit's message: sections with labels below them. */
function addAudit(fields: OpenFields, lines: readonly string[]): void {
  let section: string | undefined
  for (const text of lines) {
    const [, indent = '', label = '', value = ''] = line.exec(text) ?? []
    const [bare, said] = [label.trim(), value.trim()]
    if (bare === '') continue
    if (said !== '') addLabel(fields, bare, said, { section, indent })
    else if (isHeading(bare.toLowerCase(), indent)) section = sections[bare.toLowerCase()] ?? ''
  }
}

/** Sysmon's message has the names of EventData as its labels. */
function addPairs(fields: OpenFields, lines: readonly string[]): void {
  for (const text of lines) {
    const at = text.indexOf(': ')
    const name = at > 0 && at < 64 ? text.slice(0, at).trim() : ''
    if (/^\w{1,64}$/.test(name) && fields[name] === undefined) setField(fields, name, text.slice(at + 2).trim())
  }
}

/** Adds to the fields what the rendered message says, where they have nothing of the name yet. */
export function addMessage(fields: OpenFields, message: string, channel: string): void {
  const lines = message.slice(0, longestMessage).split(/\r?\n/, most)
  if (channel.includes('Sysmon')) addPairs(fields, lines)
  else if (channel.toLowerCase() === 'security') addAudit(fields, lines)
}
