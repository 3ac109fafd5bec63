// OCSF 1.6.0: the event classes that logs become, one line each. Facts of the schema github.com/ocsf/ocsf-schema (Apache-2.0, see NOTICE).

/** Attributes of a whole category or profile; `!` required, `+` recommended, otherwise optional. */
export const groupTable = `
base | activity_id! activity_name category_name category_uid! class_name class_uid! count duration end_time enrichments message+ metadata! observables+ raw_data raw_data_hash raw_data_size severity severity_id! start_time status+ status_code+ status_detail+ status_id+ time! timezone_offset+ type_name type_uid! unmapped
system | actor! device!
network | app_name connection_info+ dst_endpoint+ ja4_fingerprint_list observation_point observation_point_id proxy+ src_endpoint+ tls traffic+
finding | comment confidence confidence_id confidence_score device finding_info! status_id+ vendor_attributes
iam | actor+ http_request http_response src_endpoint+
discovery | actor device+
application | 
remediation | command_uid! countermeasures remediation scan
profile host | actor device+
profile cloud | api cloud!
profile container | container+ namespace_pid
profile security_control | action action_id+ attacks authorizations confidence confidence_id confidence_score disposition disposition_id+ firewall_rule is_alert+ malware malware_scan_info policy risk_details risk_level risk_level_id risk_score
profile network_proxy | proxy_connection_info+ proxy_endpoint proxy_http_request proxy_http_response proxy_tls+ proxy_traffic+
profile load_balancer | load_balancer+
profile osint | osint!
profile incident | assignee assignee_group impact impact_id impact_score is_suspected_breach priority priority_id src_url ticket tickets verdict verdict_id
profile data_classification | data_classification data_classifications
profile linux | 
profile trace | trace+
`

