// File servers, watchers, containers, identity, and programs nobody has described.
import { at, goldens } from './goldens.test.ts'

goldens('file servers', [
  [
    'Mon Mar  2 14:01:02 2026 1 192.0.2.4 5120 /srv/x y.txt b _ i r ada ftp 0 * c',
    {
      time: at,
      class_uid: 4008,
      activity_id: 1,
      user: 'ada',
      src_ip: '192.0.2.4',
      file: '/srv/x y.txt',
      'fields.bytes': '5120',
    },
  ],
  [
    '2026-03-02 14:01:02,124 ftp01 proftpd[9] ftp01 (192.0.2.4[192.0.2.4]): USER eve (Login failed): Incorrect password',
    { time: at + 124, host: 'ftp01', user: 'eve', src_ip: '192.0.2.4', outcome: 'failure', process_uid: 'ftp01:9' },
  ],
  [
    'Mar  2 14:01:02 ftp pure-ftpd: (?@192.0.2.4) [WARNING] Authentication failed for user [root]',
    { user: 'root', src_ip: '192.0.2.4', outcome: 'failure' },
  ],
  [
    'Auth: [SMB2,(null)] user [CORP]\\[eve] at [Mon, 02 Mar 2026 14:01:02.023984 UTC] with [NTLMv2] status [NT_STATUS_WRONG_PASSWORD] workstation [PC1] remote host [ipv4:192.0.2.4:44896] mapped to [CORP]\\[eve]. local host [ipv4:10.0.0.1:445] ',
    {
      time: at + 23,
      user: 'eve',
      src_ip: '192.0.2.4',
      src_port: 44_896,
      dst_ip: '10.0.0.1',
      dst_port: 445,
      outcome: 'failure',
      'fields.workstation': 'PC1',
    },
  ],
  [
    'Mar  2 14:01:02 nas smbd_audit: ada|192.0.2.4|share|unlink|ok|docs/x.txt',
    { class_uid: 1001, activity_id: 4, user: 'ada', src_ip: '192.0.2.4', file: 'docs/x.txt', 'fields.share': 'share' },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02T15:01:02.000000+0100',
      type: 'Authentication',
      Authentication: {
        version: { major: 1 },
        status: 'NT_STATUS_OK',
        remoteAddress: 'ipv4:192.0.2.4:5512',
        clientAccount: 'ada',
      },
    }),
    { parser: 'samba-json', time: at, user: 'ada', src_ip: '192.0.2.4', outcome: 'success' },
  ],
])

goldens('watchers and containers', [
  [
    '2026-03-02 14:01:02,123 fail2ban.actions        [812]: NOTICE  [sshd] Ban 192.0.2.9',
    { time: at + 123, activity: 'address banned', src_ip: '192.0.2.9', class_uid: 2004, 'fields.jail': 'sshd' },
  ],
  [
    'time="2026-03-02T14:01:02.123456789Z" level=error msg="no such image" container=abc',
    { time: at + 123, severity_id: 2, 'fields.container': 'abc', logsource: 'linux/docker/' },
  ],
  [
    JSON.stringify({ log: 'hello\n', stream: 'stdout', time: '2026-03-02T14:01:02.123456789Z' }),
    { parser: 'docker-log', time: at + 123, 'fields.message': 'hello', 'fields.stream': 'stdout' },
  ],
  [
    JSON.stringify({
      time: 1_772_460_062,
      timeNano: 1_772_460_062_123_000_000,
      Type: 'container',
      Action: 'exec_start: sh -c id',
      Actor: { ID: 'abc', Attributes: { name: 'web' } },
    }),
    { parser: 'docker-event', class_uid: 1007, command_line: 'sh -c id', process: 'web' },
  ],
  [
    '14:01:02.123456789: Warning Shell spawned in container (user=root proc.cmdline=bash -c id container_id=abc)',
    {
      severity_id: 3,
      user: 'root',
      command_line: 'bash -c id',
      'fields.rule': 'Shell spawned in container',
      'fields.container_id': 'abc',
    },
  ],
  [
    JSON.stringify({
      time: '2026-03-02T14:01:02.5Z',
      rule: 'Shell spawned',
      priority: 'Critical',
      output: 'x',
      output_fields: { 'proc.cmdline': 'bash', 'user.name': 'root', 'proc.pid': 9 },
      hostname: 'n1',
    }),
    { parser: 'falco', time: at + 500, severity_id: 5, command_line: 'bash', user: 'root', process_uid: 'n1:9' },
  ],
  [
    JSON.stringify({
      name: 'pack_x_process_events',
      hostIdentifier: 'h1',
      calendarTime: 'Mon Mar  2 14:01:02 2026 UTC',
      columns: { pid: '9', path: '/bin/ls', cmdline: 'ls -l' },
      action: 'added',
    }),
    {
      parser: 'osquery',
      time: at,
      host: 'h1',
      class_uid: 1007,
      command_line: 'ls -l',
      process_uid: 'h1:9',
      'fields.columns.path': '/bin/ls',
    },
  ],
])

