// What each parser makes of its records: one invented record of each kind, and what must be found in it.
import assert from 'node:assert/strict'
import test from 'node:test'
import { parserDocs, windowsEvent } from '../parsing.ts'
import { at, goldens, parse, received } from './goldens.test.ts'

const line = (program: string, text: string, pid = '812'): string =>
  `<38>1 2026-03-02T14:01:02.123Z app01 ${program} ${pid} - - ${text}`

goldens('sshd', [
  [
    line('sshd', 'Accepted publickey for ada.byron from 10.1.2.3 port 40022 ssh2: ED25519 SHA256:abc'),
    {
      time: at + 123,
      parser: 'syslog',
      logsource: 'linux/sshd/',
      activity: 'login accepted',
      host: 'app01',
      user: 'ada.byron',
      src_ip: '10.1.2.3',
      src_port: 40_022,
      process: 'sshd',
      process_uid: 'app01:812',
      class_uid: 3002,
      'fields.method': 'publickey',
    },
  ],
  [
    line('sshd', 'Failed password for invalid user x from y from 192.0.2.9 port 7 ssh2'),
    { user: 'x from y', src_ip: '192.0.2.9', severity_id: 2, activity: 'login failed' },
  ],
  [line('sshd', 'Invalid user  from 192.0.2.9 port 7'), { src_ip: '192.0.2.9', user: undefined }],
  [
    line('sshd', 'error: maximum authentication attempts exceeded for root from 192.0.2.9 port 7 ssh2 [preauth]'),
    { activity: 'too many login attempts', user: 'root', severity_id: 3 },
  ],
  [
    line('sshd', 'Connection closed by authenticating user portal 10.40.2.11 port 5022 [preauth]'),
    { user: 'portal', src_ip: '10.40.2.11', src_port: 5022 },
  ],
  [line('sshd', 'Connection closed by 2001:db8::5 port 40010'), { activity: 'disconnected', src_ip: '2001:db8::5' }],
  [
    line('sshd', 'pam_unix(sshd:session): session opened for user ada(uid=2000) by ada(uid=0)'),
    { activity: 'session opened', user: 'ada', logsource: 'linux/sshd/' },
  ],
  [
    'Mar  2 14:01:02 lab sshd[24200]: reverse mapping checking getaddrinfo for x.example [192.0.2.31] failed - POSSIBLE BREAK-IN ATTEMPT!',
    { time: at, host: 'lab', src_ip: '192.0.2.31', process_uid: 'lab:24200' },
  ],
  [
    'Mar  2 14:01:02 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=192.0.2.4  user=root',
    { logsource: 'linux/sshd/', activity: 'login failed', src_ip: '192.0.2.4', user: 'root', process: 'sshd' },
  ],
])

goldens('sudo, su, accounts', [
  [
    line('sudo', '     ada : TTY=pts/0 ; PWD=/home/ada ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow', '-'),
    {
      logsource: 'linux/sudo/',
      user: 'ada',
      command_line: '/usr/bin/cat /etc/shadow',
      'fields.USER': 'root',
      'fields.COMMAND': '/usr/bin/cat /etc/shadow',
      'fields.PWD': '/home/ada',
    },
  ],
  [
    line('sudo', 'ada : command not allowed ; TTY=pts/2 ; PWD=/home/ada ; USER=root ; COMMAND=/bin/sh', '-'),
    { activity: 'command refused', user: 'ada', 'fields.refused': 'command not allowed' },
  ],
  [line('su', '(to root) ada on pts/1'), { logsource: 'linux/auth/', user: 'ada', target_user: 'root' }],
  [
    line('useradd', 'new user: name=mallory, UID=1001, GID=1001, home=/home/mallory, shell=/bin/bash, from=/dev/pts/1'),
    { activity: 'account created', user: 'mallory', class_uid: 3001 },
  ],
  [line('usermod', "add 'mallory' to group 'sudo'"), { activity: 'member added to group', 'fields.group': 'sudo' }],
  [line('systemd-logind', 'New session 4711 of user ada.byron.'), { user: 'ada.byron', logsource: 'linux/auth/' }],
  [
    line('pkexec', 'ada: Executing command [USER=root] [TTY=unknown] [CWD=/home/ada] [COMMAND=/usr/bin/id]'),
    { command_line: '/usr/bin/id', user: 'ada' },
  ],
])

