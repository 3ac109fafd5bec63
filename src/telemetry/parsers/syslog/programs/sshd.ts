// OpenSSH's server: who came in, who was refused, who guessed; and its file transfers (sftp-server).
import { ocsfClass } from '#standards'
import { files, logins, network } from '../acts.ts'
import { linux, type Phrase, type Program } from '../line.ts'

const ssh = ocsfClass.sshActivity
// User names are whatever a client sent, spaces included: the last " from " is the server's own.
const from = '(?<user>.*) from (?<src_ip>\\S+) port (?<src_port>\\d+)'
const address = '(?<src_ip>[0-9A-Fa-f:.]+)'
const spot = `${address} port (?<src_port>\\d+)`
const on = (match: RegExp | string, act: Omit<Phrase, 'match'>): Phrase => ({
  match: typeof match === 'string' ? new RegExp(match) : match,
  ...act,
})
const sshNote = (activity: string): Omit<Phrase, 'match'> => ({ activity, class_uid: ssh, activity_id: 99 })

const comingIn: readonly Phrase[] = [
  on(
    `^Accepted (?<method>\\S+) for ${from}(?: (?<protocol>ssh\\d))?(?:: (?<key_type>[\\w-]{1,64}) (?<key>\\S.*))?`,
    logins.accepted,
  ),
  on(`^Partial (?<method>\\S+) for ${from}`, { ...logins.accepted, activity: 'first factor accepted' }),
  on(
    `^(?:message repeated (?<repeated>\\d+) times: \\[ )?Failed (?<method>\\S+) for (?<invalid>(?:invalid|illegal) user )?${from}(?: (?<protocol>ssh\\d))?`,
    logins.failed,
  ),
  on(/^(?:Invalid|Illegal) user (?<user>.*) from (?<src_ip>\S+)(?: port (?<src_port>\d+))?/, logins.unknownUser),
  on(/^input_userauth_request: (?:invalid|illegal) user (?<user>.*?)(?: \[preauth\])?$/, logins.unknownUser),
  on(
    /^(?:error|fatal): PAM: (?<reason>.{1,255}?) for (?:(?<invalid>illegal|invalid) user )?(?<user>\S*) from (?:(?<src_ip>[0-9A-Fa-f:.]+(?!\S))|(?<src_host>\S+))(?: via (?<dst_ip>\S+))?/,
    logins.failed,
  ),
  on(
    /^error: Could not (?:get shadow information|load host key|open authorized keys)(?: for (?<user>\S+)| '?(?<file>\/\S+?)'?:)?/,
    sshNote('server complains'),
  ),
  on(`^(?:error: )?maximum authentication attempts exceeded for (?<invalid>invalid user )?${from}`, logins.tooMany),
  on(
    `^(?:error: )?Disconnecting(?: (?<state>authenticating|invalid) user (?<user>\\S*) ${spot})?: (?<reason>Too many authentication failures.*)`,
    logins.tooMany,
  ),
  on(
    /^(?:User|Login) (?<user>\S+) from (?:(?<src_ip>[0-9A-Fa-f:.]{3,45}(?!\S))|(?<src_host>\S+)) not allowed because (?<reason>.*)/,
    logins.refused,
  ),
  on(/^(?:User|Account) (?<user>\S+) (?:not allowed because|password has expired|has expired)/, logins.refused),
  on(/^Authentication refused: (?<reason>.*)/, logins.refused),
  on(
    /^(?:ROOT LOGIN REFUSED FROM|refused connect from \S+ \(|User (?<user>\S+) from) (?<src_ip>[0-9A-Fa-f:.]+)(?: port (?<src_port>\d+))?/,
    logins.refused,
  ),
  on(/^refused connect from (?:(?<src_host>[^\s(]+) \()?(?<src_ip>[0-9A-Fa-f:.]+)\)?/, logins.refused),
  on(/^PAM \d+ more authentication failures?;.* rhost=(?<src_ip>\S*)(?: +user=(?<user>\S+))?/, logins.failed),
  on(`^Postponed (?<method>\\S+) for (?<invalid>invalid user )?${from}`, sshNote('login goes on')),
  on(
    /^(?:Accepted key|Found matching) (?<key_type>\S+)(?: key:?)? (?<key>\S+)(?: found at (?<file>[^:\s]+))?/,
    sshNote('key found'),
  ),
  on(/^(?:Certificate invalid|error: .*certificate.*): ?(?<reason>.*)/i, logins.refused),
]

const goingOut: readonly Phrase[] = [
  on(
    `^(?:Connection (?:closed|reset) by|Disconnected from|Connection (?:closed|reset) by remote host) (?<state>authenticating|invalid) user (?<user>.*) ${spot}`,
    { ...network.sshEnded, activity: 'disconnected before login', outcome: 'failure' },
  ),
  on(`^(?:error: )?Disconnecting (?<state>authenticating|invalid) user (?<user>.*) ${spot}: (?<reason>.*)`, {
    ...network.sshEnded,
    activity: 'disconnected before login',
    outcome: 'failure',
  }),
  on(
    /^(?:error: )?Disconnecting(?: (?<src_ip>[0-9A-Fa-f:.]{3,45}))?(?: port (?<src_port>\d+))?: (?<reason>.*)/,
    network.sshEnded,
  ),
  on(`^Disconnected from user (?<user>.*) ${spot}`, { ...network.sshEnded, activity: 'logged off' }),
  on(
    `^(?:Connection (?:closed|reset) by|Disconnected from|Closing connection to) ${address}(?: port (?<src_port>\\d+))?`,
    network.sshEnded,
  ),
  on(
    `^(?:error: )?Received disconnect from ${address.replace(']+', ']+?')}(?: port (?<src_port>\\d+))?: ?(?<reason>\\d+: .*)`,
    network.sshEnded,
  ),
  on(
    /^(?:error: )?Received disconnect from (?:(?<src_ip>[0-9A-Fa-f:.]{3,45})|(?<src_host>[^\s:]+))(?: port (?<src_port>\d+))?:? ?(?<reason>.*)/,
    network.sshEnded,
  ),
  on(
    /^(?:fatal: )?(?:Timeout before authentication for|Read from remote host|ssh_dispatch_run_fatal: Connection (?:from|to)|Connection reset by|Timeout, client not responding from)(?: user (?<user>\S+))? (?:connection from )?(?<src_ip>[0-9A-Fa-f:.]+?)(?::| |$)(?:port (?<src_port>\d+))?/,
    network.sshEnded,
  ),
  on(/^Close session: user (?<user>\S+) from (?<src_ip>\S+) port (?<src_port>\d+)/, logins.closed),
  on(/^Transferred: sent (?<sent>\d+), received (?<received>\d+) bytes/, sshNote('bytes transferred')),
]

const connecting: readonly Phrase[] = [
  on(
    /^(?:error: )?Bad protocol version identification '(?<said>.{0,512})' from (?<src_ip>[0-9A-Fa-f:.]{3,45})(?: port (?<src_port>\d+))?/,
    network.sshFailed,
  ),
  on(
    /^(?:error: )?(?:kex_exchange_identification|Did not receive identification string from|banner exchange: Connection from) ?(?<src_ip>[0-9A-Fa-f:.]{3,45})?(?: port (?<src_port>\d+))?/,
    network.sshFailed,
  ),
  on(
    /^(?:fatal: )?Unable to negotiate with (?<src_ip>\S+?)(?: port (?<src_port>\d+))?: (?<reason>.*?)(?:\. Their offer: (?<offer>\S+))?(?: \[preauth\])?$/,
    { ...sshNote('no common algorithm'), activity_id: 4, outcome: 'failure' },
  ),
  on(/^Connection from (?<src_ip>\S+) port (?<src_port>\d+) on (?<dst_ip>\S+) port (?<dst_port>\d+)/, network.ssh),
  on(/^Connection from (?<src_ip>\S+) port (?<src_port>\d+)/, network.ssh),
  on(
    /^(?:srclimit_penalise: ipv[46]: new|drop connection #\d+ from|refusing connection from|Dropping connection from) \[?(?<src_ip>[0-9A-Fa-f:.]+)\]?(?:\/\d+)?(?::(?<src_port>\d+))?/,
    { ...network.refused, class_uid: ssh },
  ),
  on(
    /^reverse mapping checking getaddrinfo for (?<src_host>\S+) \[(?<src_ip>[^\]\s]+)\] failed/,
    sshNote('name of client does not fit its address'),
  ),
  on(
    /^Address (?<src_ip>\S+) maps to (?<src_host>[^\s,]+), but this does not map back/,
    sshNote('name of client does not fit its address'),
  ),
  on(
    /^Nasty PTR record "(?<src_host>[^"]{0,255})" is set up for (?<src_ip>[^,\s]+)/,
    sshNote('name of client does not fit its address'),
  ),
  on(/^Server listening on (?<dst_ip>\S+) port (?<dst_port>\d+)/, { ...network.listening, class_uid: ssh }),
]

