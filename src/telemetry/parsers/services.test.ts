// What is read out of the lines of services: databases, web servers, files that services write by themselves.
import { at, goldens } from './goldens.test.ts'

const line = (program: string, text: string, pid = '812'): string =>
  `<38>1 2026-03-02T14:01:02.123Z app01 ${program} ${pid} - - ${text}`

goldens('postgres', [
  [
    line(
      'postgres',
      'user=portal,db=portal,app=pg_dump,client=10.40.2.11 LOG:  connection authorized: user=portal database=portal application_name=pg_dump SSL enabled',
    ),
    {
      logsource: 'postgresql//database',
      user: 'portal',
      src_ip: '10.40.2.11',
      'fields.application_name': 'pg_dump',
      activity: 'database session opened',
    },
  ],
  [
    line(
      'postgres',
      'user=portal,db=portal,app=pg_dump,client=10.40.2.11 LOG:  duration: 9.1 ms  statement: COPY public.patients TO stdout;',
    ),
    { 'fields.statement': 'COPY public.patients TO stdout;', activity: 'database statement' },
  ],
  [line('postgres', 'LOG:  checkpoint starting: time'), { activity: 'database message', user: undefined }],
  [
    line('postgres', 'portal@portal FATAL:  password authentication failed for user "portal"'),
    { activity: 'database login failed', user: 'portal' },
  ],
])

const request =
  '203.0.113.9 - - [02/Mar/2026:14:01:02 +0000] "GET /index.php?lang=../../etc/passwd HTTP/1.1" 200 512 "-" "sqlmap/1.8"'

goldens('web servers', [
  [
    `<190>Mar  2 14:01:02 web01 nginx: ${request}`,
    {
      logsource: 'nginx//webserver',
      host: 'web01',
      src_ip: '203.0.113.9',
      'fields.cs-method': 'GET',
      'fields.cs-uri-stem': '/index.php',
      'fields.cs-uri-query': '/index.php?lang=../../etc/passwd',
      'fields.sc-status': 200,
      'fields.cs-user-agent': 'sqlmap/1.8',
      'fields.c-ip': '203.0.113.9',
    },
  ],
  [request, { parser: 'web', time: at, logsource: '//webserver', 'fields.cs-referer': undefined }],
  [
    'shop.example:443 2001:db8::1 - ada [02/Mar/2026:15:01:02 +0100] "POST /login HTTP/2.0" 302 -',
    { time: at, user: 'ada', 'fields.s-computername': 'shop.example', dst_port: 443, src_ip: '2001:db8::1' },
  ],
  [
    '203.0.113.9 - - [02/Mar/2026:14:01:02 +0000] "\\x16\\x03" 400 150 "-" "-"',
    { 'fields.sc-status': 400, 'fields.cs-uri-query': '\\x16\\x03' },
  ],
  [
    '[Mon Mar 02 14:01:02 2026] [error] [client 203.0.113.9:5512] File does not exist: /var/www/x',
    { time: at, src_ip: '203.0.113.9', logsource: 'apache/apache/' },
  ],
])

goldens('files that services write by themselves', [
  [
    '2026-03-02 14:01:02.536 UTC [147] 192.0.2.4 eve@shop FATAL:  password authentication failed for user "eve"',
    {
      parser: 'service-log',
      time: at + 536,
      logsource: 'postgresql//database',
      user: 'eve',
      src_ip: '192.0.2.4',
      activity: 'database login failed',
    },
  ],
  [
    '2026/03/02 14:01:02 [error] 31#31: *46 "/x" is not found (2: No such file), client: 192.0.2.9, server: h, request: "GET /x HTTP/1.1"',
    { time: at, src_ip: '192.0.2.9', logsource: 'nginx/nginx/', severity_id: 2 },
  ],
  [
    "02-Mar-2026 14:01:02.425 security: error: client @0x7f ::1#6244 (a.example): zone transfer 'a.example/AXFR/IN' denied",
    { time: at + 425, src_ip: '::1', 'fields.query': 'a.example', activity: 'name lookup refused' },
  ],
  [
    'Mon Mar  2 14:01:02 2026 [pid 2] [ada] FAIL LOGIN: Client "::ffff:192.0.2.9"',
    { time: at, user: 'ada', src_ip: '192.0.2.9', logsource: 'linux/vsftpd/' },
  ],
  [
    '03/02/2026-14:01:02.345430  [**] [1:2034567:1] X SCAN Y [**] [Classification: Bad] [Priority: 1] {TCP} 10.0.0.1:57194 -> 192.0.2.4:80',
    {
      time: at + 345,
      logsource: 'suricata//',
      'fields.alert.severity': 1,
      src_ip: '10.0.0.1',
      dst_port: 80,
      severity_id: 4,
    },
  ],
  [
    "2026-03-02T14:01:02.861934Z 344 [Note] Access denied for user 'root'@'192.0.2.7' (using password: YES)",
    { time: at + 861, user: 'root', src_ip: '192.0.2.7', logsource: 'mysql//database' },
  ],
  [
    '<134>Mar  2 14:01:02 gate filterlog[9]: 53,,,1000102631,em0,match,block,in,4,0x0,,64,892,0,none,6,tcp,44,10.0.2.2,192.0.2.15,59576,22,0,S,1,,65535,,mss',
    { logsource: 'pf/pf/firewall', 'fields.action': 'drop', src_ip: '10.0.2.2', dst_ip: '192.0.2.15', dst_port: 22 },
  ],
  [
    line(
      'dovecot',
      'auth-worker(6): conn unix:auth-worker (pid=5,uid=1): auth-worker<4>: sql(ada,192.0.2.1): unknown user',
    ),
    { user: 'ada', src_ip: '192.0.2.1', activity: 'login failed' },
  ],
])
