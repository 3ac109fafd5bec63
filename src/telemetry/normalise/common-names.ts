// Field names that many sources share (Sigma and Sysmon, ECS, CEF, cloud audit logs) and where OCSF puts them.

/**
 * OCSF attributes, one or several of which the first that the class has counts | field names.
 * A parser's own mapping goes before; what the class has no place for stays in `unmapped`.
 */
const table = `
metadata.original_time | UtcTime TimeCreated_SystemTime eventTime EventTime TimeCreated timestamp @timestamp published createdDateTime activityDateTime CreationTime requestReceivedTimestamp start_timestamp
metadata.event_code | EventID event_id eventid winlog.event_id event.code eventType msgid message_id DeviceEventClassID
metadata.log_name | Channel LogName winlog.channel log_name
metadata.log_provider | Provider_Name ProviderName Provider winlog.provider_name event.provider SourceName
metadata.sequence | RecordNumber EventRecordID winlog.record_id
metadata.original_event_uid | eventID eventId event.id insertId
metadata.correlation_uid | ActivityID CorrelationId correlationId correlation_id sharedEventID debugContext.correlation_id
metadata.log_level | log.level level loglevel syslog_severity
device.hostname | Computer ComputerName host host.name host.hostname hostname dvchost dhost_device agent.hostname winlog.computer_name syslog_hostname computer
device.ip | dvc host.ip
device.os.name | host.os.name os.name platform_name
device.os.version | host.os.version
device.uid | host.id aid agent.id deviceId DeviceId
device.domain | host.domain
message | message msg
start_time | start start_time event.start
end_time | end end_time event.end
duration | event.duration_ms duration_ms
count | cnt event_count
status_code | Status status_code errorCode error_code ResultType FailureCode resultCode
status_detail | FailureReason status_detail errorMessage error_message ResultDescription SubStatus outcome.reason result.reason reason failure_reason
process.pid actor.process.pid evidences.process.pid | ProcessId ProcessID NewProcessId process.pid pid process_id spid
process.parent_process.pid actor.process.parent_process.pid evidences.process.parent_process.pid | ParentProcessId ppid process.parent.pid parent_pid
process.uid actor.process.uid evidences.process.uid | ProcessGuid process.entity_id
process.parent_process.uid actor.process.parent_process.uid evidences.process.parent_process.uid | ParentProcessGuid process.parent.entity_id
process.file.path actor.process.file.path evidences.process.file.path | Image NewProcessName ProcessName process.executable exe
process.name actor.process.name evidences.process.name | process.name comm program appname Application proc.name
process.cmd_line actor.process.cmd_line evidences.process.cmd_line | CommandLine process.command_line cmdline proc.cmdline ProcessCommandLine
process.parent_process.file.path actor.process.parent_process.file.path evidences.process.parent_process.file.path | ParentImage ParentProcessName process.parent.executable
process.parent_process.cmd_line actor.process.parent_process.cmd_line evidences.process.parent_process.cmd_line | ParentCommandLine process.parent.command_line
process.parent_process.name actor.process.parent_process.name evidences.process.parent_process.name | process.parent.name proc.pname
process.parent_process.user.name actor.process.parent_process.user.name | ParentUser
process.working_directory actor.process.working_directory | CurrentDirectory process.working_directory cwd
process.integrity_id actor.process.integrity_id | IntegrityLevel
process.auid actor.process.auid | auid
process.euid actor.process.euid | euid
process.egid actor.process.egid | egid
process.tid actor.process.tid | ThreadID ThreadId tid
process.file.internal_name module.file.internal_name actor.process.file.internal_name | OriginalFileName
process.file.version module.file.version actor.process.file.version | FileVersion
process.file.company_name module.file.company_name actor.process.file.company_name | Company
process.file.desc module.file.desc actor.process.file.desc | Description
process.file.product.name module.file.product.name actor.process.file.product.name | Product
process.session.uid actor.session.uid | LogonGuid LogonId
process.session.terminal | TerminalSessionId
module.file.path driver.file.path | ImageLoaded
module.file.signature.certificate.subject driver.file.signature.certificate.subject | Signature
module.start_address | StartAddress
module.function_name | StartFunction
module.file.path | StartModule
file.path module.file.path driver.file.path job.file.path script.file.path evidences.file.path | TargetFilename file.path ObjectName filename FileName path fileinfo.filename fname fd.name filePath
file.name evidences.file.name | file.name
file.size evidences.file.size | file.size fileinfo.size fsize total_bytes
file.mime_type evidences.file.mime_type | file.mime_type mime_type fileinfo.magic
file.hashes.value process.file.hashes.value evidences.file.hashes.value | hash
file.created_time | CreationUtcTime
access_mask | AccessMask
reg_key.path reg_value.path | TargetObject registry.path
reg_value.data | Details registry.data.strings
job.name | TaskName job_name taskname
job.cmd_line | TaskContent
win_service.name | ServiceName_service
log_name | Channel
script.script_content.value actor.process.cmd_line | ScriptBlockText
script.file.path | ScriptPath Path
script.uid | ScriptBlockId
user.name | TargetUserName user.target.name target_user
user.uid | TargetUserSid TargetSid user.target.id
user.domain | TargetDomainName user.target.domain
actor.user.name evidences.user.name | SubjectUserName user.name User user suser username cs-username acct usrName AccountName login
actor.user.uid evidences.user.uid | SubjectUserSid user.id UserSid userIdentity.principalId
actor.user.domain evidences.user.domain | SubjectDomainName user.domain sntdom
actor.user.email_addr evidences.user.email_addr | user.email UserPrincipalName userPrincipalName actor.email principalEmail
actor.user.account.uid | userIdentity.accountId recipientAccountId account_id
actor.user.credential_uid | userIdentity.accessKeyId
actor.user.type | userIdentity.type
actor.session.uid | SubjectLogonId
session.uid | TargetLogonId SessionId session_id
session.issuer actor.session.issuer | userIdentity.sessionContext.sessionIssuer.arn
actor.invoked_by | userIdentity.invokedBy
group.name | GroupName group.name group.displayName
group.uid | group.id
logon_type_id | LogonType winlog.logon.type logon_type
logon_process.name | LogonProcessName
auth_protocol_id | AuthenticationPackageName LmPackageName auth_protocol
is_mfa | additionalEventData.MFAUsed mfa_used
service.name | ServiceName TargetServerName
service.uid | ServiceSid
authentication_token.encryption_details.type | TicketEncryptionType
src_endpoint.ip evidences.src_endpoint.ip | SourceIp IpAddress source.ip src src_ip c-ip id.orig_h client.ip sourceIPAddress client_ip clientip srcip srcaddr remote_addr rhost sourceAddress SourceAddress CallerIpAddress callerIpAddress ipAddress ClientIP ClientIPAddress client_addr
src_endpoint.port evidences.src_endpoint.port | SourcePort IpPort source.port src_port id.orig_p spt client.port srcport SourcePortNumber sport
src_endpoint.hostname evidences.src_endpoint.hostname | SourceHostname WorkstationName source.domain shost src_host Workstation client_name
src_endpoint.mac evidences.src_endpoint.mac | source.mac smac src_mac mac orig_l2_addr client_mac
src_endpoint.interface_name | src_intf srcintf src_interface inbound_interface IN
src_endpoint.zone | src_zone srczone from_zone
src_endpoint.intermediate_ips | x_forwarded_for_ips
src_endpoint.location.country evidences.src_endpoint.location.country | source.geo.country_iso_code src_country srccountry
src_endpoint.svc_name | SourcePortName
src_endpoint.location.city | client.geographicalContext.city source.geo.city_name
src_endpoint.location.country | client.geographicalContext.country
src_endpoint.location.region | client.geographicalContext.state source.geo.region_name
src_endpoint.location.postal_code | client.geographicalContext.postalCode
src_endpoint.location.lat | client.geographicalContext.geolocation.lat
src_endpoint.location.long | client.geographicalContext.geolocation.lon
src_endpoint.location.isp | securityContext.isp
src_endpoint.domain | securityContext.domain
src_endpoint.autonomous_system.number | securityContext.asNumber source.as.number
src_endpoint.autonomous_system.name | securityContext.asOrg source.as.organization.name
src_endpoint.os.name | client.userAgent.os
http_request.http_headers.name | httpRequest.headers.name
http_request.http_headers.value | httpRequest.headers.value
vulnerabilities.references | Vulnerabilities.ReferenceUrls
api.response.data | responseElements
actor.session.credential_uid | user.extra.accessKeyId
actor.session.issuer | user.extra.canonicalArn
actor.session.uid | user.extra.sessionName
dst_endpoint.ip evidences.dst_endpoint.ip | DestinationIp destination.ip dst dst_ip dest_ip s-ip id.resp_h server.ip dstip dstaddr DestAddress destinationAddress
dst_endpoint.port evidences.dst_endpoint.port | DestinationPort destination.port dst_port dest_port s-port id.resp_p dpt server.port dstport DestPort dport
dst_endpoint.hostname evidences.dst_endpoint.hostname | DestinationHostname destination.domain dhost dst_host
dst_endpoint.mac evidences.dst_endpoint.mac | destination.mac dmac dst_mac resp_l2_addr
dst_endpoint.interface_name | dst_intf dstintf dst_interface outbound_interface OUT
dst_endpoint.interface_uid | interface-id interface_id
dst_endpoint.zone | dst_zone dstzone to_zone
dst_endpoint.svc_name app_name | DestinationPortName service
dst_endpoint.location.country evidences.dst_endpoint.location.country | destination.geo.country_iso_code dst_country dstcountry
connection_info.protocol_name evidences.connection_info.protocol_name | Protocol proto protocol network.transport transport PROTO
connection_info.protocol_num | protocol_number proto_num network.iana_number
connection_info.uid evidences.connection_info.uid | flow_id uid sessionid connection_id conn_uid
connection_info.community_uid | community_id network.community_id
connection_info.direction_id | direction network.direction
connection_info.flag_history | history
connection_info.tcp_flags | tcp_flags tcp-flags
app_name | app_proto network.protocol app application
traffic.bytes_out | orig_bytes flow.bytes_toserver source.bytes sentbyte bytes_out bytes_sent sbytes
traffic.bytes_in | resp_bytes flow.bytes_toclient destination.bytes rcvdbyte bytes_in bytes_received rbytes
traffic.packets_out | orig_pkts flow.pkts_toserver source.packets sentpkt pkts_sent
traffic.packets_in | resp_pkts flow.pkts_toclient destination.packets rcvdpkt pkts_received
traffic.bytes | bytes network.bytes
traffic.packets | packets network.packets pkts
traffic.bytes_missed | missed_bytes
firewall_rule.name | rule_name rulename rule.name policyname acl
firewall_rule.uid | policyid rule_id rule.id ruleid rule_uid
http_request.http_method evidences.http_request.http_method | cs-method http.request.method http.http_method method http_method requestMethod verb
http_request.url.path | cs-uri-stem url.path uri_path requestUri
http_request.url.query_string | cs-uri-query url.query uri_query query_string
http_request.url.url_string evidences.url.url_string | url.full url.original http.url uri request request_url requestURI url
http_request.url.hostname evidences.url.hostname | cs-host url.domain http.hostname vhost server_name http_host
http_request.user_agent evidences.http_request.user_agent | cs-user-agent user_agent.original http.http_user_agent user_agent userAgent c-useragent client.userAgent.rawUserAgent UserAgent ua
http_request.referrer evidences.http_request.referrer | cs-referer cs-referrer http.request.referrer http.http_refer referrer referer
http_request.version evidences.http_request.version | cs-version http.version http.protocol http_version
http_request.body_length | cs-bytes request_body_len http.request.body.bytes request_length
http_request.uid api.request.uid | debugContext.debugData.requestId requestID request_id requestId
http_response.code evidences.http_response.code | sc-status http.response.status_code http.status status status_code response_code responseStatus.code
http_response.message | status_msg
http_response.body_length http_response.length | sc-bytes http.response.body.bytes response_body_len http.length body_bytes_sent
http_response.content_type | http.http_content_type content_type resp_mime_types
query.hostname evidences.query.hostname | QueryName query dns.question.name dns.rrname rrname qname
query.type evidences.query.type | qtype_name dns.question.type dns.rrtype rrtype record_type query_type qtype
query.class | qclass_name dns.question.class qclass
query.packet_uid | trans_id dns.id
rcode_id | rcode dns.response_code rcode_name dns.rcode QueryStatus
answers.rdata | answers QueryResults dns.answers.data dns.grouped.A
tls.version | tls.version ssl_version
tls.cipher | tls.cipher
tls.sni | server_name tls.sni tls.client.server_name
tls.ja3_hash.value | ja3 tls.ja3.hash tls.client.ja3
tls.ja3s_hash.value | ja3s tls.ja3s.hash tls.server.ja3s
tls.certificate.subject | tls.subject
tls.certificate.issuer | tls.issuerdn
tls.certificate.serial_number | tls.serial
email.subject | subject smtp.subject email.subject
email.from | mailfrom smtp.mail_from from sender SenderAddress email.from.address
email.to | rcptto smtp.rcpt_to to recipient RecipientAddress recipients email.to.address
email.message_uid message_trace_uid | message_id MessageId msg_id email.message_id
email.size | size Size
smtp_hello | helo smtp.helo
lease_dur | lease_time
transaction_uid | transaction_id
api.operation | eventName operationName operation methodName protoPayload.methodName verb action
api.service.name | eventSource serviceName protoPayload.serviceName
api.version | eventVersion apiVersion
cloud.region | awsRegion cloud.region region aws_region
cloud.account.uid | cloud.account.id accountId account-id
cloud.provider | cloud.provider
cloud.zone | az-id
cloud.project_uid | resource.labels.project_id project_id
resources.name | resource.name objectRef.name protoPayload.resourceName
resources.type | resource.type objectRef.resource
database.name | database datname db database_name
query_info.query_string | statement sql query_text
finding_info.title finding.title | alert.signature rule.name Threat_Name ThreatName signature rule Title title Type note
finding_info.uid finding.uid | finding_id id Id
finding_info.desc finding.desc | alert.description Desc description
finding_info.types | alert.category category classification
finding_info.analytic.uid | alert.signature_id sid gen_id
finding_info.analytic.version | alert.rev
finding_info.first_seen_time | FirstSeen firstSeen
finding_info.last_seen_time | LastSeen lastSeen
malware.name | Threat_Name ThreatName
container.name | container.name container_name
container.uid | container.id container_id
container.image.name | container.image.repository image_name
risk_score | risk_score
confidence_id | Confidence confidence
`

const paths = new Map<string, string[]>()
for (const line of table.trim().split('\n')) {
  const [to = '', from = ''] = line.split('|')
  for (const field of from.trim().split(' ')) {
    const known = paths.get(field) ?? []
    paths.set(field, [...known, ...to.trim().split(' ')])
  }
}

/** Attributes for a field of this name, the likeliest first. */
export const commonPaths: ReadonlyMap<string, readonly string[]> = paths
