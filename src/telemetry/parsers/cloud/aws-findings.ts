// What AWS's own watchers find: GuardDuty, and Security Hub in the security finding format (ASFF).
import { ocsfClass, ocsfSeverity, type OcsfClass, type OcsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { cloudParser, has, pick, wordOf } from './service.ts'

/** GuardDuty's scale: below 4 low, below 7 medium, below 9 high. */
function guardDutySeverity(value: unknown): OcsfSeverity {
  const number = Number(value ?? 0)
  if (number >= 9) return ocsfSeverity.critical
  if (number >= 7) return ocsfSeverity.high
  return number >= 4 ? ocsfSeverity.medium : ocsfSeverity.low
}
const action = (path: string): string => `service.action.${path} Service.Action.${capital(path)}`
const capital = (path: string): string => path.replace(/(?:^|\.)[a-z]/g, (one) => one.toUpperCase())

export const guardDuty = cloudParser({
  name: 'guardduty',
  does: 'reads findings of AWS GuardDuty',
  recognises: '`schemaVersion`, `type` and `service.serviceName` of guardduty; `Service.DetectorId`',
  recognise: (object) => {
    const service = object['service'] ?? object['Service']
    return (
      typeof service === 'object' &&
      service !== null &&
      ('detectorId' in service ||
        'DetectorId' in service ||
        ('serviceName' in service && service.serviceName === 'guardduty'))
    )
  },
  columns: {
    time: 'updatedAt UpdatedAt createdAt CreatedAt time p_event_time',
    host: 'resource.instanceDetails.instanceId Resource.InstanceDetails.InstanceId resource.eksClusterDetails.name',
    user: 'resource.accessKeyDetails.userName Resource.AccessKeyDetails.UserName resource.kubernetesDetails.kubernetesUserDetails.username',
    src_ip: [
      action('awsApiCallAction.remoteIpDetails.ipAddressV4'),
      action('networkConnectionAction.remoteIpDetails.ipAddressV4'),
      action('portProbeAction.portProbeDetails.remoteIpDetails.ipAddressV4'),
      action('kubernetesApiCallAction.remoteIpDetails.ipAddressV4'),
      action('rdsLoginAttemptAction.remoteIpDetails.ipAddressV4'),
    ].join(' '),
    src_port: action('networkConnectionAction.remotePortDetails.port'),
    dst_ip:
      'resource.instanceDetails.networkInterfaces.privateIpAddress Resource.InstanceDetails.NetworkInterfaces.PrivateIpAddress',
    dst_port: `${action('networkConnectionAction.localPortDetails.port')} ${action('portProbeAction.portProbeDetails.localPortDetails.port')}`,
    domain: `${action('dnsRequestAction.domain')} ${action('awsApiCallAction.domainDetails.domain')}`,
    process: 'service.runtimeDetails.process.executablePath',
    file: 'resource.s3BucketDetails.name Resource.S3BucketDetails.Name',
  },
  logsource: { product: 'aws', service: 'guardduty', categories: [] },
  ocsf: {
    'finding_info.uid': ['id', 'Id'],
    'finding_info.title': ['title', 'Title'],
    'finding_info.desc': ['description', 'Description'],
    'finding_info.types': ['type', 'Type'],
    'finding_info.created_time': ['createdAt', 'CreatedAt'],
    'finding_info.modified_time': ['updatedAt', 'UpdatedAt'],
    'finding_info.first_seen_time': ['service.eventFirstSeen', 'Service.EventFirstSeen'],
    'finding_info.last_seen_time': ['service.eventLastSeen', 'Service.EventLastSeen'],
    'cloud.account.uid': ['accountId', 'AccountId'],
    'cloud.region': ['region', 'Region'],
    count: ['service.count', 'Service.Count'],
    'actor.user.uid': ['resource.accessKeyDetails.principalId', 'Resource.AccessKeyDetails.PrincipalId'],
  },
  meaning: (fields) => ({
    activity: 'threat found',
    class_uid: ocsfClass.detectionFinding,
    activity_id: fields['service.archived'] === true ? 3 : Number(fields['service.count'] ?? 1) > 1 ? 2 : 1,
    severity_id: guardDutySeverity(fields['severity'] ?? fields['Severity']),
    said: pick(fields, ['title', 'Title', 'type', 'Type', 'description']),
  }),
})

const labels: Readonly<Record<string, OcsfSeverity>> = {
  INFORMATIONAL: ocsfSeverity.informational,
  LOW: ocsfSeverity.low,
  MEDIUM: ocsfSeverity.medium,
  HIGH: ocsfSeverity.high,
  CRITICAL: ocsfSeverity.critical,
}

function findingClass(fields: OpenFields): OcsfClass {
  const types = fields['Types'] ?? fields['FindingProviderFields.Types']
  const text = Array.isArray(types) ? types.slice(0, 16).join(' ') : String(types ?? '')
  if (fields['Vulnerabilities.Id'] !== undefined || text.includes('Vulnerabilities/CVE'))
    return ocsfClass.vulnerabilityFinding
  if (fields['Compliance.Status'] !== undefined) return ocsfClass.complianceFinding
  return text.includes('Sensitive Data Identifications') ? ocsfClass.dataSecurityFinding : ocsfClass.detectionFinding
}
const foundActivity = new Map<OcsfClass, string>([
  [ocsfClass.vulnerabilityFinding, 'vulnerability found'],
  [ocsfClass.complianceFinding, 'rule of compliance checked'],
  [ocsfClass.dataSecurityFinding, 'sensitive data found'],
])
const findingStates: Readonly<Record<string, number>> = { NEW: 1, NOTIFIED: 2, SUPPRESSED: 2, RESOLVED: 3 }

export const securityHub = cloudParser({
  name: 'security-hub',
  does: 'reads findings in the AWS security finding format: of GuardDuty, Inspector, Macie, Config and others',
  recognises: '`ProductArn` with `AwsAccountId` and `GeneratorId`',
  recognise: (object) => has(object, 'AwsAccountId') && (has(object, 'ProductArn') || has(object, 'GeneratorId')),
  columns: {
    time: 'UpdatedAt LastObservedAt CreatedAt FirstObservedAt p_event_time',
    host: 'Resources.Id',
    user: 'Action.AwsApiCallAction.AffectedResources.AWS::IAM::User Resources.Details.AwsIamAccessKey.PrincipalName Resources.Details.AwsIamAccessKey.UserName Resources.Details.AwsIamUser.UserName',
    src_ip:
      'Network.SourceIpV4 Network.SourceIpV6 Action.AwsApiCallAction.RemoteIpDetails.IpAddressV4 Action.NetworkConnectionAction.RemoteIpDetails.IpAddressV4 Action.PortProbeAction.PortProbeDetails.RemoteIpDetails.IpAddressV4',
    src_port: 'Network.SourcePort Action.NetworkConnectionAction.RemotePortDetails.Port',
    dst_ip: 'Network.DestinationIpV4 Network.DestinationIpV6',
    dst_port: 'Network.DestinationPort Action.NetworkConnectionAction.LocalPortDetails.Port',
    domain: 'Network.SourceDomain Network.DestinationDomain Action.DnsRequestAction.Domain',
    process: 'Process.Path Process.Name',
    file: 'Malware.Path',
  },
  logsource: { product: 'aws', service: 'securityhub', categories: [] },
  ocsf: {
    'finding_info.uid': 'Id',
    'finding_info.title': 'Title',
    'finding_info.desc': 'Description',
    'finding_info.types': ['Types', 'FindingProviderFields.Types'],
    'finding_info.created_time': 'CreatedAt',
    'finding_info.modified_time': 'UpdatedAt',
    'finding_info.first_seen_time': 'FirstObservedAt',
    'finding_info.last_seen_time': 'LastObservedAt',
    'finding_info.src_url': 'SourceUrl',
    'metadata.product.name': 'ProductName',
    'metadata.product.vendor_name': 'CompanyName',
    'metadata.product.uid': 'ProductArn',
    'cloud.account.uid': 'AwsAccountId',
    'cloud.region': ['Region', 'Resources.Region'],
    'compliance.status': 'Compliance.Status',
    'compliance.control': 'Compliance.SecurityControlId',
    'remediation.desc': 'Remediation.Recommendation.Text',
    'vulnerabilities.cve.uid': 'Vulnerabilities.Id',
    'resources.uid': 'Resources.Id',
    'resources.type': 'Resources.Type',
    'resources.region': 'Resources.Region',
    'resources.cloud_partition': 'Resources.Partition',
    'metadata.log_version': 'SchemaVersion',
    'vulnerabilities.cve.cvss.base_score': 'Vulnerabilities.Cvss.BaseScore',
    'vulnerabilities.cve.cvss.vector_string': 'Vulnerabilities.Cvss.BaseVector',
    'vulnerabilities.cve.cvss.version': 'Vulnerabilities.Cvss.Version',
    'vulnerabilities.cve.epss.score': 'Vulnerabilities.EpssScore',
    'vulnerabilities.cve.references': 'Vulnerabilities.ReferenceUrls',
    'vulnerabilities.cve.created_time': 'Vulnerabilities.Vendor.VendorCreatedAt',
    'vulnerabilities.cve.modified_time': 'Vulnerabilities.Vendor.VendorUpdatedAt',
    'vulnerabilities.vendor_name': 'Vulnerabilities.Vendor.Name',
    'vulnerabilities.is_exploit_available': 'Vulnerabilities.ExploitAvailable',
    'vulnerabilities.is_fix_available': 'Vulnerabilities.FixAvailable',
    'vulnerabilities.affected_packages.name': 'Vulnerabilities.VulnerablePackages.Name',
    'vulnerabilities.affected_packages.version': 'Vulnerabilities.VulnerablePackages.Version',
    'vulnerabilities.affected_packages.architecture': 'Vulnerabilities.VulnerablePackages.Architecture',
    'vulnerabilities.affected_packages.epoch': 'Vulnerabilities.VulnerablePackages.Epoch',
    'vulnerabilities.affected_packages.release': 'Vulnerabilities.VulnerablePackages.Release',
    'vulnerabilities.affected_packages.package_manager': 'Vulnerabilities.VulnerablePackages.PackageManager',
    'vulnerabilities.affected_packages.fixed_in_version': 'Vulnerabilities.VulnerablePackages.FixedInVersion',
    'vulnerabilities.affected_packages.remediation.desc': 'Vulnerabilities.VulnerablePackages.Remediation',
    status: 'Workflow.Status',
  },
  meaning(fields) {
    const class_uid = findingClass(fields)
    const passed = wordOf(fields['Compliance.Status'])
    const archived = fields['RecordState'] === 'ARCHIVED'
    return {
      activity: foundActivity.get(class_uid) ?? 'threat found',
      class_uid,
      activity_id: archived ? 3 : (findingStates[wordOf(fields['Workflow.Status']) ?? ''] ?? 1),
      outcome: passed === 'PASSED' ? 'success' : passed === 'FAILED' ? 'failure' : undefined,
      severity_id:
        labels[pick(fields, ['Severity.Label', 'FindingProviderFields.Severity.Label']) ?? ''] ??
        guardDutySeverity(Number(fields['Severity.Normalized'] ?? 0) / 10),
      said: pick(fields, ['Title', 'Description', 'GeneratorId']),
    }
  },
})
