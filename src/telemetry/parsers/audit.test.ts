// Events of the audit daemon: one record and several joined, in syslog, enriched, as the kernel writes them, as LAUREL does.
import { at, goldens } from './goldens.test.ts'

const stamp = 'msg=audit(1772460062.965:93777):'
const joined = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes exit=0 a0=55 a1=66 items=2 ppid=29002 pid=2168 auid=1000 uid=0 tty=pts0 comm="cat" exe="/usr/bin/cat" key="root_cmd"\x1dARCH=x86_64 SYSCALL=execve AUID="ada" UID="root"`,
  `type=EXECVE ${stamp} argc=3 a0="cat" a1[0]="/etc/" a1[1]="shadow" a2=2D2D20`,
  `type=CWD ${stamp} cwd="/home/ada"`,
  `type=PATH ${stamp} item=0 name="/usr/bin/cat" nametype=NORMAL`,
  `type=PATH ${stamp} item=1 name="/lib64/ld.so" nametype=NORMAL`,
  `type=PROCTITLE ${stamp} proctitle=636174002F6574632F736861646F77`,
  `type=EOE ${stamp} `,
].join('\n')

goldens('audit events of several records', [
  [
    joined,
    {
      time: at + 965,
      class_uid: 1007,
      activity_id: 1,
      activity: 'process started',
      outcome: 'success',
      user: 'ada',
      process: '/usr/bin/cat',
      command_line: 'cat /etc/shadow -- ',
      file: undefined,
      'fields.type': ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE', 'EOE'],
      'fields.name': ['/usr/bin/cat', '/lib64/ld.so'],
      'fields.nametype': ['NORMAL', 'NORMAL'],
      'fields.SYSCALL.a0': '55',
      'fields.a0': 'cat',
      'fields.proctitle': 'cat /etc/shadow',
      'fields.key': 'root_cmd',
    },
  ],
  [
    `type=SYSCALL ${stamp} arch=c000003e syscall=42 success=no exit=-13 pid=9 auid=4294967295 uid=33 comm="nc" exe="/bin/nc"\ntype=SOCKADDR ${stamp} saddr=020001BBC00002040000000000000000`,
    {
      class_uid: 4001,
      activity: 'connection opened',
      outcome: 'failure',
      dst_ip: '192.0.2.4',
      dst_port: 443,
      user: undefined,
      'fields.SYSCALL': 'connect',
    },
  ],
  [
    `type=SYSCALL ${stamp} arch=c00000b7 syscall=203 success=yes exit=0 pid=9 uid=0 exe="/bin/nc"\ntype=SOCKADDR ${stamp} saddr=0A0001BB0000000020010DB800000000000000000000000500000000`,
    { dst_ip: '2001:db8::5', dst_port: 443, 'fields.SYSCALL': 'connect', user: 'root' },
  ],
  [
    `type=SYSCALL ${stamp} arch=c00000b7 syscall=56 success=yes exit=3 pid=9 uid=1000 exe="/usr/bin/vim"\ntype=CWD ${stamp} cwd="/etc"\ntype=PATH ${stamp} item=0 name="/etc" nametype=PARENT\ntype=PATH ${stamp} item=1 name="passwd" nametype=CREATE`,
    { class_uid: 1001, activity_id: 14, file: '/etc/passwd', 'fields.SYSCALL': 'openat' },
  ],
])

goldens('audit records of accounts, logins, policy', [
  [
    `type=ADD_USER ${stamp} pid=9 uid=0 auid=1000 msg='op=add-user acct="mallory" exe="/usr/sbin/useradd" hostname=? addr=? terminal=pts/0 res=success'\x1dUID="root" AUID="ada"`,
    { class_uid: 3001, activity_id: 1, user: 'ada', target_user: 'mallory', outcome: 'success' },
  ],
  [
    `type=USER_CMD ${stamp} pid=9 uid=1000 auid=1000 msg='cwd="/home/ada" cmd=636174202F6574632F736861646F77 exe="/usr/bin/sudo" terminal=pts/0 res=success'\x1dUID="ada" AUID="ada"`,
    { user: 'ada', command_line: 'cat /etc/shadow', process: '/usr/bin/sudo' },
  ],
  [
    `type=USER_AUTH ${stamp} pid=1 uid=0 auid=4294967295 msg='op=PAM:authentication grantors=? acct="root" exe="/usr/sbin/sshd" hostname=evil.example addr=192.0.2.4 terminal=ssh res=failed'`,
    {
      user: 'root',
      src_ip: '192.0.2.4',
      src_host: 'evil.example',
      outcome: 'failure',
      activity: 'audit user auth',
      activity_id: 1,
    },
  ],
  [
    `type=AVC ${stamp} avc:  denied  { read write } for  pid=9 comm="httpd" path="/etc/shadow" dev="dm-0" ino=1 tclass=file permissive=0`,
    { outcome: 'failure', file: '/etc/shadow', 'fields.permission': 'read write', 'fields.avc': 'denied' },
  ],
  [
    'Mar  2 14:01:02 app01 audispd: node=db01 type=EXECVE msg=audit(1772460062.965:93777): argc=2 a0="cat" a1="/etc/shadow"',
    { parser: 'auditd', host: 'db01', command_line: 'cat /etc/shadow', 'fields.type': 'EXECVE' },
  ],
  [
    'Mar  2 14:01:02 app01 kernel: [12.5] audit: type=1300 audit(1772460062.965:93777): arch=c000003e syscall=175 success=yes exit=0 pid=2 uid=0 comm="insmod" exe="/sbin/insmod"',
    { host: 'app01', class_uid: 1002, 'fields.type': 'SYSCALL', 'fields.SYSCALL': 'init_module' },
  ],
  [
    JSON.stringify({
      ID: '1772460062.965:7',
      NODE: 'app01',
      SYSCALL: {
        syscall: 59,
        success: 'yes',
        pid: 9,
        ppid: 3,
        uid: 0,
        exe: '/bin/ls',
        SYSCALL: 'execve',
        UID: 'root',
        PPID: { exe: '/bin/bash' },
      },
      EXECVE: { argc: 2, ARGV: ['ls', '-l'] },
    }),
    {
      parser: 'laurel',
      time: at + 965,
      host: 'app01',
      user: 'root',
      command_line: 'ls -l',
      parent_process: '/bin/bash',
      process_uid: 'app01:9',
      outcome: 'success',
      'fields.serial': '7',
    },
  ],
])