const session: readonly Phrase[] = [
  on(
    /^Starting session: (?<what>shell|command|subsystem|forced-command)(?: '(?<subsystem>[^']{0,255})')?(?: \([^)]{0,64}\))?(?: '(?<command>[^']{0,4096})')?(?: on (?<tty>\S+))? for (?<user>\S+) from (?<src_ip>\S+) port (?<src_port>\d+)/,
    { ...logins.opened, activity: 'SSH session started' },
  ),
  on(/^subsystem request for (?<subsystem>\S+)(?: by user (?<user>\S+))?/, sshNote('subsystem asked for')),
  on(/^User child is on pid (?<child>\d+)/, sshNote('session goes on in a child')),
  on(/^session (?<state>opened|closed) for local user (?<user>\S+) from \[(?<src_ip>[^\]\s]+)\]/, {
    ...logins.opened,
    activity: 'SFTP session opened or closed',
  }),
  on(/^opendir "(?<file>[^"]{0,4096})"/, files.opened),
  on(/^open "(?<file>[^"]{0,4096})" flags (?<flags>\S+)/, files.opened),
  on(/^close "(?<file>[^"]{0,4096})" bytes read (?<bytes_read>\d+) written (?<bytes_written>0)\b/, files.read),
  on(/^close "(?<file>[^"]{0,4096})" bytes read (?<bytes_read>\d+) written (?<bytes_written>\d+)/, files.written),
  on(/^(?:remove name|rmdir name|unlink) "(?<file>[^"]{0,4096})"/, files.deleted),
  on(/^(?:posix-)?rename old "(?<old>[^"]{0,4096})" new "(?<file>[^"]{0,4096})"/, files.renamed),
  on(/^mkdir name "(?<file>[^"]{0,4096})"/, files.created),
  on(/^(?:set|fsetstat|setstat) "(?<file>[^"]{0,4096})"/, files.attributes),
]

