// Endpoint protection and web gateways in the cloud: SentinelOne, CrowdStrike Falcon, Zscaler, Cisco Umbrella, Anomali.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { alias, cloudParser, has, type Meaning, pick } from './service.ts'
import { actOf, httpActivity, outcomeOf } from './verbs.ts'

const words: Readonly<Record<string, OcsfSeverity>> = {
  informational: 1, info: 1, low: 2, medium: 3, moderate: 3, high: 4, 'very-high': 5, critical: 5, malicious: 4, suspicious: 3,
} // prettier-ignore
const wordSeverity = (text: string | undefined): OcsfSeverity => words[text?.toLowerCase() ?? ''] ?? ocsfSeverity.medium

export const sentinelOne = cloudParser({
  name: 'sentinelone',
  does: "reads SentinelOne's alerts, threats and activities",
  recognises:
    '`alertInfo` with `agentDetectionInfo` or `ruleInfo`; `threatInfo` with `agentRealtimeInfo`; `activityType` with `primaryDescription`',
  recognise: (object) =>
    has(object, 'alertInfo', 'ruleInfo') ||
    has(object, 'alertInfo', 'agentDetectionInfo') ||
    has(object, 'threatInfo') ||
    has(object, 'activityType', 'primaryDescription'),
  columns: {
    time: 'alertInfo.updatedAt alertInfo.createdAt threatInfo.updatedAt threatInfo.identifiedAt createdAt updatedAt',
    host: 'agentRealtimeInfo.name agentRealtimeInfo.agentComputerName agentDetectionInfo.name data.computerName agentDetectionInfo.agentComputerName',
    user: 'alertInfo.loginsUserName sourceProcessInfo.user sourceProcessInfo.effectiveUser threatInfo.processUser agentDetectionInfo.agentLastLoggedInUserName data.username',
    src_ip: 'alertInfo.srcIp alertInfo.srcMachineIp data.ipAddress agentDetectionInfo.agentIpV4',
    src_port: 'alertInfo.srcPort',
    dst_ip: 'alertInfo.dstIp',
    dst_port: 'alertInfo.dstPort',
    domain: 'alertInfo.dnsRequest',
    process: 'sourceProcessInfo.filePath sourceProcessInfo.name threatInfo.originatorProcess',
    parent_process: 'sourceParentProcessInfo.filePath sourceParentProcessInfo.name',
    command_line: 'sourceProcessInfo.commandline threatInfo.maliciousProcessArguments',
    file: 'targetProcessInfo.tgtFilePath threatInfo.filePath data.filePath',
  },
  logsource: { product: 'sentinelone', service: 'sentinelone', categories: [] },
  ocsf: {
    'finding_info.uid': ['alertInfo.alertId', 'threatInfo.threatId', 'id'],
    'finding_info.title': ['ruleInfo.name', 'threatInfo.threatName', 'primaryDescription'],
    'finding_info.desc': ['ruleInfo.description', 'secondaryDescription'],
    'finding_info.types': ['threatInfo.classification', 'alertInfo.eventType'],
    'finding_info.created_time': ['alertInfo.createdAt', 'threatInfo.createdAt'],
    'device.uid': ['agentRealtimeInfo.uuid', 'agentDetectionInfo.uuid', 'agentRealtimeInfo.agentUuid'],
    'device.os.name': ['agentRealtimeInfo.os', 'agentDetectionInfo.osName'],
    'process.file.hashes.sha256': ['sourceProcessInfo.fileHashSha256', 'threatInfo.sha256'],
    'process.pid': 'sourceProcessInfo.pid',
    status: ['alertInfo.incidentStatus', 'threatInfo.incidentStatus'],
  },
  meaning(fields) {
    const activity = fields['activityType'] !== undefined && fields['threatInfo.threatName'] === undefined
    return activity
      ? {
          ...actOf(pick(fields, ['primaryDescription'])),
          activity: 'sentinelone event',
          said: pick(fields, ['primaryDescription']),
        }
      : {
          activity: 'threat found',
          class_uid: ocsfClass.detectionFinding,
          activity_id: /resolved/i.test(pick(fields, ['alertInfo.incidentStatus', 'threatInfo.incidentStatus']) ?? '')
            ? 3
            : 1,
          severity_id: wordSeverity(pick(fields, ['ruleInfo.severity', 'threatInfo.confidenceLevel'])),
          detail: [
            pick(fields, ['ruleInfo.name', 'threatInfo.threatName', 'alertInfo.indicatorName']),
            pick(fields, ['threatInfo.classification', 'alertInfo.eventType']),
          ]
            .filter(Boolean)
            .join(' '),
        }
  },
})

const falconKinds: Readonly<
  Record<
    string,
    readonly [
      activity: string,
      class_uid: 1007 | 1001 | 4001 | 4003 | 3002 | 1005 | 201002,
      activity_id: number,
      category: string,
    ]
  >
