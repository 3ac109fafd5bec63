// What Microsoft's watchers find, and flows: Entra risk, Defender alerts, flow logs.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { textOf } from '../values.ts'
import { common, lower, inside, categoryOf, levels, principal } from './azure-names.ts'
import { alias, cloudParser, has, pick } from './service.ts'

const pimService = (fields: OpenFields): string =>
  /^(?:rolesAssigned|staleRole|redundant|invalidLicense|noMfaOnRole|sequentialActivation|tooManyGlobal|noMfa)/i.test(
    pick(fields, ['riskEventType', 'properties.riskEventType', 'RiskEventType']) ?? '',
  )
    ? 'pim'
    : 'riskdetection'

export const entraRisk = cloudParser({
  name: 'entra-risk',
  does: 'reads risk detections of Entra ID protection and risky users, and alerts of privileged identity management',
  recognises: '`riskEventType`, or a category of risk events or risky users',
  recognise: (object) =>
    object['riskEventType'] !== undefined ||
    object['RiskEventType'] !== undefined ||
    inside(object, 'properties')['riskEventType'] !== undefined ||
    /^(?:aad)?(?:user|serviceprincipal)riskevents$|^(?:aad)?risky(?:users|serviceprincipals)$/.test(categoryOf(object)),
  columns: {
    time: 'properties.detectedDateTime detectedDateTime DetectedDateTime activityDateTime properties.activityDateTime riskLastUpdatedDateTime createdDateTime time TimeGenerated',
    user: principal,
    src_ip: 'ipAddress properties.ipAddress IpAddress IPAddress callerIpAddress',
  },
  logsource: (fields) => ({ product: 'azure', service: pimService(fields), categories: [] }),
  ocsf: {
    ...common,
    'finding_info.uid': ['id', 'properties.id', 'Id'],
    'finding_info.title': ['riskEventType', 'properties.riskEventType'],
    'finding_info.types': ['riskType', 'properties.riskType', 'riskEventType'],
    'finding_info.created_time': ['detectedDateTime', 'properties.detectedDateTime'],
    'actor.user.uid': ['userId', 'properties.userId', 'UserId'],
    risk_level: ['riskLevel', 'properties.riskLevel', 'RiskLevel'],
    status: ['riskState', 'properties.riskState', 'RiskState'],
  },
  add: (fields) =>
    alias(fields, [
      ['properties.riskEventType', 'riskEventType'],
      ['RiskEventType', 'riskEventType'],
      ['properties.riskLevel', 'riskLevel'],
      ['properties.riskState', 'riskState'],
    ]),
  meaning: (fields) => ({
    activity: 'risk detected',
    class_uid: ocsfClass.detectionFinding,
    activity_id: /remediated|dismissed|confirmedSafe/i.test(pick(fields, ['riskState', 'RiskState']) ?? '') ? 3 : 1,
    severity_id: levels[lower(pick(fields, ['riskLevel', 'RiskLevel']))] ?? ocsfSeverity.low,
    detail: [pick(fields, ['riskEventType', 'riskDetail', 'properties.riskDetail']), pick(fields, ['riskLevel'])]
      .filter(Boolean)
      .join(' '),
  }),
})

const alertSeverity = (fields: OpenFields): OcsfSeverity =>
  levels[
    lower(
      pick(fields, [
        'severity',
        'Severity',
        'properties.Severity',
        'properties.severity',
        'AlertSeverity',
        'ReportedSeverity',
      ]),
    )
  ] ?? ocsfSeverity.informational
const alertStates: Readonly<Record<string, number>> = {
  new: 1,
  newalert: 1,
  active: 1,
  inprogress: 2,
  resolved: 3,
  dismissed: 3,
}

