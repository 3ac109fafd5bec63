// What is read out of the lines of hosts: logins, privilege, accounts, timers, services, the kernel, the audit daemon.
import { at, goldens } from './goldens.test.ts'

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

goldens('sshd in other words', [
  [
    'Mar  2 14:01:02 srv sshd[12]: Received disconnect from 192.0.2.4: 11: Bye Bye [preauth]',
    { src_ip: '192.0.2.4', activity: 'disconnected', 'fields.reason': '11: Bye Bye [preauth]' },
  ],
  [
    'Mar  2 14:01:02 srv sshd[12]: error: PAM: authentication error for illegal user bob from 192.0.2.4',
    { user: 'bob', src_ip: '192.0.2.4', outcome: 'failure', activity_id: 1 },
  ],
  [
    'Mar  2 14:01:02 srv sshd[12]: Disconnecting invalid user x 192.0.2.4 port 5512: Change of username or service not allowed: (x,ssh-connection) -> (y,ssh-connection) [preauth]',
    { user: 'x', src_ip: '192.0.2.4', outcome: 'failure' },
  ],
  [
    'Mar  2 14:01:02 srv sshd[12]: User ada from 192.0.2.4 not allowed because not listed in AllowUsers',
    { user: 'ada', src_ip: '192.0.2.4', outcome: 'failure', 'fields.reason': 'not listed in AllowUsers' },
  ],
  [
    'Mar  2 14:01:02 srv internal-sftp[12]: close "/home/ada/x.txt" bytes read 0 written 512',
    { class_uid: 1001, activity: 'file written', file: '/home/ada/x.txt' },
  ],
  [
    'Mar  2 14:01:02 srv sshd[12]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=evil.example  user=root',
    { user: 'root', src_host: 'evil.example', src_ip: undefined, outcome: 'failure', 'fields.pam_type': 'auth' },
  ],
])

goldens('kernel, services, doas, account changes by others', [
  [
    'Mar  2 14:01:02 gw kernel: [1.0] a.out[99]: segfault at 0 ip 000 sp 000 error 4 in libc.so[7f+1]',
    { process: 'a.out', class_uid: 1007, outcome: 'failure', 'fields.module': 'libc.so' },
  ],
  [
    'Mar  2 14:01:02 gw kernel: audit: type=1400 audit(1772460062.123:45): apparmor="DENIED" operation="open" profile="/usr/sbin/x" name="/etc/shadow" pid=12 comm="x"',
    { file: '/etc/shadow', process: 'x', outcome: 'failure', 'fields.profile': '/usr/sbin/x' },
  ],
  [
    'Mar  2 14:01:02 srv systemd[1]: nginx.service: Main process exited, code=exited, status=1/FAILURE',
    { class_uid: 6002, outcome: 'failure', 'fields.unit': 'nginx.service', 'fields.status': '1/FAILURE' },
  ],
  [
    'Mar  2 14:01:02 srv doas: ada ran command cat /etc/x as root from /home/ada',
    { user: 'ada', command_line: 'cat /etc/x', 'fields.USER': 'root' },
  ],
  [
    "Mar  2 14:01:02 srv passwd[9]: password for 'ada' changed by 'root'",
    { user: 'root', target_user: 'ada', class_uid: 3001, activity_id: 3 },
  ],
  [
    'Mar  2 14:01:02 srv crond[123]: (root) FAILED to authorize user with PAM (Permission denied)',
    { user: 'root', class_uid: 1006, outcome: 'failure' },
  ],
  [
    'Mar  2 14:01:02 nas sudo: pam_tally2(sudo:auth): user eve (4001) tally 6, deny 5',
    { user: 'eve', 'fields.uid': '4001' },
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