> = {
  ProcessRollup2: ['process started', 1007, 1, 'process_creation'],
  SyntheticProcessRollup2: ['process started', 1007, 1, 'process_creation'],
  EndOfProcess: ['process ended', 1007, 2, 'process_termination'],
  DnsRequest: ['name looked up', 4003, 1, 'dns_query'],
  NetworkConnectIP4: ['network connection', 4001, 1, 'network_connection'],
  NetworkConnectIP6: ['network connection', 4001, 1, 'network_connection'],
  NetworkReceiveAcceptIP4: ['network connection', 4001, 1, 'network_connection'],
  UserLogon: ['login accepted', 3002, 1, ''],
  UserLogonFailed2: ['login failed', 3002, 1, ''],
  UserLogoff: ['logged off', 3002, 2, ''],
  NewExecutableWritten: ['file created', 1001, 1, 'file_event'],
  PeFileWritten: ['file created', 1001, 1, 'file_event'],
  ImageHash: ['library loaded', 1005, 1, 'image_load'],
  AsepValueUpdate: ['registry value set', 201002, 2, 'registry_set'],
}
const falconName = (fields: OpenFields): string =>
  pick(fields, ['event_simpleName', 'metadata.eventType', 'event.OperationName']) ?? ''

/** Numbers of Falcon's severity: 1 to 5, or 10 to 100. */
function falconSeverity(value: unknown, name: string | undefined): OcsfSeverity {
  const number = Number(value ?? Number.NaN)
  if (Number.isNaN(number)) return name === undefined ? ocsfSeverity.informational : wordSeverity(name)
  const fifth = number > 5 ? number / 20 : number
  return fifth >= 5
    ? ocsfSeverity.critical
    : fifth >= 4
      ? ocsfSeverity.high
      : fifth >= 3
        ? ocsfSeverity.medium
        : fifth >= 2
          ? ocsfSeverity.low
          : ocsfSeverity.informational
}

export const falcon = cloudParser({
  name: 'crowdstrike-falcon',
  does: "reads CrowdStrike Falcon's event stream and data replicator",
  recognises: '`metadata.eventType` with `event`; `event_simpleName`; `composite_id` with `cid`',
  recognise: (object) =>
    has(object, 'event_simpleName') ||
    has(object, 'composite_id', 'cid') ||
    (isObject(object['metadata']) && isObject(object['event']) && object['metadata']['eventType'] !== undefined),
  columns: {
    time: 'timestamp metadata.eventCreationTime event.ProcessStartTime event.UTCTimestamp ContextTimeStamp_decimal ContextTimeStamp created_timestamp _time',
    host: 'event.ComputerName event.Hostname ComputerName device.hostname event.HostnameField',
    user: 'event.UserName event.UserId UserName user_name event.UserIp',
    src_ip: 'event.UserIp event.LocalIP LocalAddressIP4 aip event.SourceIP',
    src_port: 'LocalPort_decimal LocalPort',
    dst_ip: 'RemoteAddressIP4 RemoteAddressIP6 event.NetworkAccesses.RemoteAddress',
    dst_port: 'RemotePort_decimal RemotePort',
    domain: 'DomainName event.DnsRequests.DomainName',
    process: 'ImageFileName event.FilePath event.FileName filename filepath',
    pid: 'RawProcessId_decimal RawProcessId',
    parent_process: 'ParentBaseFileName event.ParentImageFileName',
    command_line: 'CommandLine event.CommandLine cmdline',
    file: 'TargetFileName event.TargetFileName',
  },
  logsource: (fields) => {
    const category = falconKinds[falconName(fields)]?.[3] ?? ''
    const platform = { win: 'windows', lin: 'linux', mac: 'macos' }[
      (pick(fields, ['event_platform']) ?? '').toLowerCase()
    ]
    return {
      product: platform ?? 'crowdstrike',
      ...(platform === undefined ? { service: 'falcon' } : {}),
      categories: category === '' ? [] : [category],
    }
  },
  ocsf: {
    'finding_info.uid': ['event.DetectId', 'event.CompositeId', 'composite_id'],
    'finding_info.title': ['event.DetectName', 'event.Name', 'display_name'],
    'finding_info.desc': ['event.DetectDescription', 'event.Description', 'description'],
    'finding_info.src_url': 'event.FalconHostLink',
    'finding_info.attacks.technique.name': ['event.Technique', 'technique'],
    'finding_info.attacks.tactic.name': ['event.Tactic', 'tactic'],
    'metadata.tenant_uid': ['metadata.customerIDString', 'cid'],
    'metadata.sequence': 'metadata.offset',
    'device.uid': ['aid', 'event.SensorId', 'event.AgentId'],
    'process.file.hashes.sha256': ['SHA256HashData', 'event.SHA256String'],
    'process.uid': ['TargetProcessId_decimal', 'TargetProcessId', 'event.ProcessId'],
    'process.parent_process.uid': ['ParentProcessId_decimal', 'ParentProcessId', 'event.ParentProcessId'],
    'api.operation': 'event.OperationName',
    'api.service.name': 'event.ServiceName',
  },
  add: (fields) =>
    alias(fields, [
      ['ImageFileName', 'Image'],
      ['ParentBaseFileName', 'ParentImage'],
      ['DomainName', 'QueryName'],
      ['RemoteAddressIP4', 'DestinationIp'],
      ['RemotePort_decimal', 'DestinationPort'],
      ['RemotePort', 'DestinationPort'],
      ['TargetFileName', 'TargetFilename'],
    ]),
  meaning(fields) {
    const name = falconName(fields)
    const [activity, class_uid, activity_id] = falconKinds[name] ?? []
    if (activity !== undefined && class_uid !== undefined)
      return {
        activity,
        class_uid,
        activity_id,
        outcome: name === 'UserLogonFailed2' ? 'failure' : undefined,
        severity_id: ocsfSeverity.informational,
      }
    const found = pick(fields, [
      'event.DetectName',
      'event.DetectDescription',
      'event.IncidentDescription',
      'event.Name',
      'display_name',
    ])
    if (found !== undefined && !name.startsWith('Auth'))
      return {
        activity: 'threat found',
        class_uid: ocsfClass.detectionFinding,
        activity_id: 1,
        severity_id: falconSeverity(
          fields['event.Severity'] ?? fields['severity'],
          pick(fields, ['event.SeverityName', 'severity_name']),
        ),
        detail: found,
      }
    const operation = pick(fields, ['event.OperationName']) ?? name
    const success = textOf(fields['event.Success'])
    return { ...actOf(operation), activity: 'falcon event', outcome: outcomeOf(success), detail: operation }
  },
})

