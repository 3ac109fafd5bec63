// Programs that make somebody somebody else, and programs that change accounts: sudo, su, useradd and their kin.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Phrase, type Program } from '../line.ts'

const { authentication, accountChange, groupManagement, processActivity } = ocsfClass
const sudoTail =
  'TTY=(?<TTY>\\S+) ; PWD=(?<PWD>[^;]*) ; USER=(?<USER>[^;]*?) ;(?: GROUP=(?<GROUP>[^;]*?) ;)?(?: TSID=[^;]* ;)?(?: ENV=[^;]* ;)? COMMAND=(?<COMMAND>.*)'

const sudoPhrases: readonly Phrase[] = [
  {
    match: new RegExp(`^ *(?<user>\\S+) : ${sudoTail}`, 's'),
    activity: 'command run as another user',
    class_uid: processActivity,
  },
  {
    match: new RegExp(`^ *(?<user>\\S+) : (?<refused>[^;]{1,120}?) ; ${sudoTail}`, 's'),
    activity: 'command refused',
    class_uid: processActivity,
    severity_id: ocsfSeverity.medium,
  },
]

export const sudo: Program = { names: ['sudo'], logsource: linux('sudo'), phrases: sudoPhrases }

export const su: Program = {
  names: ['su'],
  logsource: linux('auth'),
  phrases: [
    {
      match: /^(?:FAILED SU|FAILED su for) ?\(to (?<target>\S+)\) (?<user>\S+) on (?<tty>\S+)/,
      activity: 'switch of user failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
    {
      match: /^\(to (?<target>\S+)\) (?<user>\S+) on (?<tty>\S+)/,
      activity: 'switched user',
      class_uid: authentication,
    },
    {
      match: /^Successful su for (?<target>\S+) by (?<user>\S+)/,
      activity: 'switched user',
      class_uid: authentication,
    },
    {
      match: /^FAILED su for (?<target>\S+) by (?<user>\S+)/,
      activity: 'switch of user failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
  ],
}

export const pkexec: Program = {
  names: ['pkexec'],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^(?<user>[^:\s]+): Executing command \[USER=(?<USER>[^\]]*)\] \[TTY=(?<TTY>[^\]]*)\] \[CWD=(?<PWD>[^\]]*)\] \[COMMAND=(?<COMMAND>.*)\]/,
      activity: 'command run as another user',
      class_uid: processActivity,
    },
  ],
}

export const accountTools: Program = {
  names: [
    'useradd',
    'adduser',
    'usermod',
    'userdel',
    'groupadd',
    'groupdel',
    'groupmod',
    'gpasswd',
    'passwd',
    'chage',
    'chpasswd',
  ],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^new user: name=(?<user>[^,]+), UID=(?<uid>\d+), GID=(?<gid>\d+)(?:, home=(?<home>[^,]*))?(?:, shell=(?<shell>[^,]*))?/,
      activity: 'account created',
      class_uid: accountChange,
    },
    { match: /^new group: name=(?<group>[^,]+)/, activity: 'group created', class_uid: groupManagement },
    {
      match: /^add '(?<user>[^']+)' to (?:shadow )?group '(?<group>[^']+)'/,
      activity: 'member added to group',
      class_uid: groupManagement,
    },
    {
      match: /^(?:user|member) '?(?<user>[^\s']+)'? added (?:by \S+ )?to group '?(?<group>[^\s']+)/,
      activity: 'member added to group',
      class_uid: groupManagement,
    },
    {
      match: /^delete '(?<user>[^']+)' from (?:shadow )?group '(?<group>[^']+)'/,
      activity: 'member removed from group',
      class_uid: groupManagement,
    },
    { match: /^delete user '(?<user>[^']+)'/, activity: 'account deleted', class_uid: accountChange },
    {
      match: /^change user '(?<user>[^']+)' (?<what>\S+) from '(?<old>[^']*)' to '(?<new>[^']*)'/,
      activity: 'account changed',
      class_uid: accountChange,
    },
    {
      match: /^(?:lock|unlock) user '(?<user>[^']+)'/,
      activity: 'account locked or unlocked',
      class_uid: accountChange,
    },
    { match: /password changed for (?<user>\S+)/, activity: 'password changed', class_uid: accountChange },
  ],
}

export const sessions: Program = {
  names: ['systemd-logind', 'login', 'gdm-password]', 'gdm', 'polkitd', 'auth'],
  logsource: linux('auth'),
  phrases: [
    {
      match: /^New session '?(?<session>[^\s']+)'? of user '?(?<user>[^\s']+?)'?\.?$/,
      activity: 'session opened',
      class_uid: authentication,
    },
    { match: /^Session (?<session>\S+) logged out/, activity: 'session closed', class_uid: authentication },
    { match: /^Removed session (?<session>[^\s.]+)/, activity: 'session closed', class_uid: authentication },
    {
      match: /^(?:ROOT LOGIN|LOGIN) ON (?<tty>\S+)(?: BY (?<user>\S+))?/i,
      activity: 'login accepted',
      class_uid: authentication,
    },
    {
      match: /^FAILED LOGIN \(?\d*\)? ?(?:on '?(?<tty>[^\s']{1,64})'?)?.* FOR '?(?<user>[^\s',]+)/i,
      activity: 'login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
  ],
}
