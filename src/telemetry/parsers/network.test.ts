// What the parsers of firewalls, proxies, web servers and sensors make of their records: one invented record of each kind.
import { at, goldens } from './goldens.test.ts'

goldens('web servers', [
  [
    'shop.example:8443 192.0.2.7 - Ada [02/Mar/2026:15:01:02 +0100] "GET /a?b=1 HTTP/1.1" 404 12 "https://ref.example/" "curl/8" "10.0.0.3"',
    {
      time: at, parser: 'web', logsource: '//webserver', src_ip: '192.0.2.7', user: 'ada', domain: 'shop.example', dst_port: 8443, url: '/a?b=1',
      outcome: 'failure', activity_id: 3, class_uid: 4002, 'fields.cs-uri-stem': '/a', 'fields.sc-status': 404, 'fields.x-forwarded-for': '10.0.0.3',
    },
  ],
  [
    'shop.example 10.0.0.2, 203.0.113.9 - - [02/Mar/2026:14:01:02 +0000] "POST /x HTTP/2.0" 200 5 "-" "-"',
    { src_ip: '203.0.113.9', 'fields.x-forwarded-for': ['10.0.0.2', '203.0.113.9'], outcome: 'success', activity_id: 6 },
  ],
  [
    '192.0.2.7 - - [02/Mar/2026:14:01:02 +0000] "GET /x HTTP/2.0" 200 5 "-" "-" 17 "web@docker" "http://10.0.0.9:80" 12ms',
    { 'fields.router': 'web@docker', 'fields.duration': '12ms' },
  ],
  [
    '[02/Mar/2026:14:01:02 +0000] 192.0.2.7 TLSv1.3 TLS_AES_256_GCM_SHA384 "GET /x HTTP/1.1" 33',
    { time: at, 'fields.ssl-cipher': 'TLS_AES_256_GCM_SHA384', 'fields.sc-bytes': 33, url: '/x' },
  ],
  [
    '[Mon Mar 02 14:01:02.250000 2026] [core:error] [pid 12:tid 99] [client 192.0.2.7:4711] AH00128: File does not exist: /var/www/x, referer: http://a.example/',
    { time: at + 250, parser: 'apache-error', src_ip: '192.0.2.7', src_port: 4711, file: '/var/www/x', 'fields.code': 'AH00128', 'fields.pid': 12 },
  ],
  [
    '[Mon Mar 02 14:01:02 2026] [error] [client 192.0.2.7] ModSecurity: Warning. [id "930100"] [msg "Path Traversal"] [severity "CRITICAL"] [tag "lfi"] [tag "crs"] [hostname "shop.example"] [uri "/?a=../"]',
    { class_uid: 2004, severity_id: 4, domain: 'shop.example', url: '/?a=../', 'fields.id': '930100', 'fields.tag': ['lfi', 'crs'] },
  ],
  [
    '2026/03/02 14:01:02 [error] 7#8: *9 open() "/srv/x" failed (2: No such file), client: 192.0.2.7, server: _, request: "GET /x HTTP/1.1", host: "shop.example:81"',
    { time: at, parser: 'nginx-error', src_ip: '192.0.2.7', domain: 'shop.example', dst_port: 81, file: '/srv/x', url: '/x', 'fields.connection': 9 },
  ],
  [
    '2026-03-02 14:01:02 10.0.0.5 GET /a.aspx q=1 443 CORP\\ada 192.0.2.7 Mozilla/5.0+(X11) - 200 0 0 15',
    { time: at, parser: 'w3c', logsource: 'iis//webserver', user: 'ada', src_ip: '192.0.2.7', dst_ip: '10.0.0.5', url: '/a.aspx?q=1', 'fields.cs-user-agent': 'Mozilla/5.0 (X11)', 'fields.time-taken': 15 },
  ],
  [
    '#Fields: date time c-ip cs-method cs-uri sc-status x-mine\n2026-03-02 14:01:02 192.0.2.7 GET http://a.example/b 403 z',
    { time: at, src_ip: '192.0.2.7', outcome: 'failure', domain: 'a.example', 'fields.x-mine': 'z' },
  ],
  [
    '{"ts":1772460062.5,"request":{"remote_ip":"192.0.2.7","method":"GET","host":"a.example","uri":"/x","headers":{"User-Agent":["curl/8"]}},"status":200,"size":3}',
    { time: at + 500, parser: 'web-json', logsource: 'caddy//webserver', src_ip: '192.0.2.7', domain: 'a.example', 'fields.cs-user-agent': 'curl/8' },
  ],
  [
    '{"time_local":"02/Mar/2026:14:01:02 +0000","remote_addr":"192.0.2.7","request":"GET /x?y=1 HTTP/1.1","status":"500","http_user_agent":"u"}',
    { time: at, url: '/x?y=1', outcome: 'failure', logsource: 'nginx//webserver', 'fields.cs-uri-stem': '/x' },
  ],
]) // prettier-ignore