export const defenderAlert = cloudParser({
  name: 'defender-alert',
  does: 'reads alerts of Microsoft Defender, Sentinel and Entra: Graph (old and new form), the security table, diagnostic settings',
  recognises:
    '`vendorInformation` with `title`, `detectionSource` with `alertWebUrl` or `incidentId`, `AlertName` with `ProviderName`',
  recognise: (object) =>
    has(object, 'vendorInformation', 'title') ||
    (has(object, 'serviceSource', 'severity') && has(object, 'title')) ||
    has(object, 'detectionSource', 'alertWebUrl') ||
    has(object, 'detectionSource', 'incidentId') ||
    has(object, 'SystemAlertId') ||
    has(object, 'AlertName', 'ProviderName') ||
    has(object, 'alertCreationTime', 'severity'),
  columns: {
    time: 'lastUpdateDateTime lastModifiedDateTime alertCreationTime lastEventTime eventDateTime createdDateTime TimeGenerated EndTimeUtc StartTimeUtc',
    host: 'hostStates.fqdn evidence.deviceDnsName computerDnsName devices.deviceDnsName CompromisedEntity evidence.hostName',
    user: 'userStates.userPrincipalName userStates.accountName evidence.userAccount.userPrincipalName evidence.userAccount.accountName relatedUser.userName',
    src_ip: 'networkConnections.sourceAddress userStates.logonIp evidence.ipAddress',
    dst_ip: 'networkConnections.destinationAddress',
    domain: 'networkConnections.destinationDomain evidence.domainName',
    url: 'networkConnections.destinationUrl evidence.url',
    process: 'processes.path processes.name evidence.imageFile.fileName',
    command_line: 'processes.commandLine evidence.processCommandLine',
    file: 'fileStates.path fileStates.name evidence.fileDetails.fileName',
  },
  logsource: { product: 'azure', service: 'securityalert', categories: [] },
  ocsf: {
    'finding_info.uid': ['id', 'SystemAlertId'],
    'finding_info.title': ['title', 'AlertName', 'DisplayName', 'AlertDisplayName'],
    'finding_info.desc': ['description', 'Description'],
    'finding_info.types': ['category', 'AlertType'],
    'finding_info.created_time': ['createdDateTime', 'alertCreationTime', 'TimeGenerated'],
    'finding_info.attacks.technique.uid': ['mitreTechniques', 'Techniques'],
    'finding_info.product.name': ['vendorInformation.provider', 'productName', 'ProductName'],
    'finding_info.src_url': ['sourceMaterials', 'alertWebUrl', 'AlertLink'],
    'metadata.tenant_uid': ['azureTenantId', 'tenantId', 'TenantId'],
    status: ['status', 'Status'],
  },
  meaning: (fields) => ({
    activity: 'threat found',
    class_uid: ocsfClass.detectionFinding,
    activity_id: alertStates[lower(pick(fields, ['status', 'Status']))] ?? 1,
    severity_id: alertSeverity(fields),
    said: pick(fields, ['title', 'AlertDisplayName', 'AlertName', 'DisplayName', 'description']),
  }),
})

export const azureFlow = cloudParser({
  name: 'azure-flow',
  does: 'reads flow logs of Azure network security groups and virtual networks; the first flow fills the columns, all stay in the fields',
  recognises: 'category NetworkSecurityGroupFlowEvent or FlowLogFlowEvent',
  recognise: (object) =>
    /^(?:networksecuritygroupflowevent|flowlogflowevent)$/.test(categoryOf(object)) ||
    has(object, 'flowRecords', 'macAddress'),
  columns: { time: 'time' },
  logsource: { product: 'azure', service: 'flowlogs', categories: [] },
  ocsf: {
    ...common,
    'src_endpoint.mac': ['macAddress', 'properties.flows.flows.mac'],
    'resources.uid': 'resourceId',
    'firewall_rule.name': 'flow_rule',
  },
  add(fields) {
    const tuple =
      pick(fields, ['properties.flows.flows.flowTuples', 'flowRecords.flows.flowGroups.flowTuples'])?.split(',', 16) ??
      []
    const [, src_ip, dst_ip, src_port, dst_port, protocol, direction, state] = tuple
    const rule = pick(fields, ['properties.flows.rule', 'flowRecords.flows.flowGroups.rule'])
    for (const [name, value] of Object.entries({
      flow_src: src_ip,
      flow_dst: dst_ip,
      flow_src_port: src_port,
      flow_dst_port: dst_port,
      flow_protocol: protocol,
      flow_direction: direction,
      flow_state: state,
      flow_rule: rule,
    }))
      if (value !== undefined) fields[name] ??= value
  },
  who: (fields) => ({
    src_ip: textOf(fields['flow_src']),
    dst_ip: textOf(fields['flow_dst']),
    src_port: Number(fields['flow_src_port']) || undefined,
    dst_port: Number(fields['flow_dst_port']) || undefined,
  }),
  meaning(fields) {
    const refused = fields['flow_state'] === 'D'
    return {
      activity: refused ? 'connection blocked' : 'network flow',
      class_uid: ocsfClass.networkActivity,
      activity_id: refused ? 5 : 6,
      outcome: fields['flow_state'] === undefined ? undefined : refused ? 'failure' : 'success',
      detail: textOf(fields['flow_rule']),
    }
  },
})