/** What kind of traffic a record of Zscaler is about. */
function zscalerKind(fields: OpenFields, refused: boolean): Pick<Meaning, 'activity' | 'class_uid' | 'activity_id'> {
  const dns = fields['reqaction'] !== undefined || fields['event.reqaction'] !== undefined
  if (pick(fields, ['c-uri']) !== undefined)
    return {
      activity: refused ? 'web request blocked' : 'web request',
      class_uid: ocsfClass.httpActivity,
      activity_id: httpActivity(pick(fields, ['cs-method'])),
    }
  if (dns)
    return {
      activity: refused ? 'name lookup blocked' : 'name looked up',
      class_uid: ocsfClass.dnsActivity,
      activity_id: 1,
    }
  return {
    activity: refused ? 'connection blocked' : 'network connection',
    class_uid: ocsfClass.networkActivity,
    activity_id: refused ? 5 : 1,
  }
}

function zscalerMeaning(fields: OpenFields): Meaning {
  const action = pick(fields, ['event.action', 'event.reqaction', 'action', 'reqaction'])
  const refused = /block|deny|denied|drop|caution|reset/i.test(action ?? '')
  const said = pick(fields, ['event.threatname', 'threatname', 'event.malwareclass'])
  const threat = said === 'None' ? undefined : said
  return {
    ...zscalerKind(fields, refused),
    outcome: action === undefined ? undefined : refused ? 'failure' : 'success',
    severity_id: threat !== undefined ? ocsfSeverity.high : refused ? ocsfSeverity.low : ocsfSeverity.informational,
    detail: [pick(fields, ['cs-method']), pick(fields, ['c-uri', 'cs-host', 'event.req', 'req']), action, threat]
      .filter(Boolean)
      .join(' '),
  }
}

