// Programs that change accounts and groups: useradd and its kin, passwd, chage, and BSD's pw.
import { accounts } from '../acts.ts'
import { linux, type Program } from '../line.ts'

export const accountTools: Program = {
  names: [
    'useradd', 'adduser', 'usermod', 'userdel', 'deluser', 'newusers', 'groupadd', 'addgroup', 'groupdel', 'delgroup', 'groupmod', 'groupmems',
    'gpasswd', 'passwd', 'chage', 'chpasswd', 'chgpasswd', 'chfn', 'chsh', 'pw', 'vipw', 'shadow', 'accounts-daemon',
  ], // prettier-ignore
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^new (?:user|account):? (?:added )?-? ?(?:name|account)=(?<user>[^,\s]+),? (?:UID|uid)=(?<uid>\d+),? (?:GID|gid)=(?<gid>\d+)(?:,? (?:home|dir)=(?<home>[^,\s]*))?(?:,? shell=(?<shell>[^,\s]*))?(?:,? from=(?<from>[^,\s]*))?/,
      ...accounts.created,
    },
    {
      match: /^failed adding user '?(?<user>[^\s',]+)'?(?:, (?:data deleted|exit code: (?<code>\d+)))?/,
      ...accounts.notCreated,
    },
    { match: /^new group: name=(?<group>[^,]+)(?:, GID=(?<gid>\d+))?/, ...accounts.groupCreated },
    {
      match: /^group added to (?<file>[^:\s]+): name=(?<group>[^,\s]+)(?:, GID=(?<gid>\d+))?/,
      ...accounts.groupCreated,
    },
    { match: /^group '(?<group>[^']+)' removed(?: from (?<file>\S+))?/, ...accounts.groupDeleted },
    { match: /^removed (?:shadow )?group '(?<group>[^']+)'(?: owned by '(?<user>[^']+)')?/, ...accounts.groupDeleted },
    { match: /^group changed in (?<file>[^\s(]+)(?: \((?<what>[^)]{0,255})\))?/, ...accounts.groupChanged },
    { match: /^change (?:shadow )?group '(?<group>[^']+)'/, ...accounts.groupChanged },
    { match: /^add '(?<user>[^']+)' to (?:shadow )?group '(?<group>[^']+)'/, ...accounts.memberAdded },
    {
      match: /^(?:user|member) '?(?<target_user>[^\s']+)'? added by '?(?<user>[^\s']+)'? to group '?(?<group>[^\s']+)/,
      ...accounts.memberAdded,
    },
    {
      match:
        /^(?:user|member) '?(?<target_user>[^\s']+)'? removed by '?(?<user>[^\s']+)'? from group '?(?<group>[^\s']+)/,
      ...accounts.memberRemoved,
    },
    {
      match: /^(?:user|member) '?(?<user>[^\s']+)'? added (?:by (?<by>\S+) )?to group '?(?<group>[^\s']+)/,
      ...accounts.memberAdded,
    },
    { match: /^set members of (?:shadow )?group '?(?<group>[^\s']+)'? to (?<members>.*)/, ...accounts.groupChanged },
    { match: /^delete '(?<user>[^']+)' from (?:shadow )?group '(?<group>[^']+)'/, ...accounts.memberRemoved },
    {
      match: /^(?:user|member) '?(?<user>[^\s']+)'? removed (?:by (?<by>\S+) )?from group '?(?<group>[^\s']+)/,
      ...accounts.memberRemoved,
    },
    { match: /^delete user '(?<user>[^']+)'/, ...accounts.deleted },
    { match: /^(?<user>[^\s(]+)\((?<uid>\d+)\) (?:home|account) removed/, ...accounts.deleted },
    { match: /^(?:lock) user '(?<user>[^']+)'(?: password)?/, ...accounts.locked },
    { match: /^(?:unlock) user '(?<user>[^']+)'(?: password)?/, ...accounts.enabled },
    { match: /^change user '(?<user>[^']+)' password/, ...accounts.password },
    {
      match: /^change user '(?<user>[^']+)' (?<what>\S+)(?: shell)? from '(?<old>[^']*)' to '(?<new>[^']*)'/,
      ...accounts.changed,
    },
    { match: /^changed? (?:user )?'(?<user>[^']+)'? (?<what>.*)/, ...accounts.changed },
    { match: /^changed (?:password )?expiry (?:for|of) '?(?<user>[^\s']+)/, ...accounts.changed },
    { match: /^changed user '(?<user>[^']+)' (?<what>\w+)/, ...accounts.changed },
    { match: /password for '(?<target_user>[^']{1,255})' changed by '(?<user>[^']{1,255})'/, ...accounts.password },
    { match: /password (?:changed|set) for (?<user>\S+)/, ...accounts.password },
    { match: /^password for (?<user>\S+) (?:changed|set)/, ...accounts.password },
    {
      match:
        /^(?:password - warning|can't (?:view or modify|change) password|password change (?:failed|aborted)).{0,64}?(?:for|of) (?<user>[^\s:]+)/i,
      ...accounts.noPassword,
    },
    { match: /^\S+:(?:user|group)(?<what>add|mod|del): (?<user>[^\s(]+)\((?<uid>\d+)\)/, ...accounts.changed },
  ],
  ocsf: { 'user.uid': 'uid', 'user.name': 'user', 'group.name': 'group', 'group.uid': 'gid', 'actor.user.name': 'by' },
}