/** class_uid name | caption | activities beside 0 Unknown and 99 Other | groups | own attributes | at least one of; `=1` before a list: exactly one of; several lists are parted by `;` */
export const classTable = `
0 base_event | Base Event | | | |
1001 file_activity | File System Activity | 1 Create, 2 Read, 3 Update, 4 Delete, 5 Rename, 6 Set Attributes, 7 Set Security, 8 Get Attributes, 9 Get Security, 10 Encrypt, 11 Decrypt, 12 Mount, 13 Unmount, 14 Open | system | access_mask component connection_uid create_mask file! file_diff file_result |
1002 kernel_extension_activity | Kernel Extension Activity | 1 Load, 2 Unload | system | driver! |
1003 kernel_activity | Kernel Activity | 1 Create, 2 Read, 3 Delete, 4 Invoke | system | kernel! |
1004 memory_activity | Memory Activity | 1 Allocate Page, 2 Modify Page, 3 Delete Page, 4 Buffer Overflow, 5 Disable DEP, 6 Enable DEP, 7 Read, 8 Write, 9 Map View | system | actual_permissions base_address process! requested_permissions size |
1005 module_activity | Module Activity | 1 Load, 2 Unload, 3 Invoke | system | exit_code module! |
1006 scheduled_job_activity | Scheduled Job Activity | 1 Create, 2 Update, 3 Delete, 4 Enable, 5 Disable, 6 Start | system | actor job! |
1007 process_activity | Process Activity | 1 Launch, 2 Terminate, 3 Open, 4 Inject, 5 Set User ID | system | actual_permissions exit_code injection_type injection_type_id+ module process! requested_permissions |
1008 event_log_activity | Event Log Activity | 1 Clear, 2 Delete, 3 Export, 4 Archive, 5 Rotate, 6 Start, 7 Stop, 8 Restart, 9 Enable, 10 Disable | system | actor+ device+ dst_endpoint+ file+ log_name+ log_provider+ log_type+ log_type_id+ src_endpoint+ | log_name log_provider log_type log_type_id
1009 script_activity | Script Activity | 1 Execute | system | script! |
201001 registry_key_activity | Registry Key Activity | 1 Create, 2 Read, 3 Modify, 4 Delete, 5 Rename, 6 Set Security, 7 Restore, 8 Import, 9 Export | system | access_mask create_mask open_type prev_reg_key+ reg_key! |
201002 registry_value_activity | Registry Value Activity | 1 Get, 2 Set, 3 Modify, 4 Delete | system | prev_reg_value+ reg_value! |
201004 windows_service_activity | Windows Service Activity | 1 Create, 2 Reconfigure, 3 Start, 4 Stop, 5 Pause, 6 Continue, 7 Delete | system | win_service! |
2001 security_finding | Security Finding | 1 Create, 2 Update, 3 Close | | analytic+ attacks cis_csc compliance confidence confidence_id+ confidence_score data_sources evidence finding! impact impact_id impact_score kill_chain malware nist process resources risk_level risk_level_id risk_score state state_id! vulnerabilities |
2002 vulnerability_finding | Vulnerability Finding | 1 Create, 2 Update, 3 Close | finding | resource+ resources+ vulnerabilities! |
2003 compliance_finding | Compliance Finding | 1 Create, 2 Update, 3 Close | finding | compliance! evidences remediation+ resource+ resources+ |
2004 detection_finding | Detection Finding | 1 Create, 2 Update, 3 Close | finding | confidence_id+ evidences+ impact impact_id impact_score is_alert+ malware malware_scan_info remediation resources+ risk_details risk_level risk_level_id risk_score vulnerabilities |
2005 incident_finding | Incident Finding | 1 Create, 2 Update, 3 Close | | assignee assignee_group attacks comment confidence confidence_id+ confidence_score desc finding_info_list! impact impact_id+ impact_score is_suspected_breach priority priority_id+ src_url status_id! ticket tickets vendor_attributes verdict verdict_id+ | assignee assignee_group
2006 data_security_finding | Data Security Finding | 1 Create, 2 Update, 3 Close, 4 Suppressed | finding | actor data_security+ database databucket dst_endpoint file impact impact_id impact_score is_alert resources+ risk_details risk_level risk_level_id risk_score src_endpoint table |
3001 account_change | Account Change | 1 Create, 2 Enable, 3 Password Change, 4 Password Reset, 5 Disable, 6 Delete, 7 Attach Policy, 8 Detach Policy, 9 Lock, 10 MFA Factor Enable, 11 MFA Factor Disable, 12 Unlock | iam | auth_factors policy policies user! user_result+ |
3002 authentication | Authentication | 1 Logon, 2 Logoff, 3 Authentication Ticket, 4 Service Ticket Request, 5 Service Ticket Renew, 6 Preauth, 7 Account Switch | iam | account_switch_type account_switch_type_id auth_factors auth_protocol auth_protocol_id+ authentication_token certificate dst_endpoint+ is_cleartext is_mfa is_new_logon is_remote+ logon_process logon_type logon_type_id+ service+ session user! | service dst_endpoint
3003 authorize_session | Authorize Session | 1 Assign Privileges, 2 Assign Groups | iam | dst_endpoint group+ privileges+ session+ user! | =1 privileges group
3004 entity_management | Entity Management | 1 Create, 2 Read, 3 Update, 4 Delete, 5 Move, 6 Enroll, 7 Unenroll, 8 Enable, 9 Disable, 10 Activate, 11 Deactivate, 12 Suspend, 13 Resume | iam | access_list access_mask comment entity! entity_result+ |
3005 user_access | User Access Management | 1 Assign Privileges, 2 Revoke Privileges | iam | privileges! resource resources+ user! |
3006 group_management | Group Management | 1 Assign Privileges, 2 Revoke Privileges, 3 Add User, 4 Remove User, 5 Delete, 6 Create, 7 Add Subgroup, 8 Remove Subgroup | iam | group! privileges+ resource subgroup user+ |
4001 network_activity | Network Activity | 1 Open, 2 Close, 3 Reset, 4 Fail, 5 Refuse, 6 Traffic, 7 Listen | network | is_src_dst_assignment_known+ url | dst_endpoint src_endpoint
4002 http_activity | HTTP Activity | 1 Connect, 2 Delete, 3 Get, 4 Head, 5 Options, 6 Post, 7 Put, 8 Trace, 9 Patch | network | file http_cookies+ http_request+ http_response+ http_status+ | http_request http_response
4003 dns_activity | DNS Activity | 1 Query, 2 Response, 6 Traffic | network | answers+ query+ query_time+ rcode rcode_id+ response_time+ | dst_endpoint src_endpoint
4004 dhcp_activity | DHCP Activity | 1 Discover, 2 Offer, 3 Request, 4 Decline, 5 Ack, 6 Nak, 7 Release, 8 Inform, 9 Expire | network | is_renewal+ lease_dur+ relay transaction_uid+ | dst_endpoint src_endpoint
4005 rdp_activity | RDP Activity | 1 Initial Request, 2 Initial Response, 3 Connect Request, 4 Connect Response, 5 TLS Handshake, 6 Traffic, 7 Disconnect, 8 Reconnect | network | capabilities+ certificate_chain+ device file identifier_cookie+ keyboard_info protocol_ver+ remote_display request+ response+ user | dst_endpoint src_endpoint
4006 smb_activity | SMB Activity | 1 File Supersede, 2 File Open, 3 File Create, 4 File Open If, 5 File Overwrite, 6 File Overwrite If | network | client_dialects+ command+ dce_rpc dialect+ file+ open_type+ response+ share+ share_type+ share_type_id+ tree_uid+ | dst_endpoint src_endpoint
4007 ssh_activity | SSH Activity | 1 Open, 2 Close, 3 Reset, 4 Fail, 5 Refuse, 6 Traffic, 7 Listen | network | auth_type+ auth_type_id+ client_hassh+ file protocol_ver+ server_hassh+ | dst_endpoint src_endpoint
4008 ftp_activity | FTP Activity | 1 Put, 2 Get, 3 Poll, 4 Delete, 5 Rename, 6 List | network | codes+ command+ command_responses+ file+ name+ port+ type+ | dst_endpoint src_endpoint
4009 email_activity | Email Activity | 1 Send, 2 Receive, 3 Scan, 4 Trace, 5 MTA Relay | | attempt banner command direction direction_id! dst_endpoint+ email! email_auth+ from message_trace_uid+ protocol_name smtp_hello+ src_endpoint+ to |
4010 network_file_activity | Network File Activity | 1 Upload, 2 Download, 3 Update, 4 Delete, 5 Rename, 6 Copy, 7 Move, 8 Restore, 9 Preview, 10 Lock, 11 Unlock, 12 Share, 13 Unshare, 14 Open, 15 Sync, 16 Unsync | network | actor! expiration_time file! src_endpoint! | dst_endpoint src_endpoint
4013 ntp_activity | NTP Activity | 1 Symmetric Active Exchange, 2 Symmetric Passive Response, 3 Client Synchronization, 4 Server Response, 5 Broadcast, 6 Control, 7 Private Use Case | network | delay+ dispersion+ precision+ stratum+ stratum_id+ version! | dst_endpoint src_endpoint
4014 tunnel_activity | Tunnel Activity | 1 Open, 2 Close, 3 Renew | network | device protocol_name+ session+ tunnel_interface+ tunnel_type+ tunnel_type_id+ user+ | connection_info session src_endpoint traffic tunnel_interface tunnel_type_id
5001 inventory_info | Device Inventory Info | 1 Log, 2 Collect | discovery | device! |
5002 config_state | Device Config State | 1 Log, 2 Collect | discovery | assessments cis_benchmark_result device! |
5003 user_inventory | User Inventory Info | 1 Log, 2 Collect | discovery | user! |
5004 patch_state | Operating System Patch State | 1 Log, 2 Collect | discovery | device! kb_article_list |
5018 process_query | Process Query | 1 Query | discovery | process! query_info+ query_result query_result_id! |
5019 device_config_state_change | Device Config State Change | 1 Log, 2 Collect | discovery | device! prev_security_level prev_security_level_id prev_security_states security_level security_level_id security_states state state_id+ |
5020 software_info | Software Inventory Info | 1 Log, 2 Collect | discovery | device! package product sbom software_component |
5023 cloud_resources_inventory_info | Cloud Resources Inventory Info | 1 Log, 2 Collect | discovery | cloud database databucket idp region+ resources table |
6001 web_resources_activity | Web Resources Activity | 1 Create, 2 Read, 3 Update, 4 Delete, 5 Search, 6 Import, 7 Export, 8 Share | application | dst_endpoint+ http_request+ http_response src_endpoint+ tls web_resources! web_resources_result+ |
6002 application_lifecycle | Application Lifecycle | 1 Install, 2 Remove, 3 Start, 4 Stop, 5 Restart, 6 Enable, 7 Disable, 8 Update | application | app! |
6003 api_activity | API Activity | 1 Create, 2 Read, 3 Update, 4 Delete | application | actor! api! dst_endpoint+ http_request+ http_response+ resources+ src_endpoint! |
6004 web_resource_access_activity | Web Resource Access Activity | 1 Access Grant, 2 Access Deny, 3 Access Revoke, 4 Access Error | application | http_request! http_response proxy src_endpoint+ tls web_resources! |
6005 datastore_activity | Datastore Activity | 1 Read, 2 Update, 3 Connect, 4 Query, 5 Write, 6 Create, 7 Delete, 8 List, 9 Encrypt, 10 Decrypt | application | actor! database+ databucket+ dst_endpoint+ http_request+ http_response+ query_info+ src_endpoint! table+ type type_id+ | database databucket table
6006 file_hosting | File Hosting Activity | 1 Upload, 2 Download, 3 Update, 4 Delete, 5 Rename, 6 Copy, 7 Move, 8 Restore, 9 Preview, 10 Lock, 11 Unlock, 12 Share, 13 Unshare, 14 Open, 15 Sync, 16 Unsync, 17 Access Check | application | access_list access_mask access_result actor! connection_info dst_endpoint+ expiration_time file! file_result http_request+ http_response share share_type share_type_id src_endpoint! |
6007 scan_activity | Scan Activity | 1 Started, 2 Completed, 3 Cancelled, 4 Duration Violation, 5 Pause Violation, 6 Error, 7 Paused, 8 Resumed, 9 Restarted, 10 Delayed | application | command_uid num_detections num_files num_folders num_network_items num_processes num_registry_items num_resolutions num_skipped_items num_trusted_items policy scan! schedule_uid total |
6008 application_error | Application Error | 1 General Error, 2 Translation Error | application | |
7001 remediation_activity | Remediation Activity | 1 Isolate, 2 Evict, 3 Restore, 4 Harden, 5 Detect | remediation | |
7002 file_remediation_activity | File Remediation Activity | 1 Isolate, 2 Evict, 3 Restore, 4 Harden, 5 Detect | remediation | file! |
7003 process_remediation_activity | Process Remediation Activity | 1 Isolate, 2 Evict, 3 Restore, 4 Harden, 5 Detect | remediation | process! |
7004 network_remediation_activity | Network Remediation Activity | 1 Isolate, 2 Evict, 3 Restore, 4 Harden, 5 Detect | remediation | connection_info! |
`
export const categoryCaptions: Readonly<Record<number, string>> = {
  0: 'Uncategorized',
  1: 'System Activity',
  2: 'Findings',
  3: 'Identity & Access Management',
  4: 'Network Activity',
  5: 'Discovery',
  6: 'Application Activity',
  7: 'Remediation',
}