export const sshd: Program = {
  names: ['sshd', 'sshd-session', 'sshd-auth', 'sftp-server', 'internal-sftp', 'in.sshd'],
  logsource: linux('sshd'),
  phrases: [...comingIn, ...goingOut, ...connecting, ...session],
  ocsf: { auth_protocol: 'method', status_detail: 'reason', 'file.path': 'file' },
}

/** Dropbear, the small SSH server of routers and storage boxes. */
export const dropbear: Program = {
  names: ['dropbear'],
  logsource: linux('sshd'),
  phrases: [
    on(
      /^(?:Password|Pubkey|PAM password) auth succeeded for '(?<user>[^']{0,255})'(?: with (?<key_type>\S+) key (?<key>\S+))? from \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)$/,
      logins.accepted,
    ),
    on(
      /^[Bb]ad (?:PAM )?password attempt for '(?<user>[^']{0,255})' from \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)$/,
      logins.failed,
    ),
    on(
      /^[Ll]ogin attempt for nonexistent user(?: '(?<user>[^']{0,255})')? from \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)$/,
      logins.unknownUser,
    ),
    on(
      /^[Ee]xit before auth.{0,512}: Max auth tries reached - user '(?<user>[^']{0,255})' from \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)/,
      logins.tooMany,
    ),
    on(/^[Ee]xit before auth from <\[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)>/, network.sshEnded),
    on(/^[Ee]xit \((?<user>[^)]{0,255})\)(?: from <\[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)>)?/, {
      ...network.sshEnded,
      activity: 'logged off',
    }),
    on(/^Child connection from \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+)$/, network.ssh),
  ],
}
