// OCSF 1.6.0: the objects that events are made of, one line each. Facts of the schema github.com/ocsf/ocsf-schema (Apache-2.0, see NOTICE).

/** name | attributes, `!` required, `+` recommended | at least one of (lists as in the classes). An object that is not here is not looked into. */
export const objectTable = `
account | labels name+ tags type type_id+ uid+ | name uid
actor | app_name app_uid authorizations idp invoked_by process+ session user+ | process user invoked_by session app_name app_uid
advisory | avg_timespan bulletin classification created_time desc install_state install_state_id is_superseded modified_time os product references related_cves related_cwes size src_url title uid! |
affected_package | architecture cpe_name epoch fixed_in_version hash license license_url name! package_manager package_manager_url path purl release remediation src_url type type_id uid vendor_name version! |
agent | name+ policies type type_id+ uid+ uid_alt vendor_name version | uid name
analytic | algorithm category desc name+ related_analytics state state_id type type_id! uid+ version | name uid
api | group operation! request+ response+ service+ version |
application | criticality data desc group labels name+ owner region risk_level risk_level_id risk_score tags type uid+ uid_alt url vendor_name version | name uid
attack | mitigation sub_technique tactic tactics technique version | tactic technique sub_technique
auth_factor | device email_addr factor_type factor_type_id! is_hotp is_totp phone_number provider security_questions |
authentication_token | created_time encryption_details expiration_time is_renewable kerberos_flags type type_id |
authorization | decision policy |
autonomous_system | name+ number+ | number name
certificate | created_time expiration_time+ fingerprints+ is_self_signed issuer! sans serial_number! subject+ uid uid version+ |
cloud | account+ cloud_partition org project_uid provider! region+ zone |
compliance | assessments category checks compliance_references compliance_standards control+ control_parameters desc requirements standards+ status status_code status_detail status_detail status_details status_id+ |
container | hash image+ labels name+ network_driver orchestrator pod_uuid runtime size+ tag tags uid+ | uid name
cve | created_time cvss+ cwe cwe_uid cwe_url desc epss modified_time product references related_cwes title type uid! |
cvss | base_score! depth metrics overall_score severity src_url vector_string vendor_name version! |
cwe | caption src_url uid! |
database | created_time desc groups modified_time name+ size type type_id! uid+ | name uid
databucket | agent_list cloud_partition created_time criticality data desc encryption_details file group groups hostname ip is_backed_up is_encrypted is_public labels modified_time name+ namespace owner region resource_relationship size tags type type_id! uid+ uid_alt version zone | name uid
dce_rpc | command command_response flags! opnum rpc_interface! |
device | agent_list autoscale_uid boot_time boot_uid container created_time desc domain eid first_seen_time groups hostname+ hw_info hypervisor iccid image imei imei_list instance_uid+ interface_name+ interface_uid+ ip is_backed_up is_compliant is_managed is_mobile_account_active is_personal is_shared is_supervised is_trusted last_seen_time location mac meid modified_time model name+ namespace_pid network_interfaces org os os_machine_uuid owner region risk_level risk_level_id risk_score subnet subnet_uid type type_id! udid uid+ uid_alt vendor_name vlan_uid vpc_uid zone | ip uid name hostname instance_uid interface_uid interface_name
digital_signature | algorithm algorithm_id! certificate+ created_time developer_uid digest state state_id |
display | color_depth physical_height physical_orientation physical_width scale_factor |
dns_answer | class+ flag_ids+ flags packet_uid+ rdata! ttl+ type+ |
dns_query | class+ hostname! opcode opcode_id+ packet_uid+ type+ |
email | cc cc_mailboxes delivered_to delivered_to_list files from from_list from_mailbox from_mailboxes http_headers is_read message_uid raw_header reply_to reply_to_list reply_to_mailboxes return_path sender sender_mailbox size+ smtp_from+ smtp_to+ subject+ to to_mailboxes uid+ urls x_originating_ip | from to
email_auth | dkim+ dkim_domain+ dkim_signature+ dmarc+ dmarc_override+ dmarc_policy+ raw_header spf+ |
endpoint | agent_list container domain hostname+ hw_info instance_uid+ interface_name+ interface_uid+ ip+ location mac name+ namespace_pid os owner+ subnet_uid type type_id+ uid+ vlan_uid vpc_uid zone | ip uid name hostname instance_uid interface_uid interface_name
enrichment | created_time data! desc name! provider reputation short_desc src_url type value! |
epss | created_time percentile score! version+ |
evidences | actor api connection_info container data database databucket device dst_endpoint email file http_request http_response ja4_fingerprint_list job name name process query reg_key reg_value resources script src_endpoint tls uid url user verdict verdict_id win_service | actor api connection_info data database databucket device dst_endpoint email file process query src_endpoint url user job script reg_key reg_value
feature | name+ uid+ version+ | name uid
file | accessed_time accessor attributes company_name confidentiality confidentiality_id created_time creator desc drive_type drive_type_id encryption_details ext hashes+ internal_name is_deleted is_encrypted is_public is_readonly is_system mime_type modified_time modifier name! owner parent_folder path+ product security_descriptor signature size storage_class tags type type_id! uid uri url version volume xattributes |
finding | created_time desc first_seen_time last_seen_time modified_time product_uid related_events remediation src_url supporting_data title! types uid! |
finding_info | analytic+ attack_graph attacks created_time data_sources desc first_seen_time kill_chain last_seen_time modified_time product product_uid related_analytics related_events related_events_count src_url tags title+ traits types uid! uid_alt |
fingerprint | algorithm algorithm_id! value! |
firewall_rule | category condition desc duration match_details match_location name+ rate_limit sensitivity type uid+ version | name uid
group | desc domain name+ privileges type uid+ uid_alt | name uid
hassh | algorithm+ fingerprint! |
http_header | name! value! |
http_request | args body_length http_headers+ http_method+ length referrer uid url+ user_agent+ version+ x_forwarded_for |
http_response | body_length code! content_type http_headers+ latency length message status |
idp | auth_factors domain fingerprint has_mfa issuer name+ protocol_name scim sso state state_id tenant_uid uid+ url_string | name uid
image | labels name+ path tag tags uid! |
ja4_fingerprint | section_a section_b section_c section_d type type_id! value! |
job | cmd_line+ created_time+ desc+ file! last_run_time+ name! next_run_time+ run_state run_state_id+ user |
kernel | is_system name! path system_call type type_id! |
kernel_driver | file! |
key_value_object | name! value values |
keyboard_info | function_keys ime keyboard_layout keyboard_subtype keyboard_type |
location | aerial_height city+ continent coordinates country+ desc geodetic_altitude geodetic_vertical_accuracy geohash horizontal_accuracy is_on_premises isp lat long pressure_altitude postal_code provider region | city country lat long postal_code region
logger | device event_uid+ is_truncated log_level log_name+ log_provider+ log_version logged_time name+ product+ transmit_time uid+ untruncated_size version |
long_string | is_truncated untruncated_size value! |
malware | classification_ids! classifications cves files name+ num_infected path provider severity severity_id uid+ |
malware_scan_info | end_time+ name+ num_files+ num_infected+ num_volumes scan start_time+ type type_id uid+ |
managed_entity | data device email group location name+ org policy type+ type_id uid+ user version+ | name uid device group org policy user
metadata | correlation_uid debug event_code extension extensions is_truncated labels log_format log_level log_name+ log_provider+ log_version logged_time loggers modified_time original_time+ processed_time product! profiles sequence tags tenant_uid+ transformation_info_list uid untruncated_size version! |
mitigation | countermeasures name+ src_url uid+ | name uid
module | base_address file function_name load_type load_type_id! start_address type |
network_connection_info | boundary boundary_id+ community_uid direction direction_id! flag_history protocol_name+ protocol_num+ protocol_ver protocol_ver_id+ session tcp_flags uid+ |
network_endpoint | agent_list autonomous_system container domain+ hostname+ hw_info instance_uid+ interface_name+ interface_uid+ intermediate_ips ip+ isp isp_org location mac name+ namespace_pid os owner port+ proxy_endpoint subnet_uid svc_name+ type type_id+ uid+ vlan_uid vpc_uid zone | ip uid name hostname svc_name instance_uid interface_uid interface_name domain
network_interface | hostname+ ip+ mac+ name+ namespace open_ports subnet_prefix type type_id+ uid | ip mac name hostname
network_proxy | agent_list autonomous_system container domain+ hostname+ hw_info instance_uid+ interface_name+ interface_uid+ intermediate_ips ip+ isp isp_org location mac name+ os owner port+ proxy_endpoint subnet_uid svc_name+ type type_id+ uid+ vlan_uid vpc_uid zone | ip uid name hostname svc_name instance_uid interface_uid interface_name domain
network_traffic | bytes+ bytes_in bytes_missed bytes_out chunks chunks_in chunks_out packets+ packets_in packets_out |
observable | name+ reputation type type_id! value |
organization | name+ ou_name ou_uid uid+ | name uid
os | build country cpe_name cpu_bits edition kernel_release lang name! sp_name sp_ver type type_id! version |
package | architecture+ cpe_name epoch hash license license_url name! package_manager package_manager_url purl release src_url type type_id uid vendor_name version! |
policy | data desc group is_applied name+ type uid+ version | name uid
process | ancestry auid cmd_line+ container created_time+ cpid+ egid environment_variables euid file+ group hosted_services integrity integrity_id lineage loaded_modules name+ namespace_pid parent_process+ path+ pid+ ptid sandbox session terminated_time tid uid+ user+ working_directory xattributes | pid uid cpid
process_entity | cmd_line+ cpid created_time+ name+ path pid+ uid+ | pid uid cpid name
product | cpe_name feature lang lang name+ path uid+ url_string vendor_name+ version+ | name uid
query_info | bytes data name query_string! query_time uid |
reg_key | is_system modified_time path! security_descriptor |
reg_value | data is_default is_system modified_time name! path! type type_id |
remediation | cis_controls desc! kb_article_list kb_articles references |
request | containers data flags uid! |
resource_details | agent_list cloud_partition created_time criticality data group hostname ip is_backed_up labels modified_time name+ namespace owner+ region resource_relationship role role_id tags type uid+ uid_alt version zone | name uid
response | code+ containers data error+ error_message+ flags message+ |
rule | category desc name+ type uid+ version | name uid
san | name! type! |
scan | name type type_id! uid+ |
script | file hashes+ name parent_uid script_content! type type_id! uid |
security_state | state state_id |
service | labels name+ tags uid+ version | name uid
session | count created_time+ credential_uid expiration_reason expiration_time is_mfa is_remote is_vpn issuer+ terminal uid+ uid_alt uuid |
sub_technique | name src_url uid+ | name uid
table | created_time data_classification desc groups modified_time name+ size uid+ | name uid
tactic | name src_url uid+ | name uid
technique | name src_url uid+ | name uid
ticket | src_url+ status status_details status_id title type type_id uid+ | src_url uid
tls | alert certificate+ certificate_chain cipher+ client_ciphers+ extension_list handshake_dur ja3_hash ja3s_hash key_length sans server_ciphers sni tls_extension_list version! |
trace | duration end_time flags service span start_time uid! |
url | categories category_ids+ domain hostname+ path+ port+ query_string+ resource_type scheme+ subdomain url_string+ | url_string path
user | account credential_uid display_name domain email_addr forward_addr full_name groups has_mfa ldap_person name+ org phone_number programmatic_credentials risk_level risk_level_id risk_score type type_id+ uid+ uid_alt | account name uid
vulnerability | advisory affected_code affected_packages category cve cwe dependency_chain desc exploit_last_seen_time exploit_ref_url exploit_requirement exploit_type first_seen_time fix_available fix_coverage fix_coverage_id is_exploit_available is_fix_available kb_article_list kb_articles last_seen_time packages references related_vulnerabilities remediation severity title vendor_name | advisory cve cwe title
web_resource | created_time data desc labels modified_time name+ tags type uid+ uid_alt url_string+ | name uid url_string
win_service | cmd_line display_name labels load_order_group name+ run_state run_state_id service_category service_category_id service_dependencies service_error_control service_error_control_id service_start_name service_start_type service_start_type_id service_type service_type_id tags uid+ version | name uid
`
