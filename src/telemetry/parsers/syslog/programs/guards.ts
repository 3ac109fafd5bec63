// Programs that watch and act: fail2ban, ClamAV, rkhunter, AIDE, CrowdSec, firewalld's and ufw's own lines.
import { ocsfClass, ocsfSeverity } from '#standards'
import { isoTime, longTime } from '../../times.ts'
import { stores } from '../acts.ts'
import { linux, type Program } from '../line.ts'

const finding = { class_uid: ocsfClass.detectionFinding, activity_id: 1 } as const
const ip = '(?<src_ip>[0-9A-Fa-f.:]{2,45})(?:/\\d{1,3})?'
const front =
  '^(?:(?<logger>fail2ban\\.\\w{1,32}) {0,32}\\[(?<pid>\\d{1,10})\\]: )?(?:(?<level>NOTICE|INFO|WARNING|ERROR|CRITICAL|DEBUG) {1,8})?(?:\\[(?<jail>[^\\]]{1,64})\\] )?'
export const fail2ban: Program = {
  names: ['fail2ban', 'fail2ban-server', 'fail2ban.actions', 'fail2ban.filter', 'fail2ban-client', 'sshguard'],
  logsource: linux('fail2ban'),
  phrases: [
    { match: new RegExp(`${front}(?<action>Ban|Restore Ban|Increase Ban|Re-ban) ${ip}`), ...stores.banned },
    {
      match: new RegExp(`${front}(?<action>Unban|Ignore) ${ip}`),
      ...stores.banned,
      activity: 'address unbanned',
      activity_id: 3,
      severity_id: ocsfSeverity.informational,
    },
    {
      match: new RegExp(`${front}(?<action>Found) ${ip}(?: - (?<at>.*))?`),
      ...finding,
      activity: 'failure seen',
      severity_id: ocsfSeverity.low,
    },
    { match: new RegExp(`${front}(?:(?<src_ip>[0-9A-Fa-f.:]{2,45}) (?<action>already banned))`), ...stores.banned },
    {
      match:
        /^Attack from "(?<src_ip>[0-9A-Fa-f.:]{2,45})" on service (?<jail>\S{1,64}(?: \S{1,64})?) with danger (?<danger>\d+)/,
      ...finding,
      activity: 'failure seen',
      severity_id: ocsfSeverity.low,
    },
    { match: /^Blocking "(?<src_ip>[0-9A-Fa-f.:]{2,45})(?:\/\d{1,3})?" for (?<seconds>\d+) secs/, ...stores.banned },
    { match: new RegExp(`${front}(?<what>.*)`), class_uid: ocsfClass.base, activity: 'message' },
  ],
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?<logger>fail2ban\.\w{1,32}) {0,32}\[(?<pid>\d{1,10})\]: /,
      time: isoTime,
    },
  ],
  ocsf: { 'finding_info.title': 'jail', 'finding_info.types': 'action' },
}

export const clamav: Program = {
  names: ['clamd', 'clamav', 'clamscan', 'clamdscan', 'freshclam', 'clamav-milter', 'clamonacc'],
  logsource: linux('clamav'),
  phrases: [
    {
      match:
        /^(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} -> )?(?<file>.{1,4096}): (?<Signature>\S{1,255}?)(?:\((?<md5>[0-9a-f]{32}):(?<size>\d+)\))? FOUND$/,
      ...stores.malware,
    },
    {
      match:
        /^(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} -> )?(?<file>.{1,4096}): (?:moved to|Removed\.?|quarantined)(?: '(?<target>[^']{1,4096})')?/,
      ...finding,
      activity: 'malware put away',
      activity_id: 2,
    },
    {
      match:
        /^(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} -> )?(?<what>(?:SelfCheck|Reading databases|Database (?:status|correctly)|daily|main|bytecode|ERROR|WARNING|Limits|instream).*)/,
      class_uid: ocsfClass.base,
      activity: 'message',
    },
  ],
  files: [{ head: /^(?<when>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}) -> /, time: longTime }],
  ocsf: { 'finding_info.title': 'Signature', 'malware.name': 'Signature', 'file.path': 'file' },
}

export const integrity: Program = {
  names: [
    'rkhunter',
    'chkrootkit',
    'aide',
    'tripwire',
    'ossec',
    'lynis',
    'usbguard-daemon',
    'psad',
    'portsentry',
    'snoopy',
    'crowdsec',
  ],
  logsource: linux('syslog'),
  phrases: [
    {
      match: /^(?:Warning|WARNING): (?<what>.*)/,
      ...finding,
      activity: 'something suspicious found',
      severity_id: ocsfSeverity.medium,
    },
    {
      match:
        /^\[(?:uid:(?<uid>\d+) )?(?:username:(?<user>\S+) )?(?:sid:\d+ )?(?:tty:(?<tty>\S+) )?(?:cwd:(?<cwd>\S+) )?filename:(?<file>[^\]]{1,1024})\]: (?<command>.*)/s,
      class_uid: ocsfClass.processActivity,
      activity: 'process started',
      activity_id: 1,
    },
    {
      match:
        /^uid=(?<uid>\d+) (?:euid=(?<euid>\d+) )?.{0,64}?(?:action=|result=)'(?<action>[^']{1,64})' device.{0,128}?(?:name="(?<device>[^"]{0,255})")?/i,
      ...finding,
      activity: 'USB device judged',
      severity_id: ocsfSeverity.low,
    },
    {
      match: /^scan detected.{0,64}?: (?<src_ip>[0-9A-Fa-f.:]{2,45}) -> (?<dst_ip>[0-9A-Fa-f.:]{2,45}) (?<what>.*)/,
      ...finding,
      activity: 'scan detected',
      severity_id: ocsfSeverity.medium,
    },
    {
      match:
        /^attackalert: .{1,128}? from host: (?<src_host>[^/\s]{1,255})\/(?<src_ip>[0-9A-Fa-f.:]{2,45}) (?:to|on) (?<proto>TCP|UDP) port: (?<dst_port>\d+)/,
      ...finding,
      activity: 'scan detected',
      severity_id: ocsfSeverity.medium,
    },
  ],
  ocsf: { 'process.cmd_line': 'command', 'finding_info.title': 'what' },
}
