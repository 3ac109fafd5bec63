// OCSF 1.6.0: what the values of attributes are. Facts of the schema github.com/ocsf/ocsf-schema (Apache-2.0, see NOTICE).

/** Type | attributes of it; `[]` is a list. An attribute that is not here is a text. */
export const typeTable = `
integer_t | color_depth physical_height physical_orientation physical_width scale_factor http_status rate_limit activity_id action_id account_switch_type_id algorithm_id auth_protocol_id auth_type_id base_event boundary_id category_ids[] category_uid class_uid classification_ids[] code codes[] confidence_id confidence_score count cpu_bits delay direction_id disposition_id exit_code factor_type_id flag_ids[] handshake_dur impact_id impact_score injection_type_id integrity_id key_length keyboard_subtype latency lease_dur length load_type_id log_type_id logon_type_id namespace_pid network_scope_id num_detections num_files num_folders num_infected num_network_items num_processes num_registry_items num_resolutions num_skipped_items num_trusted_items num_volumes attempt observation_point_id opcode_id opnum pid precision priority_id protocol_num protocol_ver_id ptid query_result_id rcode_id related_events_count related_findings_count risk_level_id risk_score run_state_id security_level_id sequence service_category_id service_error_control_id service_start_type_id service_type_id severity_id share_type_id state_id status_id stratum_id subnet_prefix tid timezone_offset total ttl tunnel_type_id type_id verdict_id access_mask create_mask actual_permissions requested_permissions dispersion egid euid auid drive_type_id confidentiality_id tcp_flags alert install_state_id network_status_id
long_t | body_length bytes bytes_in bytes_missed bytes_out chunks chunks_in chunks_out duration packets packets_in packets_out raw_data_size size timespan type_uid untruncated_size autonomous_system.number
timestamp_t | accessed_time boot_time created_time end_time expiration_time first_seen_time last_run_time last_seen_time logged_time modified_time next_run_time processed_time query_time response_time start_time terminated_time time transmit_time exploit_last_seen_time
boolean_t | has_mfa is_alert is_applied is_backed_up is_cleartext is_compliant is_default is_deleted is_encrypted is_exploit_available is_fix_available is_hotp is_managed is_mfa is_mobile_account_active is_new_logon is_on_premises is_personal is_public is_read is_readonly is_remote is_renewal is_renewable is_self_signed is_shared is_src_dst_assignment_known is_superseded is_supervised is_suspected_breach is_system is_totp is_truncated is_trusted is_vpn
float_t | percentile coordinates[] base_score lat long overall_score
port_t | port
ip_t | ip intermediate_ips[] x_originating_ip[] x_forwarded_for[]
mac_t | mac
hostname_t | hostname
email_t | smtp_from smtp_to[] email_addr from from_mailbox reply_to return_path sender sender_mailbox cc[] to[] delivered_to
json_t | data unmapped
string_t | certificate_chain[] security_questions[] debug[] lineage[] loaded_modules[] from_list[] from_mailboxes[] reply_to_list[] requirements[] match_details[] capabilities[] categories[] access_list[] classifications[] client_ciphers[] client_dialects[] data_sources[] flags[] kb_articles[] labels[] privileges[] profiles[] references[] server_ciphers[] standards[] types[] command_responses[] reply_to_mailboxes[] status_details[] delivered_to_list[] cc_mailboxes[] to_mailboxes[] imei_list[]
account | account
actor | actor
advisory | advisory
agent | agent_list[]
analytic | analytic related_analytics[]
api | api
product | app
attack | attacks[]
auth_factor | auth_factors[]
authentication_token | authentication_token
authorization | authorizations[]
autonomous_system | autonomous_system
certificate | certificate
cloud | cloud
compliance | compliance
container | container containers[]
cve | cve cves[]
cvss | cvss[]
cwe | cwe related_cwes[]
database | database
databucket | databucket
dce_rpc | dce_rpc
device | device
digital_signature | signature
dns_answer | answers[]
dns_query | query
email | email
email_auth | email_auth
enrichment | enrichments[]
evidences | evidences[]
feature | feature
file | file file_result malware.files[] email.files[]
finding | finding
finding_info | finding_info finding_info_list[]
fingerprint | raw_data_hash fingerprint fingerprints[] hashes[] ja3_hash ja3s_hash hash
firewall_rule | firewall_rule
group | group groups[] subgroup
http_header | http_headers[]
http_request | http_request proxy_http_request
http_response | http_response proxy_http_response
idp | idp
image | image
job | job
kernel | kernel
kernel_driver | driver
key_value_object | tags[]
keyboard_info | keyboard_info
location | location
logger | loggers[]
malware | malware[]
malware_scan_info | malware_scan_info
managed_entity | entity entity_result
metadata | metadata
metric | metrics[]
module | module
network_connection_info | connection_info proxy_connection_info
network_endpoint | src_endpoint dst_endpoint proxy_endpoint
network_interface | network_interfaces[] tunnel_interface
network_proxy | proxy
network_traffic | traffic proxy_traffic
observable | observables[]
organization | org
os | os
package | package packages[]
affected_package | affected_packages[]
epss | epss
hassh | client_hassh server_hassh
ja4_fingerprint | ja4_fingerprint_list[]
long_string | script_content
mitigation | mitigation
policy | policy policies[]
process | process parent_process logon_process
process_entity | ancestry[]
product | product
query_info | query_info
reg_key | reg_key prev_reg_key
reg_value | reg_value prev_reg_value
remediation | remediation
request | request
resource_details | resource resources[]
response | response
san | sans[]
scan | scan
script | script
security_state | security_states[] prev_security_states[]
service | service
session | session
sub_technique | sub_technique
table | table
tactic | tactic tactics[]
technique | technique
ticket | ticket tickets[]
tls | tls proxy_tls
trace | trace
url | url urls[]
user | user assignee owner creator user_result
vulnerability | vulnerabilities[]
web_resource | web_resources[] web_resources_result[]
win_service | win_service
display | remote_display
object | http_cookies[] extension_list[] tls_extension_list[] ldap_person scim sso hw_info hypervisor programmatic_credentials[] attack_graph kill_chain[] related_events[] affected_code[] supporting_data file_diff relay osint[] load_balancer anomaly_analyses[] checks[] assessments[] sbom software_component kb_article_list[] cis_controls[] cis_csc[] encryption_details countermeasures[] data_security data_classification data_classifications[] span metrics[] environment_variables[] xattributes hosted_services[] security_questions[] extensions[] transformation_info_list[] reputation
`
const endpointTypes =
  '1 Server, 2 Desktop, 3 Laptop, 4 Tablet, 5 Mobile, 6 Virtual, 7 IOT, 8 Browser, 9 Firewall, 10 Switch, 11 Hub, 12 Router, 13 IDS, 14 IPS, 15 Load Balancer'

