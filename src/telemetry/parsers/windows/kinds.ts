// What Windows events mean: by service and EventID the activity, the OCSF class, Sigma's categories.
import { ocsfClass, ocsfSeverity, type OcsfClass, type OcsfSeverity } from '#standards'
import { activityOf } from './acts.ts'

export interface Kind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly categories: readonly string[]
  readonly severity_id?: OcsfSeverity
  /** OCSF activity_id within the class. */
  readonly activity_id?: number
}

type ClassName = keyof typeof ocsfClass

/** service | EventID | activity | OCSF class | Sigma categories | severity, where it is more than informational */
const table = `
sysmon | 1 | process started | processActivity | process_creation
sysmon | 2 | file time changed | fileActivity | file_change
sysmon | 3 | network connection | networkActivity | network_connection
sysmon | 4 | sysmon state changed | base | sysmon_status
sysmon | 5 | process ended | processActivity | process_termination
sysmon | 6 | driver loaded | kernelExtension | driver_load
sysmon | 7 | library loaded | moduleActivity | image_load
sysmon | 8 | remote thread created | processActivity | create_remote_thread
sysmon | 9 | disk read directly | fileActivity | raw_access_thread
sysmon | 10 | process opened | processActivity | process_access
sysmon | 11 | file created | fileActivity | file_event
sysmon | 12 | registry key changed | registryKey | registry_event
sysmon | 13 | registry value set | registryValue | registry_set registry_event
sysmon | 14 | registry key renamed | registryKey | registry_rename registry_event
sysmon | 15 | file stream created | fileActivity | create_stream_hash
sysmon | 16 | sysmon configuration changed | base | sysmon_status
sysmon | 17 | pipe created | fileActivity | pipe_created
sysmon | 18 | pipe connected | fileActivity | pipe_created
sysmon | 19 | WMI filter registered | base | wmi_event
sysmon | 20 | WMI consumer registered | base | wmi_event
sysmon | 21 | WMI consumer bound to filter | base | wmi_event
sysmon | 22 | name looked up | dnsActivity | dns_query
sysmon | 23 | file deleted | fileActivity | file_delete
sysmon | 24 | clipboard changed | base | clipboard_capture
sysmon | 25 | process tampered with | processActivity | process_tampering | high
sysmon | 26 | file deleted | fileActivity | file_delete_detected file_delete
sysmon | 27 | program file blocked | fileActivity | file_block_executable file_block | medium
sysmon | 28 | file shredding blocked | fileActivity | file_block_shredding file_block | medium
sysmon | 29 | program file created | fileActivity | file_executable_detected
sysmon | 255 | sysmon error | base | sysmon_error | low
powershell | 4100 | PowerShell error | processActivity |
powershell | 4103 | PowerShell command run | processActivity | ps_module
powershell | 4104 | PowerShell script run | processActivity | ps_script
powershell-classic | 400 | PowerShell started | processActivity | ps_classic_start
powershell-classic | 403 | PowerShell ended | processActivity |
powershell-classic | 600 | PowerShell provider started | processActivity | ps_classic_provider_start
powershell-classic | 800 | PowerShell pipeline run | processActivity | ps_classic_script
security | 1100 | event logging stopped | eventLogActivity | | low
security | 1102 | audit log cleared | eventLogActivity | | high
security | 4608 | Windows started | base |
security | 4616 | system time changed | base |
security | 4624 | login accepted | authentication |
security | 4625 | login failed | authentication | | low
security | 4634 | logged off | authentication |
security | 4647 | logged off by user | authentication |
security | 4648 | login with explicit credentials | authentication |
security | 4649 | replay attack detected | authentication | | high
security | 4656 | object opened | fileActivity |
security | 4657 | registry value changed | registryValue |
security | 4660 | object deleted | fileActivity |
security | 4661 | object opened | fileActivity |
security | 4662 | directory object accessed | base |
security | 4663 | object accessed | fileActivity |
security | 4670 | permissions changed | fileActivity |
security | 4672 | login with special privileges | authentication |
security | 4673 | privileged service called | base |
security | 4674 | privileged operation on object | base |
security | 4688 | process started | processActivity | process_creation
security | 4689 | process ended | processActivity | process_termination
security | 4697 | service installed | scheduledJob | | low
security | 4698 | scheduled task created | scheduledJob |
security | 4699 | scheduled task deleted | scheduledJob |
security | 4700 | scheduled task enabled | scheduledJob |
security | 4701 | scheduled task disabled | scheduledJob |
security | 4702 | scheduled task changed | scheduledJob |
security | 4703 | user right adjusted | base |
security | 4704 | user right assigned | userAccess |
security | 4705 | user right removed | userAccess |
security | 4706 | trust to domain created | base | | low
security | 4713 | Kerberos policy changed | base | | low
security | 4717 | system access granted | userAccess |
security | 4718 | system access removed | userAccess |
security | 4719 | audit policy changed | base | | medium
security | 4720 | account created | accountChange |
security | 4722 | account enabled | accountChange |
security | 4723 | password change attempted | accountChange |
security | 4724 | password reset attempted | accountChange |
security | 4725 | account disabled | accountChange |
security | 4726 | account deleted | accountChange |
security | 4727 | group created | groupManagement |
security | 4728 | member added to global group | groupManagement |
security | 4729 | member removed from global group | groupManagement |
security | 4730 | group deleted | groupManagement |
security | 4731 | group created | groupManagement |
security | 4732 | member added to local group | groupManagement |
security | 4733 | member removed from local group | groupManagement |
security | 4734 | group deleted | groupManagement |
security | 4735 | group changed | groupManagement |
security | 4737 | group changed | groupManagement |
security | 4738 | account changed | accountChange |
security | 4740 | account locked out | accountChange | | low
security | 4741 | computer account created | accountChange |
security | 4742 | computer account changed | accountChange |
security | 4743 | computer account deleted | accountChange |
security | 4744 | group created | groupManagement |
security | 4746 | member added to local group | groupManagement |
security | 4747 | member removed from local group | groupManagement |
security | 4748 | group deleted | groupManagement |
security | 4749 | group created | groupManagement |
security | 4751 | member added to global group | groupManagement |
security | 4752 | member removed from global group | groupManagement |
security | 4753 | group deleted | groupManagement |
security | 4754 | group created | groupManagement |
security | 4755 | group changed | groupManagement |
security | 4756 | member added to universal group | groupManagement |
security | 4757 | member removed from universal group | groupManagement |
security | 4758 | group deleted | groupManagement |
security | 4759 | group created | groupManagement |
security | 4761 | member added to universal group | groupManagement |
security | 4762 | member removed from universal group | groupManagement |
security | 4764 | group type changed | groupManagement |
security | 4765 | SID history added | accountChange | | medium
security | 4767 | account unlocked | accountChange |
security | 4768 | Kerberos ticket requested | authentication |
security | 4769 | Kerberos service ticket requested | authentication |
security | 4770 | Kerberos service ticket renewed | authentication |
security | 4771 | Kerberos pre-authentication failed | authentication | | low
security | 4772 | Kerberos ticket request failed | authentication | | low
security | 4773 | Kerberos service ticket request failed | authentication | | low
security | 4776 | credentials checked | authentication |
security | 4777 | credentials not checked | authentication | | low
security | 4778 | session reconnected | authentication |
security | 4779 | session disconnected | authentication |
security | 4781 | account renamed | accountChange |
security | 4794 | directory restore password set | accountChange | | medium
security | 4798 | groups of account listed | base |
security | 4799 | members of group listed | base |
security | 4800 | workstation locked | base |
security | 4801 | workstation unlocked | base |
security | 4825 | remote desktop refused | authentication | | low
security | 4904 | source of security events registered | base |
security | 4905 | source of security events removed | base |
security | 4907 | audit settings of object changed | base |
security | 4946 | firewall rule added | base |
security | 4947 | firewall rule changed | base |
security | 4948 | firewall rule deleted | base |
security | 4964 | special group logged on | authentication |
security | 5058 | key file used | fileActivity |
security | 5024 | firewall started | base |
security | 5025 | firewall stopped | base | | medium
security | 5059 | key moved | fileActivity |
security | 5061 | key used | base |
security | 5136 | directory object changed | base |
security | 5137 | directory object created | base |
security | 5140 | share opened | fileActivity |
security | 5138 | directory object restored | base |
security | 5139 | directory object moved | base |
security | 5141 | directory object deleted | base |
security | 5142 | share created | fileActivity |
security | 5143 | share changed | fileActivity |
security | 5144 | share deleted | fileActivity |
security | 5145 | file on share accessed | fileActivity |
security | 5152 | packet blocked | networkActivity |
security | 5154 | listening permitted | networkActivity |
security | 5155 | listening blocked | networkActivity |
security | 5156 | connection permitted | networkActivity |
security | 5157 | connection blocked | networkActivity |
security | 5158 | binding permitted | networkActivity |
security | 5159 | binding blocked | networkActivity |
security | 6272 | network access granted | authentication |
security | 6273 | network access refused | authentication | | low
security | 6416 | device recognised | base |
system | 104 | event log cleared | eventLogActivity | | medium
system | 6005 | event logging started | eventLogActivity |
system | 6006 | event logging stopped | eventLogActivity |
system | 7031 | service ended unexpectedly | base | | low
system | 7034 | service ended unexpectedly | base | | low
system | 7036 | service state changed | base |
system | 7040 | service start type changed | base |
system | 7045 | service installed | scheduledJob |
taskscheduler | 106 | scheduled task registered | scheduledJob |
taskscheduler | 129 | scheduled task process created | scheduledJob |
taskscheduler | 140 | scheduled task changed | scheduledJob |
taskscheduler | 141 | scheduled task deleted | scheduledJob |
taskscheduler | 142 | scheduled task disabled | scheduledJob |
taskscheduler | 200 | scheduled task started | scheduledJob |
taskscheduler | 201 | scheduled task finished | scheduledJob |
windefend | 1006 | malware found | detectionFinding | | high
windefend | 1015 | suspicious behaviour found | detectionFinding | | high
windefend | 1116 | malware found | detectionFinding | | high
windefend | 1117 | malware dealt with | detectionFinding | | medium
windefend | 1119 | malware not removed | detectionFinding | | high
windefend | 1013 | history of malware deleted | base | | low
windefend | 1121 | attack surface rule blocked | detectionFinding | | high
windefend | 1122 | attack surface rule would block | detectionFinding | | medium
windefend | 5001 | real-time protection disabled | base | | medium
windefend | 5007 | protection settings changed | base |
windefend | 5010 | malware scanning disabled | base | | medium
windefend | 5012 | virus scanning disabled | base | | medium
bits-client | 3 | transfer job created | networkActivity |
bits-client | 59 | transfer started | networkActivity |
bits-client | 60 | transfer ended | networkActivity |
bits-client | 61 | transfer ended with error | networkActivity | | low
bits-client | 16403 | transfer job added | networkActivity |
terminalservices-localsessionmanager | 21 | remote desktop login | authentication |
terminalservices-localsessionmanager | 22 | remote desktop shell started | authentication |
terminalservices-localsessionmanager | 23 | remote desktop logged off | authentication |
terminalservices-localsessionmanager | 24 | remote desktop disconnected | authentication |
terminalservices-localsessionmanager | 25 | remote desktop reconnected | authentication |
terminalservices-localsessionmanager | 39 | remote desktop disconnected | authentication |
terminalservices-localsessionmanager | 40 | remote desktop disconnected | authentication |
applocker | 8002 | program permitted | moduleActivity |
applocker | 8003 | program would be blocked | moduleActivity | | low
applocker | 8004 | program blocked | moduleActivity | | medium
applocker | 8005 | script permitted | moduleActivity |
applocker | 8006 | script would be blocked | moduleActivity | | low
applocker | 8007 | script blocked | moduleActivity | | medium
firewall-as | 2003 | firewall profile changed | base |
firewall-as | 2004 | firewall rule added | base |
firewall-as | 2005 | firewall rule changed | base |
firewall-as | 2006 | firewall rule deleted | base |
firewall-as | 2033 | all firewall rules deleted | base | | medium
ntlm | 8001 | NTLM login sent | authentication |
ntlm | 8002 | NTLM login received | authentication |
ntlm | 8003 | NTLM login in domain | authentication |
ntlm | 8004 | NTLM login checked | authentication |
dns-server | 150 | DNS plug-in failed | base | | medium
dns-server | 770 | DNS plug-in loaded | base | | medium
dns-server-analytic | 256 | name looked up | dnsActivity |
dns-server-analytic | 257 | name answered | dnsActivity |
codeintegrity-operational | 3001 | unsigned driver loaded | moduleActivity | | medium
codeintegrity-operational | 3033 | unsigned code refused | moduleActivity | | medium
codeintegrity-operational | 3077 | code refused by policy | moduleActivity | | medium
wmi | 5857 | WMI provider started | base |
wmi | 5859 | WMI filter registered | base |
wmi | 5860 | temporary WMI subscription | base |
wmi | 5861 | permanent WMI subscription | base |
dns-client | 3006 | name looked up | dnsActivity |
dns-client | 3008 | name looked up | dnsActivity |
openssh | 4 | SSH server message | sshActivity |
`