goldens('proxies', [
  [
    '192.0.2.7:33317 [02/Mar/2026:14:01:02.655] front~ back/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {a.example|x} "GET /i HTTP/1.1"',
    { time: at + 655, parser: 'haproxy', src_ip: '192.0.2.7', src_port: 33_317, 'fields.backend': 'back', 'fields.server': 'srv1', 'fields.tls': true, 'fields.captured_headers': ['a.example|x'], outcome: 'success' },
  ],
  [
    '<134>Mar  2 14:01:02 lb haproxy[9]: 192.0.2.7:33313 [02/Mar/2026:14:01:02.443] fnt bck/<NOSRV> 0/-1/7 0 SC 0/0/0/0/3 0/0',
    { parser: 'haproxy', host: 'lb', outcome: 'failure', class_uid: 4001, 'fields.termination_state': 'SC' },
  ],
  ['192.0.2.7:5 [02/Mar/2026:14:01:02.000] fe/1: SSL handshake failure', { outcome: 'failure', activity: 'connection failed' }],
  [
    '1772460062.123     90 192.0.2.7 TCP_TUNNEL/200 39 CONNECT a.example:443 ada HIER_DIRECT/203.0.113.5 -',
    { time: at + 123, parser: 'squid', logsource: 'squid//proxy', user: 'ada', domain: 'a.example', dst_ip: '203.0.113.5', dst_port: 443, activity_id: 1 },
  ],
  [
    '1772460062.123 1 192.0.2.7 TCP_DENIED/403 39 GET http://a.example/x.exe?a=1 - HIER_NONE/- text/html',
    { outcome: 'failure', 'fields.c-uri-extension': 'exe', 'fields.cs-host': 'a.example', 'fields.c-uri': 'http://a.example/x.exe?a=1' },
  ],
]) // prettier-ignore

