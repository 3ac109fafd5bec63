// Timers, services, packages: cron and its kin, systemd, package managers.
import { ocsfClass, ocsfSeverity } from '#standards'
import { isoTime } from '../../times.ts'
import { accounts, logins, network, runs } from '../acts.ts'
import { linux, type Program } from '../line.ts'

const { applicationLifecycle, base } = ocsfClass

export const cron: Program = {
  names: ['cron', 'crond', 'crontab', 'anacron', 'atd', 'fcron', 'cronie', 'run-parts', 'periodic'],
  logsource: linux('cron'),
  phrases: [
    { match: /^\((?<user>[^)]+)\) (?:CMD|CMDEND|CMDOUT) \((?<COMMAND>.*)\)$/s, ...runs.scheduled },
    {
      match:
        /^\((?<user>[^)]+)\) (?<action>REPLACE|BEGIN EDIT|END EDIT|LIST|DELETE|RELOAD|ORPHAN|FORCE REPLACE) \((?<target>[^)]*)\)/,
      ...runs.scheduleTouched,
    },
    {
      match:
        /^\((?<user>[^)]+)\) (?<action>ERROR|Error|error|WRONG FILE OWNER|NO PASSWD|AUTH|BAD FILE MODE|FAILED|INSECURE MODE|NOT A REGULAR FILE|WRONG INODE INFO)[^(]{0,32}\((?<target>.*)\)$/,
      ...runs.scheduleFailed,
    },
    { match: /^\((?<source>CRON|system|\*system\*[^)]{0,255})\) (?<what>.*)/, activity: 'message', class_uid: base },
    { match: /^Job [`'](?<job>[^']{1,255})' (?<what>started|terminated)(?: .*)?$/, ...runs.scheduled },
    {
      match:
        /^pam_\w+\((?<pam_service>[^):]{1,64})(?::(?<pam_type>\w{1,16}))?\): session opened for user (?<user>[^\s(]+)(?:\(uid=(?<uid>\d+)\))?(?: by (?<by>[^\s(]*)(?:\(uid=(?<by_uid>\d+)\))?)?/,
      ...logins.opened,
    },
    { match: /^\((?<COMMAND>\/etc\/cron\.\w{1,16})\) (?<what>starting|finished) (?<job>\S+)/, ...runs.scheduled },
    { match: /^Starting job (?<job>\d+) \((?<file>[^)]{1,255})\) for user '(?<user>[^']{1,64})'/, ...runs.scheduled },
  ],
  ocsf: { 'job.cmd_line': 'COMMAND', 'job.name': 'job', 'job.user.name': 'user' },
}

const unit = '(?<unit>[^\\s:]{1,255}\\.(?:service|timer|socket|mount|automount|target|path|slice|scope|device|swap))'
const changed = { activity: 'service state changed', class_uid: applicationLifecycle } as const

export const systemd: Program = {
  names: ['systemd', 'init', 'upstart', 'launchd', 'com.apple.xpc.launchd', 'rc', 'openrc'],
  logsource: linux('syslog'),
  phrases: [
    {
      match: new RegExp(`^(?<state>Starting|Started|Reloading|Reloaded|Finished) ${unit}(?: - (?<title>.*))?`),
      ...changed,
      activity_id: 3,
    },
    { match: new RegExp(`^(?<state>Stopping|Stopped) ${unit}(?: - (?<title>.*))?`), ...changed, activity_id: 4 },
    {
      match: new RegExp(`^(?<state>Failed to start|Failed to mount|Dependency failed for) (?:${unit} - )?(?<title>.*)`),
      ...changed,
      activity: 'service failed',
      activity_id: 3,
      outcome: 'failure',
      severity_id: ocsfSeverity.low,
    },
    {
      match: new RegExp(
        `^${unit}: (?:Failed with result '(?<result>[^']{0,64})'|Main process exited, code=(?<code>\\w+), status=(?<status>[\\w/]+)|Failed at step (?<step>\\S+) spawning (?<process>[^:\\s]+)|Unit entered failed state|A process of this unit has been killed by the OOM killer)`,
      ),
      ...changed,
      activity: 'service failed',
      activity_id: 4,
      outcome: 'failure',
      severity_id: ocsfSeverity.low,
    },
    {
      match: new RegExp(`^${unit}: (?:Deactivated successfully|Succeeded)`),
      ...changed,
      activity_id: 4,
      outcome: 'success',
    },
    { match: new RegExp(`^${unit}: (?<what>.*)`), ...changed, activity_id: 99 },
    {
      match:
        /^(?<state>Starting|Started|Reloading|Reloaded|Finished|Reached target|Created slice|Listening on|Mounted|Mounting) (?<title>.*)/,
      ...changed,
      activity_id: 3,
    },
    {
      match: /^(?<state>Stopping|Stopped|Stopped target|Removed slice|Closed|Unmounted|Unmounting) (?<title>.*)/,
      ...changed,
      activity_id: 4,
    },
    { match: /^(?<what>Reloading|Reexecuting|Startup finished|Shutting down)/, ...changed, activity_id: 99 },
    {
      match: /^(?<job>\S{1,128}) main process \((?<main_pid>\d+)\) (?<what>killed by|terminated with|ended).*/,
      ...runs.crashed,
    },
  ],
  ocsf: { 'app.name': 'unit', 'app.desc': 'title', status_detail: 'result' },
}

