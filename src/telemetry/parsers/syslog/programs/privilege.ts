// Programs that make somebody somebody else: sudo, su, doas, pkexec and polkit.
import { logins, runs } from '../acts.ts'
import { linux, type Phrase, type Program } from '../line.ts'

const sudoTail =
  '(?:HOST=(?<HOST>[^;]*?) ; )?(?:TTY=(?<TTY>\\S+) ; )?(?:CHROOT=(?<CHROOT>[^;]*?) ; )?(?:PWD=(?<PWD>[^;]*?) ; )?(?:USER=(?<USER>[^;]*?) ;)(?: GROUP=(?<GROUP>[^;]*?) ;)?(?: TSID=(?<TSID>[^;\\s]{1,32}) ;)?(?: ENV=(?<ENV>[^;]*) ;)? COMMAND=(?<COMMAND>.*)'

const sudoPhrases: readonly Phrase[] = [
  { match: new RegExp(`^ *(?<user>\\S+) : ${sudoTail}`, 's'), ...runs.asOther },
  {
    match: new RegExp(`^ *(?<user>\\S+) : (?:problem with )?(?<refused>[^;]{1,120}?) ; ${sudoTail}`, 's'),
    ...runs.refused,
  },
  {
    match:
      /^ *(?<user>\S+) : (?<refused>(?:command not allowed|user NOT (?:in sudoers|authorized on host)|\d+ incorrect password attempts?|a password is required|no tty present|sorry, you must have a tty)[^;]{0,255})/,
    ...runs.refused,
  },
]

export const sudo: Program = {
  names: ['sudo', 'sudo-rs', 'sudoedit'],
  logsource: linux('sudo'),
  phrases: sudoPhrases,
  ocsf: {
    'process.cmd_line': 'COMMAND',
    'process.user.name': 'USER',
    'process.working_directory': 'PWD',
    'process.tty': 'TTY',
    status_detail: 'refused',
  },
}

export const su: Program = {
  names: ['su', 'su-l', 'runuser'],
  logsource: linux('auth'),
  phrases: [
    {
      match: /^(?:FAILED SU|FAILED su for) ?\(to (?<target_user>\S+)\) (?<user>\S+) on (?<tty>\S+)/,
      ...logins.notSwitched,
    },
    { match: /^\(to (?<target_user>\S+)\) (?<user>\S+) on (?<tty>\S+)/, ...logins.switched },
    { match: /^Successful su for (?<target_user>\S+) by (?<user>\S+)/, ...logins.switched },
    { match: /^FAILED su for (?<target_user>\S+) by (?<user>\S+)/, ...logins.notSwitched },
    // BSD: `BAD SU ada to root on /dev/pts/0`, `ada to root on /dev/pts/0`; older Linux: `+ pts/0 ada:root`, `- pts/0 ada:root`
    { match: /^BAD SU (?<user>\S+) to (?<target_user>\S+) on (?<tty>\S+)/, ...logins.notSwitched },
    { match: /^(?<user>\S+) to (?<target_user>\S+) on (?<tty>\S+)/, ...logins.switched },
    { match: /^\+ (?<tty>\S+) (?<user>[^:\s]+)[:-](?<target_user>\S+)/, ...logins.switched },
    { match: /^- (?<tty>\S+) (?<user>[^:\s]+)[:-](?<target_user>\S+)/, ...logins.notSwitched },
    {
      match: /^'su (?<target_user>[^']{1,64})' (?<result>succeeded|failed) for (?<user>\S+) on (?<tty>\S+)/,
      ...logins.switched,
    },
  ],
  ocsf: { 'session.terminal': 'tty' },
}

export const doas: Program = {
  names: ['doas'],
  logsource: linux('auth'),
  phrases: [
    {
      match: /^(?<user>\S+) ran command (?<COMMAND>.*) as (?<USER>\S+) from (?<PWD>\S+)$/s,
      ...runs.asOther,
    },
    {
      match: /^(?:command not permitted for|failed command for|failed auth for) (?<user>[^\s:]+)(?:: (?<COMMAND>.*))?/s,
      ...runs.refused,
    },
  ],
  ocsf: { 'process.cmd_line': 'COMMAND', 'process.user.name': 'USER' },
}

export const pkexec: Program = {
  names: ['pkexec'],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^(?<user>[^:\s]+): Executing command \[USER=(?<USER>[^\]]*)\] \[TTY=(?<TTY>[^\]]*)\] \[CWD=(?<PWD>[^\]]*)\] \[COMMAND=(?<COMMAND>.*)\]/,
      ...runs.asOther,
    },
    {
      match:
        /^(?<user>[^:\s]+): (?:Error executing command as another user: )?(?<refused>[^[]{1,255}?) \[USER=(?<USER>[^\]]*)\] \[TTY=(?<TTY>[^\]]*)\] \[CWD=(?<PWD>[^\]]*)\] \[COMMAND=(?<COMMAND>.*)\]/,
      ...runs.refused,
    },
  ],
  ocsf: { 'process.cmd_line': 'COMMAND', 'process.user.name': 'USER' },
}

export const polkit: Program = {
  names: ['polkitd', 'polkit', 'polkit-agent-helper-1'],
  logsource: linux('auth'),
  phrases: [
    {
      match:
        /^Operator of unix-(?:session|process):(?<session>\S+) (?:FAILED to authenticate|failed to authenticate) to gain (?:\w+ )?authorization for action (?<action>\S+) for (?<requester>[^[]{1,128})(?:\[(?<command>[^\]]{0,1024})\])? \(owned by unix-user:(?<user>[^)]{1,64})\)/,
      ...logins.failed,
    },
    {
      match:
        /^Operator of unix-(?:session|process):(?<session>\S+) successfully authenticated as unix-user:(?<target_user>\S+) to gain \w+ authorization for action (?<action>\S+) for (?<requester>[^[]{1,128})(?:\[(?<command>[^\]]{0,1024})\])? \(owned by unix-user:(?<user>[^)]{1,64})\)/,
      ...logins.accepted,
    },
    {
      match: /^(?<state>Registered|Unregistered) Authentication Agent for unix-(?:session|process):(?<session>[^\s(]+)/,
      ...logins.opened,
      activity: 'authentication agent registered or gone',
    },
  ],
}