const asa = (text: string): string => `<166>Mar 02 2026 14:01:02 fw1 : %ASA-6-${text}`
goldens('Cisco ASA, FTD, IOS', [
  [
    asa('302013: Built outbound TCP connection 7 for outside:203.0.113.5/443 (203.0.113.5/443) to inside:10.0.0.1/4711 (198.51.100.1/999) (ada)'),
    { time: at, host: 'fw1', logsource: 'cisco/asa/firewall', src_ip: '10.0.0.1', src_port: 4711, dst_ip: '203.0.113.5', dst_port: 443, 'fields.mapped_src_ip': '198.51.100.1', 'fields.connection_id': '7', outcome: 'success', activity_id: 1 },
  ],
  [
    asa('302014: Teardown TCP connection 7 for outside:203.0.113.5/443(LOCAL\\ada) to inside:10.0.0.1/4711 duration 0:01:02 bytes 33 TCP FINs'),
    { src_ip: '203.0.113.5', user: 'ada', 'fields.bytes': 33, 'fields.duration': '0:01:02', 'fields.reason': 'TCP FINs', activity_id: 2 },
  ],
  [asa('106023: Deny tcp src outside:192.0.2.7/5 dst dmz:10.0.0.1/22 by access-group "acl_out" [0x1, 0x0]'), { outcome: 'failure', activity: 'connection denied', 'fields.rule': 'acl_out', 'fields.proto': 'tcp' }],
  [asa('106100: access-list in denied udp outside/192.0.2.7(53) -> inside/10.0.0.1(5353) hit-cnt 3 300-second interval [0x1, 0x0]'), { outcome: 'failure', src_ip: '192.0.2.7', 'fields.hit_count': 3 }],
  [asa('113019: Group = vpn, Username = ada, IP = 192.0.2.7, Session disconnected. Session Type: SSL, Duration: 0h:01m:52s, Bytes xmt: 3, Bytes rcv: 4, Reason: User Requested'), { user: 'ada', src_ip: '192.0.2.7', activity_id: 2, 'fields.bytes_in': 4 }],
  [asa('605004: Login denied from 192.0.2.7/5 to outside:198.51.100.1/ssh for user "root"'), { user: 'root', src_ip: '192.0.2.7', outcome: 'failure', class_uid: 3002 }],
  [asa('304001: 10.0.0.1 Accessed URL 203.0.113.5:http://a.example/x'), { url: 'http://a.example/x', domain: 'a.example', class_uid: 4002 }],
  [
    '<113>2026-03-02T14:01:02Z ftd1 : %FTD-1-430003: AccessControlRuleAction: Block, SrcIP: 10.0.0.1, DstIP: 203.0.113.5, SrcPort: 5, DstPort: 443, Protocol: tcp, User: ada',
    { time: at, host: 'ftd1', src_ip: '10.0.0.1', dst_port: 443, user: 'ada', outcome: 'failure', logsource: 'cisco/ftd/firewall' },
  ],
  [
    '<189>77: sw1: Mar  2 14:01:02.250 UTC: %SEC-6-IPACCESSLOGP: list 101 denied tcp 192.0.2.7(5) -> 10.0.0.1(22), 1 packet',
    { time: at + 250, host: 'sw1', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure' },
  ],
]) // prettier-ignore

goldens('firewalls of other makers', [
  [
    '<189>date=2026-03-02 time=14:01:02 devname="fg1" devid="FG1" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=10.0.0.1 srcport=5 dstip=203.0.113.5 dstport=443 action="deny" policyid=3',
    { time: at, parser: 'fortigate', logsource: 'fortigate/traffic/firewall', host: 'fg1', src_ip: '10.0.0.1', dst_port: 443, outcome: 'failure', activity: 'connection denied', 'fields.policyid': '3' },
  ],
  [
    'date=2026-03-02 time=14:01:02 logid="0100044546" type="event" subtype="system" action="Edit" user="admin" cfgpath="user.local" cfgobj="x" logdesc="Attribute configured"',
    { logsource: 'fortigate/event/', user: 'admin', class_uid: 5019, 'fields.cfgpath': 'user.local' },
  ],
  [
    '<14>Mar  2 14:01:02 pa1 1,2026/03/02 14:01:02,001,TRAFFIC,end,2561,2026/03/02 14:01:02,10.0.0.1,203.0.113.5,198.51.100.1,203.0.113.5,out,corp\\ada,,ssl,vsys1,trust,untrust,e1,e2,log,2026/03/02 14:01:02,77,1,5,443,6,443,0x40,tcp,allow,900,400,500,10,2026/03/02 14:00:02,60,any',
    { time: at, parser: 'palo-alto', user: 'ada', src_ip: '10.0.0.1', dst_port: 443, outcome: 'success', 'fields.bytes_received': 500, 'fields.app': 'ssl', logsource: 'paloalto/traffic/firewall' },
  ],
  [
    '1,2026/03/02 14:01:02,001,THREAT,url,2561,2026/03/02 14:01:02,10.0.0.1,203.0.113.5,0.0.0.0,0.0.0.0,out,,,web-browsing,vsys1,trust,untrust,e1,e2,log,2026/03/02 14:01:02,77,1,5,443,0,0,0x40,tcp,block-url,"a.example/x,y",(9999),malware,informational,client-to-server',
    { domain: 'a.example', url: 'a.example/x,y', outcome: 'failure', class_uid: 4002 },
  ],
  [
    '<14>1 2026-03-02T14:01:02.000Z srx1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.129 source-address="192.0.2.7" source-port="5" destination-address="10.0.0.1" destination-port="22" policy-name="d"] session denied',
    { time: at, parser: 'junos', host: 'srx1', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure', activity: 'connection denied', 'fields.policy-name': 'd' },
  ],
  [
    '<14>Mar  2 14:01:02 srx1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created 192.0.2.7/5->10.0.0.1/22 0x0 junos-ssh 192.0.2.7/5->10.0.0.1/22 None None 6 p trust untrust 77',
    { parser: 'junos', src_ip: '192.0.2.7', dst_port: 22, outcome: 'success', host: 'srx1' },
  ],
  [
    '<134>id=firewall sn=0017 time="2026-03-02 14:01:02" fw=198.51.100.1 pri=6 c=262144 m=98 msg="Connection Opened" src=10.0.0.1:5:X0 dst=203.0.113.5:53:X1 proto=udp/dns',
    { time: at, parser: 'sonicwall', src_ip: '10.0.0.1', dst_port: 53, outcome: 'success' },
  ],
  [
    '<30>device="SFW" date=2026-03-02 time=14:01:02 timezone="GMT" device_name="xg" log_type="Firewall" log_component="Firewall Rule" log_subtype="Denied" src_ip=10.0.0.1 src_port=5 dst_ip=203.0.113.5 dst_port=443',
    { time: at, parser: 'sophos', outcome: 'failure', host: 'xg', dst_port: 443 },
  ],
  [
    '<134>1 2026-03-02T14:01:02Z gw CheckPoint 9 - [action:"Drop"; ifdir:"inbound"; product:"VPN-1 & FireWall-1"; src:"192.0.2.7"; s_port:"5"; dst:"10.0.0.1"; service:"22"; rule_name:"stop; all"]',
    { time: at, parser: 'checkpoint', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure', 'fields.rule_name': 'stop; all' },
  ],
  [
    '<134>1 1772460062.250000000 MX84 flows src=10.0.0.1 dst=203.0.113.5 mac=AA:BB protocol=tcp sport=5 dport=443 pattern: deny all',
    { time: at + 250, parser: 'meraki', host: 'MX84', dst_port: 443, outcome: 'failure' },
  ],
  [
    'Mar  2 14:01:02 gw firewall,info drop-in input: in:ether1 out:(unknown 0), connection-state:new src-mac 00:17:10:88:bc:02, proto TCP (SYN), 192.0.2.7:5->10.0.0.1:22, len 40',
    { time: at, parser: 'mikrotik', host: 'gw', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure', 'fields.rule': 'drop-in' },
  ],
  [
    'Mar  2 14:01:02 wg1 firewall: msg_id="3000-0148" Deny 0-External 1-Trusted 52 tcp 20 127 192.0.2.7 10.0.0.1 5 22 offset 8 S (Unhandled-00)',
    { parser: 'watchguard', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure', 'fields.policy': 'Unhandled-00' },
  ],
  [
    'Mar  2 14:01:02 pf1 filterlog[9]: 5,,,1000,em0,match,block,in,6,0x00,0x00000,64,UDP,17,40,2001:db8::7,2001:db8::1,5,53,32',
    { parser: 'filterlog', src_ip: '2001:db8::7', dst_port: 53, outcome: 'failure', 'fields.action': 'drop', logsource: 'pf/pf/firewall' },
  ],
  [
    'rule 53/0(match): block in on em0: 192.0.2.7.5 > 10.0.0.1.22: Flags [S], seq 1',
    { parser: 'filterlog', src_ip: '192.0.2.7', dst_port: 22, 'fields.rule': '53' },
  ],
]) // prettier-ignore

goldens('formats of many makers', [
  [
    'Mar  2 14:01:02 h CEF:0|Acme|Wall|1.0|7|Login \\| failed|8|src=10.0.0.1 suser=ada msg=a b\\=c cs1Label=Rule cs1=x y act=blocked',
    { time: at, host: 'h', parser: 'cef', user: 'ada', severity_id: 4, outcome: 'failure', 'fields.name': 'Login | failed', 'fields.msg': 'a b=c', 'fields.Rule': 'x y', 'fields.cs1': 'x y' },
  ],
  ['LEEF:2.0|Acme|Wall|1|deny|^|src=10.0.0.1^dst=203.0.113.5^usrName=Ada^sev=9', { parser: 'leef', user: 'ada', severity_id: 5, dst_ip: '203.0.113.5' }],
  ['LEEF:1.0|Acme|Wall|1|deny|src=10.0.0.1\tdstPort=22\tmsg=two words', { parser: 'leef', dst_port: 22, 'fields.msg': 'two words' }],
  ['time=2026-03-02T14:01:02Z level=warn msg="two words" user=Ada remote=192.0.2.7', { time: at, parser: 'logfmt', user: 'ada', src_ip: '192.0.2.7', severity_id: 2, 'fields.msg': 'two words' }],
  ['#Columns: when,user,note\n2026-03-02 14:01:02,Ada,"a, ""b"""', { parser: 'csv', user: 'ada', 'fields.note': 'a, "b"' }],
]) // prettier-ignore

goldens('sensors', [
  [
    '03/02/2026-14:01:02.250000  [**] [1:2200074:2] ET SCAN x [**] [Classification: Leak] [Priority: 2] {UDP} 192.0.2.7:5 -> 10.0.0.1:5060',
    { time: at + 250, parser: 'sensor-alert', logsource: 'suricata//', src_port: 5, 'fields.alert.signature': 'ET SCAN x', severity_id: 3 },
  ],
  ['03/02-14:01:02.250000 [drop] [**] [116:55:1] "x (y)" [**] [Priority: 3] {TCP} [2001:db8::7]:5 -> [2001:db8::1]:80', { logsource: 'snort//', src_ip: '2001:db8::7', dst_port: 80, outcome: 'failure' }],
  ['{"timestamp":"03/02-14:01:02.000000","msg":"x","rule":"1:2:3","src_addr":"192.0.2.7","src_port":5,"dst_addr":"10.0.0.1","action":"block"}', { parser: 'snort', time: at, outcome: 'failure' }],
  [
    '{"timestamp":"2026-03-02T14:01:02+0000","flow_id":1,"event_type":"dns","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","dns":{"version":3,"type":"response","queries":[{"rrname":"a.example","rrtype":"A"}],"rcode":"NXDOMAIN"}}',
    { time: at, domain: 'a.example', activity_id: 2, outcome: 'failure', class_uid: 4003, logsource: 'suricata//dns' },
  ],
  ['{"timestamp":"2026-03-02T14:01:02+0000","flow_id":1,"event_type":"krb5","src_ip":"10.0.0.1","krb5":{"msg_type":"KRB_AS_REP","cname":"Ada"}}', { user: 'ada', class_uid: 3002, outcome: 'success' }],
]) // prettier-ignore