const package_ = (activity: string, activity_id: number) => ({ activity, activity_id, class_uid: applicationLifecycle })
export const packages: Program = {
  names: [
    'unattended-upgrade',
    'unattended-upgrades',
    'dpkg',
    'yum',
    'dnf',
    'apt',
    'rpm',
    'pacman',
    'zypper',
    'pkg',
    'apk',
    'snapd',
    'packagekitd',
  ],
  logsource: linux('syslog'),
  phrases: [
    {
      match: /^(?<action>Installed|Erased|Upgraded?|Updated|Removed|Reinstalled|Downgraded?): (?<package>\S+)/,
      ...package_('package changed', 99),
    },
    {
      match: /^(?<action>install|upgrade|remove|purge|configure|trigproc) (?<package>\S+) (?<old>\S+) (?<version>\S+)$/,
      ...package_('package changed', 99),
    },
    { match: /^status (?<status>\S+) (?<package>\S+) (?<version>\S+)$/, ...package_('package changed', 99) },
    {
      match:
        /^(?<package>\S+) (?<action>installed|deinstalled|upgraded|reinstalled|removed)(?:: (?<old>\S+) -> (?<version>\S+))?$/,
      ...package_('package changed', 99),
    },
    {
      match: /^\[ALPM\] (?<action>installed|upgraded|removed|downgraded) (?<package>\S+) \((?<version>[^)]{0,128})\)/,
      ...package_('package changed', 99),
    },
    { match: /^Packages that will be upgraded: (?<packages>.*)/, ...package_('packages to be upgraded', 99) },
    { match: /^(?<result>All upgrades installed)/, ...package_('packages upgraded', 8) },
  ],
  ocsf: { 'app.name': 'package', 'app.version': 'version' },
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?=(?:install|upgrade|remove|purge|configure|trigproc|status) \S+ \S+)/,
      time: isoTime,
    },
    { head: /^\[(?<when>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4})\] (?=\[ALPM\])/, time: isoTime },
  ],
}

/** What is left of accounts by name: group tools of macOS and directory services that write into the system log. */
export const directory: Program = {
  names: ['opendirectoryd', 'sssd', 'winbindd', 'nslcd', 'krb5kdc', 'kadmind', 'realmd', 'adcli', 'saslauthd', 'slapd'],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^(?:\w+ )?(?<request>AS_REQ|TGS_REQ) \((?<etypes>[^)]{0,512})\) (?<src_ip>[0-9A-Fa-f.:]+): (?<code>ISSUE|NEEDED_PREAUTH|[A-Z_]+): (?:authtime \d+, (?:etypes \{[^}]{0,255}\}, ?)?)?(?<user>\S+) for (?<service>[^\s,]+)(?:, (?<reason>.*))?/,
      ...logins.opened,
      activity: 'ticket asked for',
      activity_id: 3,
    },
    {
      match:
        /^Request: (?<request>\S+), (?<principal>\S+), (?<result>[^,]{0,64}), client=(?<user>[^,\s]+), service=(?<service>[^,\s]+), addr=(?<src_ip>[^,\s]+)/,
      ...accounts.changed,
      activity: 'directory changed',
    },
    {
      match:
        /^do_auth {0,9}: auth (?<result>failure): \[user=(?<user>[^\]]{0,255})\] \[service=(?<service>[^\]]{0,64})\] \[realm=(?<realm>[^\]]{0,255})\] \[mech=(?<method>[^\]]{0,64})\](?: \[reason=(?<reason>[^\]]{0,255})\])?/,
      ...logins.failed,
    },
    {
      match:
        /^do_auth {0,9}: auth (?<result>success): \[user=(?<user>[^\]]{0,255})\] \[service=(?<service>[^\]]{0,64})\] \[realm=(?<realm>[^\]]{0,255})\] \[mech=(?<method>[^\]]{0,64})\](?: \[reason=(?<reason>[^\]]{0,255})\])?/,
      ...logins.accepted,
    },
    {
      match:
        /^conn=(?<connection>\d+) fd=\d+ ACCEPT from IP=\[?(?<src_ip>[0-9A-Fa-f.:]{2,45}?)\]?:(?<src_port>\d{1,5}) \(IP=\[?(?<dst_ip>[0-9A-Fa-f.:]{2,45}?)\]?:(?<dst_port>\d{1,5})\)/,
      ...network.connected,
    },
    {
      match:
        /^conn=(?<connection>\d+) op=(?<op>\d+) BIND dn="(?:(?:uid|cn)=(?<user>[^,"]{1,255}))?(?<dn>[^"]{0,1024})" method=(?<method>\d+)/,
      ...logins.opened,
      activity: 'directory login tried',
      activity_id: 99,
    },
    {
      match: /^conn=(?<connection>\d+) op=(?<op>\d+) RESULT tag=97 err=(?<code>49) /,
      ...logins.failed,
    },
    { match: /^Backend (?<state>is (?:online|offline))/, activity: 'message', class_uid: base },
  ],
  ocsf: { 'service.name': 'service', status_detail: 'reason' },
}
