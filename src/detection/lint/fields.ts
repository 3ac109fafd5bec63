// Fields that log sources are known to have, under the names that Sigma's rules use for them.
import type { RuleSource } from '../sigma/rule.ts'

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)
/** Every record of Windows, and what Sysmon gives with most of its events. */
const windows =
  'EventID Provider_Name Channel Computer Security_UserID Level Task Opcode Keywords EventRecordID Execution_ProcessID Execution_ThreadID Version RuleName UtcTime EventType ProcessGuid ProcessId Image User Hostname'
const hashes = 'Hashes Imphash imphash md5 sha1 sha256 MD5 SHA1 SHA256 IMPHASH'
const parents = 'ParentImage ParentCommandLine ParentProcessGuid ParentProcessId ParentUser CommandLine'

/** Category of Windows → its own fields. */
const windowsCategories: Readonly<Record<string, string>> = {
  process_creation: `CommandLine CurrentDirectory Company Product Description FileVersion OriginalFileName IntegrityLevel LogonGuid LogonId TerminalSessionId GrandParentImage GrandparentCommandLine NewProcessName ParentProcessName SubjectUserName SubjectUserSid TokenElevationType MandatoryLabel ${parents} ${hashes}`,
  network_connection: `Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName ${parents}`,
  process_termination: '',
  driver_load: `ImageLoaded Signed Signature SignatureStatus ${hashes}`,
  image_load: `ImageLoaded FileVersion Description Product Company OriginalFileName Signed Signature SignatureStatus ${parents} ${hashes}`,
  create_remote_thread:
    'SourceProcessGuid SourceProcessId SourceImage SourceUser SourceCommandLine SourceParentImage SourceParentProcessId SourceParentCommandLine TargetProcessGuid TargetProcessId TargetImage TargetUser TargetCommandLine TargetParentImage TargetParentProcessId TargetParentCommandLine NewThreadId StartAddress StartModule StartFunction IsInitialThread RemoteCreation',
  process_access:
    'SourceProcessGUID SourceProcessId SourceThreadId SourceImage SourceUser SourceCommandLine TargetProcessGUID TargetProcessId TargetImage TargetUser GrantedAccess CallTrace',
  raw_access_read: 'Device',
  raw_access_thread: 'Device',
  file_event: `TargetFilename CreationUtcTime PreviousCreationUtcTime IntegrityLevel MagicHeader ${parents} ${hashes}`,
  file_change: `TargetFilename CreationUtcTime PreviousCreationUtcTime ${parents}`,
  file_delete: `TargetFilename IsExecutable Archived ${parents} ${hashes}`,
  file_rename: `TargetFilename SourceFilename OriginalFileName MagicHeader ${parents}`,
  file_access: `FileName TargetFilename Irp FileObject IssuingThreadId CreateOptions CreateAttributes ShareAccess ${parents}`,
  file_block: `TargetFilename ${parents} ${hashes}`,
  file_executable_detected: `TargetFilename ${parents} ${hashes}`,
  registry_add: `TargetObject Details ${parents}`,
  registry_delete: `TargetObject Details ${parents}`,
  registry_set: `TargetObject Details ${parents}`,
  registry_event: `TargetObject Details NewName ${parents}`,
  registry_rename: `TargetObject NewName Details ${parents}`,
  create_stream_hash: `TargetFilename CreationUtcTime Hash Contents ${hashes}`,
  pipe_created: `PipeName ${parents}`,
  wmi_event: 'Operation EventNamespace Name Query Type Destination Consumer Filter',
  dns_query: `QueryName QueryStatus QueryResults record_type ${parents}`,
  ps_module: 'ContextInfo UserData Payload HostApplication',
  ps_script: 'ScriptBlockText ScriptBlockId MessageNumber MessageTotal Path ScriptBlock',
  ps_classic_start:
    'Data HostApplication HostName HostVersion HostId EngineVersion RunspaceId CommandName CommandType ScriptName CommandPath CommandLine NewEngineState PreviousEngineState SequenceNumber PipelineId',
  ps_classic_provider_start:
    'Data HostApplication HostName HostVersion HostId EngineVersion RunspaceId CommandName CommandType ScriptName CommandPath CommandLine ProviderName NewProviderState SequenceNumber PipelineId',
  process_tampering: 'Type',
  clipboard_capture: `Session ClientInfo Archived ${hashes}`,
  sysmon_status: 'State SchemaVersion Configuration ConfigurationFileHash',
  sysmon_error: 'ID Description',
}
const unix =
  'Image CommandLine CurrentDirectory User LogonId LogonGuid ProcessId ProcessGuid ParentImage ParentCommandLine ParentProcessId ParentProcessGuid ParentUser UtcTime RuleName Hashes IntegrityLevel TerminalSessionId GrandParentImage OriginalFileName Product Company Description FileVersion md5 sha1 sha256'
const unixCategories: Readonly<Record<string, string>> = {
  process_creation: unix,
  process_termination: unix,
  file_event: `${unix} TargetFilename CreationUtcTime`,
  file_delete: `${unix} TargetFilename IsExecutable Archived`,
  network_connection: `${unix} Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort`,
}
/** Categories that are the same everywhere. */
const everywhere: Readonly<Record<string, string>> = {
  webserver:
    'date time c-ip cs-username s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken cs-version cs-host cs-user-agent cs-referer cs-cookie cs-uri cs-uri-path cs-content-type sc-content-type src_ip dst_ip dst_port response',
  proxy:
    'c-uri c-uri-extension c-uri-query c-uri-stem c-useragent cs-bytes cs-cookie cs-host cs-method cs-uri cs-uri-stem cs-uri-query cs-user-agent cs-referer cs-version r-dns cs-referrer sc-status sc-bytes src_ip dst_ip c-ip cs-username cs-mime-type rs-mime-type',
}

const setOf = (text: string): ReadonlySet<string> => new Set(words(text))
const sets = new Map<string, ReadonlySet<string>>()
for (const [category, fields] of Object.entries(windowsCategories))
  sets.set(`windows ${category}`, setOf(`${windows} ${fields}`))
for (const [category, fields] of Object.entries(unixCategories))
  for (const product of ['linux', 'macos']) sets.set(`${product} ${category}`, setOf(fields))
for (const [category, fields] of Object.entries(everywhere)) sets.set(` ${category}`, setOf(fields))

/** The fields that a log source has as far as its makers say; nothing for sources that have too many to list. */
export function knownFields({ product, service, category }: RuleSource): ReadonlySet<string> | undefined {
  if (category === undefined) return undefined
  const special = service === undefined || service === 'sysmon'
  return special ? (sets.get(`${product ?? ''} ${category}`) ?? sets.get(` ${category}`)) : undefined
}