const isClass = (name: string): name is ClassName => Object.hasOwn(ocsfClass, name)
const isSeverity = (name: string): name is keyof typeof ocsfSeverity => Object.hasOwn(ocsfSeverity, name)

const kinds = new Map<string, Map<number, Kind>>()
for (const line of table.trim().split('\n')) {
  const [service = '', id = '', activity = '', className = '', categories = '', severity = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  if (!isClass(className)) throw new Error(`windows/kinds.ts: no OCSF class ${className}`)
  const kind: Kind = {
    activity,
    class_uid: ocsfClass[className],
    categories: categories.split(' ').filter(Boolean),
    ...(activityOf(service, Number(id)) === undefined ? {} : { activity_id: activityOf(service, Number(id)) ?? 99 }),
    ...(isSeverity(severity) ? { severity_id: ocsfSeverity[severity] } : {}),
  }
  kinds.set(service, (kinds.get(service) ?? new Map<number, Kind>()).set(Number(id), kind))
}

/** Sysmon 12 is an added or a deleted key; Sigma has a category for each. NXLog overwrites EventType with its own, then it may be either. */
const registryKeys = (activity: string, activity_id: number, categories: readonly string[]): Kind => ({
  activity,
  activity_id,
  class_uid: ocsfClass.registryKey,
  categories: [...categories, 'registry_event'],
})
const keyAdded = registryKeys('registry key created', 1, ['registry_add'])
const keyDeleted = registryKeys('registry key deleted', 4, ['registry_delete'])
const keyEither = registryKeys('registry key created or deleted', 99, ['registry_add', 'registry_delete'])

/** The meaning of an event, where the table knows it. */
export function kindOf(service: string | undefined, eventId: number, eventType: unknown): Kind | undefined {
  if (service === 'sysmon' && eventId === 12) {
    if (eventType === 'CreateKey') return keyAdded
    return eventType === 'DeleteKey' || eventType === 'DeleteValue' ? keyDeleted : keyEither
  }
  return service === undefined ? undefined : kinds.get(service)?.get(eventId)
}
