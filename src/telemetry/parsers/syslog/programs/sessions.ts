// Who sits at the machine: login, systemd-logind, display managers, and DSM's and other boxes' own words for a login.
import { logins, runs } from '../acts.ts'
import { linux, type Program } from '../line.ts'

export const sessions: Program = {
  names: [
    'systemd-logind', 'elogind', 'login', 'agetty', 'getty', 'gdm-password]', 'gdm-password', 'gdm', 'gdm-session-worker', 'lightdm', 'sddm',
    'sddm-helper', 'kdm', 'xdm', 'auth', 'systemd-user', 'remote', 'rlogind', 'telnetd', 'in.telnetd', 'in.rlogind',
  ], // prettier-ignore
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^New session '?(?<session>[^\s']+?)'? of user '?(?<user>[^\s']+?)'?(?: with class '(?<class>[^']{0,64})'(?: and type '(?<type>[^']{0,64})')?)?\.?$/,
      ...logins.opened,
    },
    { match: /^Session '?(?<session>[^\s']+?)'? logged out/, ...logins.closed },
    { match: /^Removed session '?(?<session>[^\s.']+)/, ...logins.closed },
    {
      match: /^(?<what>System is (?:powering down|rebooting|halting|suspending)|Power key pressed|Lid closed)/,
      ...runs.stopped,
      activity: 'machine goes down',
    },
    {
      match:
        /^(?:ROOT LOGIN|LOGIN|DIALUP|root login) ON '?(?<tty>[^\s']+)'?(?: BY '?(?<user>[^\s',]+)'?)?(?:,? FROM '?(?<src_ip>[^\s',]+)'?)?/i,
      ...logins.accepted,
    },
    {
      match:
        /^FAILED LOGIN (?:SESSION )?\(?\d*\)? ?(?:on '?(?<tty>[^\s']{1,64})'?)?(?: from '?(?<src_ip>[^\s',]{1,255})'?)? ?FOR '?(?<user>[^\s',]+)/i,
      ...logins.failed,
    },
    {
      match: /^FAILED LOGIN \(?\d*\)? ?(?:on '?(?<tty>[^\s']{1,64})'?)?.{0,255} FOR '?(?<user>[^\s',]+)/i,
      ...logins.failed,
    },
    {
      match:
        /^(?:TOO MANY|REPEATED) (?:LOGIN (?:TRIES|FAILURES))(?: \(\d+\))?(?: ON (?<tty>\S+))?(?: FROM (?<src_ip>[^\s,]+))?(?:,? (?:FOR )?(?<user>\S+))?/i,
      ...logins.tooMany,
    },
    {
      match: /^(?:pam: )?gdm-password: ?pam_\w+\([^)]{1,64}\): authentication failure;.{0,255} user=(?<user>\S+)/,
      ...logins.failed,
    },
    { match: /^connect from (?<src_ip>[0-9A-Fa-f:.]+)/, ...logins.opened, activity: 'terminal connection' },
  ],
  ocsf: { 'session.uid': 'session', 'session.terminal': 'tty' },
}

/** Synology's DSM and the like: `User [ada] from [192.0.2.4] signed in to [DSM] successfully via [password].` */
export const storageBoxes: Program = {
  names: ['synolog', 'dsm', 'winfileservice', 'connection', 'system', 'qulogd', 'synosyslog', 'ftpd'],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^(?:\w+:\s+)?User \[(?<user>[^\]]{0,255})\] from \[(?:[^\]]{0,255}\()?(?<src_ip>[0-9A-Fa-f:.]{2,45})\)?\] (?:signed|logged) in(?: to)? (?:\[(?<service>[^\]]{0,255})\]|(?<application>\S+)) successfully/,
      ...logins.accepted,
    },
    {
      match:
        /^(?:\w+:\s+)?User \[(?<user>[^\]]{0,255})\] from \[(?:[^\]]{0,255}\()?(?<src_ip>[0-9A-Fa-f:.]{2,45})\)?\] failed to (?:sign|log) in(?: to)? (?:\[(?<service>[^\]]{0,255})\]|(?:via )?(?<application>\S+))/,
      ...logins.failed,
    },
    {
      match:
        /^(?:\w+:\s+)?User \[(?<user>[^\]]{0,255})\] from \[(?:[^\]]{0,255}\()?(?<src_ip>[0-9A-Fa-f:.]{2,45})\)?\] (?:signed|logged) out/,
      ...logins.closed,
    },
    {
      match: /^(?:\w+:\s+)?Host \[(?<src_ip>[^\]]{2,45})\] was blocked via \[(?<service>[^\]]{0,255})\]/,
      ...logins.tooMany,
    },
    {
      match:
        /^conn log: Users: (?<user>[^,]{0,255}), Source IP: (?<src_ip>[^,\s]{2,45}), Computer name: (?<src_host>[^,]{0,255}), Connection type: (?<service>[^,]{0,64}), Accessed resources: (?<resource>[^,]{0,1024}), Action: (?<action>.*)/,
      ...logins.opened,
      activity: 'access to storage',
    },
  ],
}