goldens('cron, systemd, mail, name servers, other programs', [
  [
    line('CRON', '(root) CMD (test -x /usr/sbin/x && x)'),
    { logsource: 'linux/cron/', user: 'root', command_line: 'test -x /usr/sbin/x && x' },
  ],
  [
    line('systemd', 'Starting logrotate.service - Rotate log files...', '1'),
    { 'fields.unit': 'logrotate.service', logsource: 'linux/syslog/' },
  ],
  [
    line(
      'postfix/smtpd',
      'NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 blocked; from=<a@b.example> to=<c@d.example> proto=ESMTP',
    ),
    { activity: 'letter refused', src_ip: '192.0.2.7', 'fields.to': 'c@d.example' },
  ],
  [
    line('attachment-filter', '85EE1E34DB: from=<a@b.example> to=<c@d.example> attachment="report.docm" verdict=clean'),
    { file: 'report.docm', logsource: 'linux/syslog/' },
  ],
  [
    line('named', 'client @0x7f 10.0.0.5#4242 (evil.example): query: evil.example IN A + (10.0.0.1)'),
    { logsource: 'linux/syslog/dns', 'fields.query': 'evil.example', 'fields.record_type': 'A', src_ip: '10.0.0.5' },
  ],
  [line('clamd', '/tmp/x: Eicar-Signature FOUND'), { logsource: 'linux/clamav/', file: '/tmp/x', severity_id: 4 }],
  [
    line('fernhill-backup', 'portal: dump started'),
    { activity: 'message', message: 'message: fernhill-backup: portal: dump started', logsource: 'linux/syslog/' },
  ],
])

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

