// What is read out of the lines of firewalls and devices, and which envelopes of syslog are understood.
import { at, goldens, received } from './goldens.test.ts'

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