goldens('identity', [
  [
    '2026-03-02 14:01:02,357 WARN  [org.keycloak.events] (executor-thread-1) type=LOGIN_ERROR, realmId=x, ipAddress=192.0.2.4, error=user_not_found, username=eve',
    { time: at + 357, user: 'eve', src_ip: '192.0.2.4', outcome: 'failure', 'fields.error': 'user_not_found' },
  ],
  [
    '[2026-03-02 14:01:02.219][vaultwarden::api::identity][ERROR] Username or password is incorrect. Try again. IP: 2001:db8::5. Username: eve@example.com.',
    { time: at + 219, user: 'eve', src_ip: '2001:db8::5', outcome: 'failure' },
  ],
  [
    "Mar  2 14:01:02 nas dropbear[9]: Bad password attempt for 'root' from 192.0.2.4:5512",
    { user: 'root', src_ip: '192.0.2.4', src_port: 5512, outcome: 'failure', logsource: 'linux/sshd/' },
  ],
  [
    'Mar  2 14:01:02 mail saslauthd[9]: do_auth         : auth failure: [user=eve] [service=smtp] [realm=] [mech=pam] [reason=PAM auth error]',
    { user: 'eve', outcome: 'failure', 'fields.service': 'smtp' },
  ],
  [
    'Mar  2 14:01:02 ldap slapd[9]: conn=1001 fd=12 ACCEPT from IP=192.0.2.4:5512 (IP=0.0.0.0:389)',
    { src_ip: '192.0.2.4', src_port: 5512, dst_port: 389 },
  ],
  [
    'Mar  2 14:01:02 nas Connection: User [admin] from [192.0.2.4] failed to log in via [DSM] due to authorization failure.',
    { user: 'admin', src_ip: '192.0.2.4', outcome: 'failure' },
  ],
  [
    'Mar  2 14:01:02 bsd su: BAD SU ada to root on /dev/pts/0',
    { user: 'ada', target_user: 'root', outcome: 'failure' },
  ],
])

goldens('programs that nobody has described', [
  [
    '2026-03-02 14:01:02,747 - INFO  [Peer[myid=1]/0:0:2181:Election@774] - Notification time out: 3200',
    {
      parser: 'app-log',
      time: at + 747,
      'fields.level': 'INFO',
      'fields.component': 'Peer[myid=1]/0:0:2181:Election@774',
      'fields.message': 'Notification time out: 3200',
    },
  ],
  [
    '26/03/02 14:01:02 INFO executor.Backend: Registered',
    { time: at, process: 'executor.Backend', 'fields.message': 'Registered' },
  ],
  [
    '2026-03-02 14:01:02,978 INFO [main] org.example.app.Master: Created',
    { time: at + 978, process: 'org.example.app.Master', 'fields.thread': 'main', 'fields.message': 'Created' },
  ],
  [
    'api.log.1.2026-03-02_13:53:08 2026-03-02 14:01:02.008 25746 INFO nova.wsgi.server [req-1] status: 200',
    { time: at + 8, process: 'nova.wsgi.server', 'fields.pid': '25746', 'fields.context': 'req-1' },
  ],
  ['260302 140102 148 INFO dfs.Node: done', { time: at, 'fields.pid': '148', 'fields.component': 'dfs.Node' }],
  ['20260302-14:01:02:606|Step|300|changed 3', { time: at + 606, 'fields.component': 'Step', 'fields.pid': '300' }],
  [
    '2026-03-02 14:01:02, Info                  CBS    Loaded',
    { time: at, 'fields.level': 'Info', 'fields.component': 'CBS', 'fields.message': 'Loaded' },
  ],
  [
    '03-02 14:01:02.811  1702  2395 D Window: frozen',
    { time: at + 811, 'fields.pid': '1702', 'fields.tid': '2395', 'fields.level': 'D' },
  ],
  [
    '2026-03-02 14:01:02 ERROR auth: login failed for user=eve ip=192.0.2.4 reason="bad password"',
    { user: 'eve', src_ip: '192.0.2.4', class_uid: 3002, outcome: 'failure', 'fields.reason': 'bad password' },
  ],
])