goldens('firewalls and devices', [
  [
    '<4>Mar  2 14:01:02 fw01 kernel: [4989000.100000] FW-ACCEPT-OUT IN=eth1 OUT=eth0 MAC=02:42 SRC=10.40.2.11 DST=192.0.2.74 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=5 DF PROTO=TCP SPT=40022 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0',
    {
      logsource: 'linux/syslog/firewall',
      host: 'fw01',
      src_ip: '10.40.2.11',
      dst_ip: '192.0.2.74',
      dst_port: 443,
      'fields.action': 'accept',
      'fields.dst_ip': '192.0.2.74',
      'fields.PROTO': 'TCP',
      'fields.flags': 'DF SYN',
    },
  ],
  [
    'Mar  2 14:01:02 gw kernel: [UFW BLOCK] IN=eth0 OUT= MAC= SRC=2001:db8::9 DST=2001:db8::1 LEN=60 PROTO=UDP SPT=53 DPT=53',
    { 'fields.action': 'drop', src_ip: '2001:db8::9', activity: 'connection dropped' },
  ],
  [
    '192.0.2.10 6705: Mar  2 14:01:02.673: %PARSER-5-CFGLOG_LOGGEDCMD: User:ada  logged command:no aaa new-model',
    {
      parser: 'cisco',
      time: at + 673,
      host: '192.0.2.10',
      user: 'ada',
      command_line: 'no aaa new-model',
      logsource: 'cisco/aaa/',
    },
  ],
  [
    '<166>%ASA-6-302013: Built inbound TCP connection 1 for outside:192.0.2.9/5123 (192.0.2.9/5123) to inside:10.0.0.5/443 (10.0.0.5/443)',
    { logsource: 'cisco/asa/firewall', src_ip: '192.0.2.9', dst_ip: '10.0.0.5', dst_port: 443 },
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

goldens('envelopes of syslog', [
  ['Mar 2 14:01:02 h sshd[1]: Connection closed by 192.0.2.1 port 9', { time: at, host: 'h' }],
  [
    '<165>1 2026-03-02T14:01:02Z host.example. app - ID47 [ex@1 a="1\\"2" b="]"][y z="3"] hello',
    {
      host: 'host.example',
      'fields.ex@1.a': '1"2',
      'fields.msgid': 'ID47',
      'fields.message': 'hello',
      'fields.severity': 'notice',
    },
  ],
  [
    '2026-03-02T14:01:02.500+01:00 web02 sshd[9]: Server listening on 0.0.0.0 port 22.',
    { time: at - 3_600_000 + 500, host: 'web02', process_uid: 'web02:9' },
  ],
  [
    '<13>something went wrong',
    { host: undefined, timeGuessed: true, time: received, message: 'message: something went wrong' },
  ],
  ['Dec 31 23:59:59 old cron[1]: (root) CMD (x)', { time: Date.UTC(2025, 11, 31, 23, 59, 59) }],
])

goldens('audit daemon', [
  [
    'node=app01 type=SYSCALL msg=audit(1772460062.965:93777): arch=c000003e syscall=59 success=yes exit=0 a0=55 ppid=29002 pid=2168 auid=1000 uid=1000 comm="dd" exe="/bin/dd" key=(null)',
    {
      time: 1_772_460_062_965,
      parser: 'auditd',
      logsource: 'linux/auditd/',
      'fields.SYSCALL': 'execve',
      process: '/bin/dd',
      process_uid: 'app01:2168',
      parent_process_uid: 'app01:29002',
      'fields.type': 'SYSCALL',
    },
  ],
  [
    'type=EXECVE msg=audit(1772460062.965:93777): argc=3 a0="sh" a1="-c" a2=636174202F6574632F736861646F77',
    { command_line: 'sh -c cat /etc/shadow', 'fields.a2': 'cat /etc/shadow' },
  ],
  [
    'type=USER_LOGIN msg=audit(1772460062.965:9): pid=1 uid=0 auid=1000 ses=1 msg=\'op=login acct="ada" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.4 terminal=ssh res=failed\'',
    { user: 'ada', src_ip: '192.0.2.4', 'fields.res': 'failed', class_uid: 3002 },
  ],
])

goldens('cloud, sensor, journal, host, other JSON', [
  [
    JSON.stringify({
      eventVersion: '1.11',
      eventTime: '2026-03-02T14:01:02Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      sourceIPAddress: '10.40.2.11',
      userAgent: 'aws-cli/2',
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/app/i-0a51c02e9d7f4b110' },
      requestParameters: { bucketName: 'b', key: 'k' },
      resources: [{ ARN: 'x' }, { ARN: 'y', type: 't' }],
    }),
    {
      time: at,
      logsource: 'aws/cloudtrail/',
      user: 'app',
      src_ip: '10.40.2.11',
      'fields.requestParameters.bucketName': 'b',
      'fields.resources.ARN': ['x', 'y'],
      file: 's3://b/k',
      class_uid: 6003,
    },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02T14:01:02.500000+0000',
      event_type: 'alert',
      src_ip: '192.0.2.1',
      src_port: 5,
      dest_ip: '10.0.0.1',
      dest_port: 80,
      host: 'ids01',
      alert: { signature: 'X SCAN Y', severity: 1 },
    }),
    {
      time: at + 500,
      logsource: 'suricata//',
      severity_id: 4,
      'fields.alert.signature': 'X SCAN Y',
      dst_ip: '10.0.0.1',
      'fields.dst_ip': '10.0.0.1',
      message: 'signature matched: X SCAN Y from 192.0.2.1 to 10.0.0.1:80',
    },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02T14:01:02Z',
      event_type: 'dns',
      src_ip: '10.0.0.1',
      dns: { type: 'answer', rrname: 'a.example', rrtype: 'A', answers: [{ rdata: '192.0.2.1' }] },
    }),
    { logsource: 'suricata//dns', 'fields.query': 'a.example', 'fields.answer': ['192.0.2.1'] },
  ],
  [
    JSON.stringify({
      __REALTIME_TIMESTAMP: '1772460062000000',
      _HOSTNAME: 'app01',
      SYSLOG_IDENTIFIER: 'sudo',
      _PID: '12',
      PRIORITY: '5',
      _EXE: '/usr/bin/sudo',
      MESSAGE: ' ada : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls',
    }),
    {
      time: at,
      parser: 'journald',
      logsource: 'linux/sudo/',
      user: 'ada',
      command_line: '/bin/ls',
      process: '/usr/bin/sudo',
      'fields._EXE': '/usr/bin/sudo',
    },
  ],
  [
    JSON.stringify({ __REALTIME_TIMESTAMP: '1772460062000000', _HOSTNAME: 'app01', MESSAGE: [104, 105, 255] }),
    { 'fields.message': 'hi\ufffd' },
  ],
  [
    JSON.stringify({
      castellan: 'host-change',
      kind: 'port-opened',
      time: at,
      host: 'me',
      text: 'tcp/8080 opened',
      port: 8080,
      process: 'node',
    }),
    {
      time: at,
      host: 'me',
      dst_port: 8080,
      process: 'node',
      activity: 'port opened',
      message: 'port opened: tcp/8080 opened',
    },
  ],
  [
    JSON.stringify({
      eventType: 'user.session.start',
      published: '2026-03-02T14:01:02Z',
      actor: { id: '1', alternateId: 'Ada@corp.example' },
      client: { ipAddress: '192.0.2.1' },
    }),
    { logsource: 'okta/okta/', user: 'ada', src_ip: '192.0.2.1', time: at },
  ],
  [
    JSON.stringify({
      time: 1_772_460_062,
      level: 'warn',
      msg: 'disk full',
      host: 'h',
      deep: { er: { x: [1, { y: 2 }] } },
    }),
    { parser: 'json', time: at, host: 'h', 'fields.deep.er.x': [1], 'fields.deep.er.x.y': [2] },
  ],
])

test('what nobody knows is kept as text, and what should have been JSON says so', () => {
  assert.deepEqual(parse('just words').fields, { message: 'just words' })
  assert.equal(parse('just words').parse_error, undefined)
  assert.match(parse('{"half": ').parse_error ?? '', /JSON/)
  assert.match(parse('words', 'windows').parse_error ?? '', /windows/)
  assert.equal(parse('{"a":1}', 'syslog').parser, 'plain')
  assert.equal(parse('{"a":1}', 'no-such-parser').parser, 'json')
  assert.match(windowsEvent({ a: 1 }, received).parse_error ?? '', /not a Windows event/)
})

test('every parser says what it does and what it recognises', () => {
  assert.ok(parserDocs.length >= 11)
  for (const { name, does, recognises } of parserDocs) assert.ok(name && does && recognises)
  assert.equal(new Set(parserDocs.map(({ name }) => name)).size, parserDocs.length)
})