export const zscaler = cloudParser({
  name: 'zscaler',
  does: "reads Zscaler's web, firewall, DNS and tunnel logs as JSON",
  recognises: '`sourcetype` of zscalernss, or `urlcategory`/`csip` beside `action`, or `recordid` with `reason`',
  recognise: (object) => {
    const event = isObject(object['event']) ? object['event'] : object
    return (
      (typeof object['sourcetype'] === 'string' && object['sourcetype'].startsWith('zscaler')) ||
      has(event, 'ClientIP', 'urlcategory') ||
      has(event, 'urlcategory', 'action') ||
      has(event, 'csip', 'cdip') ||
      has(event, 'cltsourceip', 'reqaction') ||
      has(event, 'clt_sip', 'reqaction')
    )
  },
  columns: {
    time: 'event.epochtime event.datetime event.time datetime epochtime time',
    host: 'event.devicehostname devicehostname event.deviceHostname',
    user: 'event.user event.login event.elogin user login elogin',
    src_ip:
      'event.cip event.ClientIP event.csip event.clt_sip event.cltsourceip event.clientpublicIP cip ClientIP csip clt_sip cltsourceip clientpublicIP',
    src_port: 'event.csport csport event.clt_sport',
    dst_ip: 'event.sip event.serverip event.cdip event.srv_dip sip serverip cdip srv_dip',
    dst_port: 'event.cdport cdport event.srv_dport srv_dport',
    domain: 'event.hostname event.ehost event.host event.req event.dns_req hostname ehost host req dns_req',
    url: 'event.url event.eurl url eurl',
    file: 'event.filename filename',
  },
  logsource: (fields) => ({
    product: 'zscaler',
    categories:
      fields['event.url'] !== undefined || fields['url'] !== undefined || fields['urlcategory'] !== undefined
        ? ['proxy']
        : fields['reqaction'] !== undefined || fields['event.reqaction'] !== undefined
          ? ['dns']
          : ['firewall'],
  }),
  ocsf: {
    'http_request.http_method': ['event.reqmethod', 'event.requestmethod', 'reqmethod', 'requestmethod'],
    'http_request.user_agent': ['event.ua', 'event.useragent', 'ua', 'useragent'],
    'http_request.url.url_string': ['event.url', 'url'],
    'http_response.code': ['event.respcode', 'event.status', 'respcode', 'status'],
    disposition: ['event.action', 'action'],
    'firewall_rule.name': ['event.rulelabel', 'rulelabel', 'event.reason'],
    'metadata.uid': ['event.recordid', 'recordid'],
    'http_request.url.categories': ['event.urlcategory', 'urlcategory'],
    'traffic.bytes_out': ['event.reqsize', 'reqsize', 'outbytes'],
    'traffic.bytes_in': ['event.respsize', 'respsize', 'inbytes'],
  },
  add: (fields) =>
    alias(fields, [
      ['event.url', 'c-uri'],
      ['url', 'c-uri'],
      ['event.ua', 'c-useragent'],
      ['event.useragent', 'c-useragent'],
      ['useragent', 'c-useragent'],
      ['event.hostname', 'cs-host'],
      ['hostname', 'cs-host'],
      ['event.requestmethod', 'cs-method'],
      ['event.reqmethod', 'cs-method'],
      ['requestmethod', 'cs-method'],
      ['reqmethod', 'cs-method'],
      ['event.status', 'sc-status'],
      ['event.respcode', 'sc-status'],
    ]),
  meaning: zscalerMeaning,
})

const hostInUrl = /^[a-z][a-z0-9+.-]{1,16}:\/\/(?:[^/?#@]{0,128}@)?([^/?#:]{1,255})/i

export const anomali = cloudParser({
  name: 'anomali',
  does: "reads Anomali ThreatStream's indicators",
  recognises: '`itype` with `confidence` and `trusted_circle_ids`, `source_feed_id` or `resource_uri`',
  recognise: (object) =>
    has(object, 'itype', 'confidence') ||
    (has(object, 'itype') && has(object, 'value_type')) ||
    has(object, 'trustedcircles_ids', 'itype'),
  columns: {
    time: 'modified_ts update_ts added_at created_ts date_first date_last',
    src_ip: 'srcip ip',
    domain: 'domain',
    url: 'url',
    user: 'email owner_name',
  },
  logsource: { product: 'anomali', service: 'threatstream', categories: [] },
  ocsf: {
    'finding_info.uid': ['id', 'uuid'],
    'finding_info.types': ['itype', 'threat_type', 'maltype'],
    'finding_info.title': ['itype'],
    'finding_info.first_seen_time': 'date_first',
    'finding_info.last_seen_time': 'date_last',
    confidence_score: 'confidence',
    'osint.value': ['value', 'url', 'domain', 'srcip', 'md5', 'email'],
    'osint.vendor_name': 'source',
  },
  add(fields) {
    const type = pick(fields, ['value_type', 'type'])
    const value = pick(fields, ['value'])
    if (value !== undefined && (type === 'ip' || type === 'domain' || type === 'url'))
      fields[type === 'ip' ? 'srcip' : type] ??= value
  },
  who: (fields) => {
    const named = pick(fields, ['domain']) ?? hostInUrl.exec(pick(fields, ['url']) ?? '')?.[1]?.toLowerCase()
    return named === undefined ? {} : { domain: named }
  },
  meaning: (fields) => ({
    activity: 'indicator received',
    class_uid: ocsfClass.detectionFinding,
    activity_id:
      pick(fields, ['state', 'status']) === 'falsepos' || pick(fields, ['state', 'status']) === 'inactive' ? 3 : 1,
    severity_id: wordSeverity(pick(fields, ['severity', 'meta.severity'])),
    detail: [pick(fields, ['itype']), pick(fields, ['value', 'url', 'domain', 'srcip', 'md5', 'email'])]
      .filter(Boolean)
      .join(' '),
  }),
})