/** Attribute, or holder.attribute where holders differ | numbers and captions; 0 Unknown and 99 Other go without saying. */
export const enumTable = `
account_switch_type_id | 1 Substitute User, 2 Impersonate
action_id | 1 Allowed, 2 Denied, 3 Observed, 4 Modified
account.type_id | 1 LDAP Account, 2 Windows Account, 3 AWS IAM User, 4 AWS IAM Role, 5 GCP Account, 6 Azure AD Account, 7 Mac OS Account, 8 Apple Account, 9 Linux Account, 10 AWS Account, 11 GCP Project, 12 OCI Compartment, 13 Azure Subscription, 14 Salesforce Account, 15 Google Workspace, 16 Servicenow Instance, 17 M365 Tenant, 18 Email Account
agent.type_id | 1 Endpoint Detection and Response, 2 Data Loss Prevention, 3 Backup & Recovery, 4 Performance Monitoring & Observability, 5 Vulnerability Management, 6 Log Forwarding, 7 Mobile Device Management, 8 Configuration Management, 9 Remote Access
analytic.type_id | 1 Rule, 2 Behavioral, 3 Statistical, 4 Learning (ML/DL), 5 Fingerprinting, 6 Tagging, 7 Keyword Match, 8 Regular Expressions, 9 Exact Data Match, 10 Partial Data Match, 11 Indexed Data Match
auth_factor.factor_type_id | 1 SMS, 2 Security Question, 3 Phone Call, 4 Biometric, 5 Push Notification, 6 Hardware Token, 7 OTP, 8 Email, 9 U2F, 10 WebAuthn, 11 Password
auth_protocol_id | 1 NTLM, 2 Kerberos, 3 Digest, 4 OpenID, 5 SAML, 6 OAUTH 2.0, 7 PAP, 8 CHAP, 9 EAP, 10 RADIUS, 11 Basic Authentication, 12 LDAP
auth_type_id | 1 Certificate Based, 2 GSSAPI, 3 Host Based, 4 Keyboard Interactive, 5 Password, 6 Public Key
authentication_token.type_id | 1 Ticket Granting Ticket, 2 Service Ticket, 3 Identity Token, 4 Refresh Token, 5 SAML Assertion
boundary_id | 1 Localhost, 2 Internal, 3 External, 4 Same VPC, 5 Internet/VPC Gateway, 6 Virtual Private Gateway, 7 Intra-region VPC, 8 Inter-region VPC, 9 Local Gateway, 10 Gateway VPC, 11 Internet Gateway
classification_ids | 1 Adware, 2 Backdoor, 3 Bot, 4 Bootkit, 5 DDOS, 6 Downloader, 7 Dropper, 8 Exploit-Kit, 9 Keylogger, 10 Ransomware, 11 Remote-Access-Trojan, 13 Resource-Exploitation, 14 Rogue-Security-Software, 15 Rootkit, 16 Screen-Capture, 17 Spyware, 18 Trojan, 19 Virus, 20 Webshell, 21 Wiper, 22 Worm
compliance.status_id | 1 Pass, 2 Warning, 3 Fail
confidence_id | 1 Low, 2 Medium, 3 High
confidentiality_id | 1 Not Confidential, 2 Confidential, 3 Secret, 4 Top Secret, 5 Private, 6 Restricted
database.type_id | 1 Relational, 2 Network, 3 Object Oriented, 4 Centralized, 5 Operational, 6 NoSQL
databucket.type_id | 1 S3, 2 Azure Blob, 3 GCP Bucket
datastore_activity.type_id | 1 Database, 2 Databucket, 3 Table
device.type_id | ${endpointTypes}
digital_signature.algorithm_id | 1 DSA, 2 RSA, 3 ECDSA, 4 Authenticode
direction_id | 1 Inbound, 2 Outbound, 3 Lateral
email_activity.direction_id | 1 Inbound, 2 Outbound, 3 Internal
disposition_id | 1 Allowed, 2 Blocked, 3 Quarantined, 4 Isolated, 5 Deleted, 6 Dropped, 7 Custom Action, 8 Approved, 9 Restored, 10 Exonerated, 11 Corrected, 12 Partially Corrected, 13 Uncorrected, 14 Delayed, 15 Detected, 16 No Action, 17 Logged, 18 Tagged, 19 Alert, 20 Count, 21 Reset, 22 Captcha, 23 Challenge, 24 Access Revoked, 25 Rejected, 26 Unauthorized, 27 Error
drive_type_id | 1 Removable, 2 Fixed, 3 Remote, 4 CD-ROM, 5 RAM Disk
endpoint.type_id | ${endpointTypes}
file.type_id | 1 Regular File, 2 Folder, 3 Character Device, 4 Block Device, 5 Local Socket, 6 Named Pipe, 7 Symbolic Link, 8 Executable File
finding.status_id | 1 New, 2 In Progress, 3 Suppressed, 4 Resolved, 5 Archived, 6 Deleted
incident_finding.status_id | 1 New, 2 In Progress, 3 On Hold, 4 Resolved, 5 Closed
fingerprint.algorithm_id | 1 MD5, 2 SHA-1, 3 SHA-256, 4 SHA-512, 5 CTPH, 6 TLSH, 7 quickXorHash, 8 SHA-224, 9 SHA-384, 10 SHA-512/224, 11 SHA-512/256, 12 SHA3-224, 13 SHA3-256, 14 SHA3-384, 15 SHA3-512, 16 xxHash H3 64-bit, 17 xxHash H3 128-bit
flag_ids | 1 Authoritative Answer, 2 Truncated Response, 3 Recursion Desired, 4 Recursion Available, 5 Authentic Data, 6 Checking Disabled
impact_id | 1 Low, 2 Medium, 3 High, 4 Critical
injection_type_id | 1 Remote Thread, 2 Load Library, 3 Queue APC
ja4_fingerprint.type_id | 1 JA4, 2 JA4Server, 3 JA4HTTP, 4 JA4Latency, 5 JA4X509, 6 JA4SSH, 7 JA4TCP, 8 JA4TCPServer, 9 JA4TCPScan
integrity_id | 1 Untrusted, 2 Low, 3 Medium, 4 High, 5 System, 6 Protected
kernel.type_id | 1 Shared Mutex, 2 System Call
load_type_id | 1 Standard, 2 Non Standard, 3 ShellCode, 4 Mapped, 5 NonStandard Backed
log_type_id | 1 OS, 2 Application
logon_type_id | 1 System, 2 Interactive, 3 Network, 4 Batch, 5 OS Service, 7 Unlock, 8 Network Cleartext, 9 New Credentials, 10 Remote Interactive, 11 Cached Interactive, 12 Cached Remote Interactive, 13 Cached Unlock
network_endpoint.type_id | ${endpointTypes}
network_interface.type_id | 1 Wired, 2 Wireless, 3 Mobile, 4 Tunnel
network_proxy.type_id | ${endpointTypes}
network_scope_id | 1 Internal, 2 External
observable.type_id | 1 Hostname, 2 IP Address, 3 MAC Address, 4 User Name, 5 Email Address, 6 URL String, 7 File Name, 8 Hash, 9 Process Name, 10 Resource UID, 11 Port, 12 Subnet, 13 Command Line, 14 Country, 15 Process ID, 16 HTTP User-Agent, 17 CWE Object: uid, 18 CVE Object: uid, 19 User Credential ID, 20 Endpoint, 21 User, 22 Email, 23 Uniform Resource Locator, 24 File, 25 Process, 26 Geo Location, 27 Container, 28 Registry Key, 29 Registry Value, 30 Fingerprint, 31 User Object: uid, 32 Group Object: name, 33 Group Object: uid, 34 Account Object: name, 35 Account Object: uid, 36 Script Content, 37 Serial Number, 38 Resource Details Object: name, 39 Process Entity Object: uid, 40 Email Object: subject, 41 Email Object: uid, 42 Message UID, 43 Registry Value Object: name, 44 Advisory Object: uid, 45 File Path, 47 Device Object: uid
observation_point_id | 1 Source, 2 Destination, 3 Neither
opcode_id | 0 Query, 1 Inverse Query, 2 Status, 3 Reserved, 4 Notify, 5 Update, 6 DSO Message
os.type_id | 100 Windows, 101 Windows Mobile, 200 Linux, 201 Android, 300 macOS, 301 iOS, 302 iPadOS, 400 Solaris, 401 AIX, 402 HP-UX
priority_id | 1 Low, 2 Medium, 3 High, 4 Critical
protocol_ver_id | 4 Internet Protocol version 4 (IPv4), 6 Internet Protocol version 6 (IPv6)
query_result_id | 1 Exists, 2 Partial, 3 Does not exist, 4 Error, 5 Unsupported
rcode_id | 0 NoError, 1 FormError, 2 ServError, 3 NXDomain, 4 NotImp, 5 Refused, 6 YXDomain, 7 YXRRSet, 8 NXRRSet, 9 NotAuth, 10 NotZone, 11 DSOTYPENI, 16 BADSIG_VERS, 17 BADKEY, 18 BADTIME, 19 BADMODE, 20 BADNAME, 21 BADALG, 22 BADTRUNC, 23 BADCOOKIE, 24 Unassigned, 25 Reserved
reg_value.type_id | 1 REG_BINARY, 2 REG_DWORD, 3 REG_DWORD_BIG_ENDIAN, 4 REG_EXPAND_SZ, 5 REG_LINK, 6 REG_MULTI_SZ, 7 REG_NONE, 8 REG_QWORD, 9 REG_QWORD_LITTLE_ENDIAN, 10 REG_SZ
risk_level_id | 0 Info, 1 Low, 2 Medium, 3 High, 4 Critical
scan.type_id | 1 Manual, 2 Scheduled, 3 Updated Content, 4 Quarantined Items, 5 Attached Media, 6 User Logon, 7 ELAM
script.type_id | 1 Windows Command Prompt, 2 PowerShell, 3 Python, 4 JavaScript, 5 VBScript, 6 Unix Shell, 7 VBA
security_level_id | 1 Secure, 2 At Risk, 3 Compromised
severity_id | 1 Informational, 2 Low, 3 Medium, 4 High, 5 Critical, 6 Fatal
share_type_id | 1 File, 2 Pipe, 3 Print
status_id | 1 Success, 2 Failure
security_finding.state_id | 1 New, 2 In Progress, 3 Suppressed, 4 Resolved
device_config_state_change.state_id | 1 Disabled, 2 Enabled
ticket.status_id | 1 New, 2 In Progress, 3 Notified, 4 On Hold, 5 Resolved, 6 Closed, 7 Canceled, 8 Reopened
ticket.type_id | 1 Internal, 2 External
tunnel_type_id | 1 Split Tunnel, 2 Full Tunnel
user.type_id | 1 User, 2 Admin, 3 System, 4 Service
verdict_id | 1 False Positive, 2 True Positive, 3 Disregard, 4 Suspicious, 5 Benign, 6 Test, 7 Insufficient Data, 8 Security Risk, 9 Managed Externally, 10 Duplicate
win_service.service_type_id | 1 Kernel Driver, 2 File System Driver, 3 Own Process, 4 Share Process
`
