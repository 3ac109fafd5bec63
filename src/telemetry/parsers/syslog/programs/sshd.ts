// OpenSSH's server: who came in, who was refused, who guessed.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Phrase, type Program } from '../line.ts'

const authentication = ocsfClass.authentication
const ssh = ocsfClass.sshActivity
const low = ocsfSeverity.low
// User names are whatever a client sent, spaces included: the last " from " is the server's own.
const from = '(?<user>.*) from (?<src_ip>\\S+) port (?<src_port>\\d+)'
const spot = '(?<src_ip>[0-9A-Fa-f:.]+) port (?<src_port>\\d+)'

const phrases: readonly Phrase[] = [
  {
    match: new RegExp(`^Accepted (?<method>\\S+) for ${from}(?: (?<protocol>ssh\\d))?(?:: (?<key>.*))?`),
    activity: 'login accepted',
    class_uid: authentication,
  },
  {
    match: new RegExp(
      `^(?:message repeated (?<repeated>\\d+) times: \\[ )?Failed (?<method>\\S+) for (?<invalid>invalid user )?${from}`,
    ),
    activity: 'login failed',
    class_uid: authentication,
    severity_id: low,
  },
  {
    match: /^(?:Invalid|Illegal) user (?<user>.*) from (?<src_ip>\S+)(?: port (?<src_port>\d+))?/,
    activity: 'login failed, unknown user',
    class_uid: authentication,
    severity_id: low,
  },
  {
    match: new RegExp(`^(?:error: )?maximum authentication attempts exceeded for (?<invalid>invalid user )?${from}`),
    activity: 'too many login attempts',
    class_uid: authentication,
    severity_id: ocsfSeverity.medium,
  },
  {
    match: new RegExp(
      `^(?:Connection (?:closed|reset) by|Disconnected from) (?<state>authenticating|invalid) user (?<user>.*) ${spot}`,
    ),
    activity: 'disconnected before login',
    class_uid: ssh,
  },
  {
    match: new RegExp(`^Disconnected from user (?<user>.*) ${spot}`),
    activity: 'logged off',
    class_uid: ssh,
  },
  {
    match: /^(?:Connection (?:closed|reset) by|Disconnected from) (?<src_ip>[0-9A-Fa-f:.]+)(?: port (?<src_port>\d+))?/,
    activity: 'disconnected',
    class_uid: ssh,
  },
  {
    match:
      /^(?:error: )?Received disconnect from (?<src_ip>[0-9A-Fa-f:.]+?)(?: port (?<src_port>\d+))?:? ?(?<reason>\d+: .*)/,
    activity: 'disconnected',
    class_uid: ssh,
  },
  {
    match:
      /^(?:error: )?(?:kex_exchange_identification|Did not receive identification string from|Bad protocol version identification '[^']*' from|banner exchange: Connection from) ?(?<src_ip>[0-9A-Fa-f:.]{3,})?(?: port (?<src_port>\d+))?/,
    activity: 'no SSH client at the other end',
    class_uid: ssh,
  },
  {
    match: /^Connection from (?<src_ip>\S+) port (?<src_port>\d+) on (?<dst_ip>\S+) port (?<dst_port>\d+)/,
    activity: 'connected',
    class_uid: ssh,
  },
  {
    match: /^(?:ROOT LOGIN REFUSED FROM|refused connect from \S+ \(|User (?<user>\S+) from) (?<src_ip>[0-9A-Fa-f:.]+)/,
    activity: 'login refused',
    class_uid: authentication,
    severity_id: low,
  },
  {
    match: /^Unable to negotiate with (?<src_ip>\S+) port (?<src_port>\d+)/,
    activity: 'no common algorithm',
    class_uid: ssh,
  },
  {
    match: /^PAM \d+ more authentication failures?;.* rhost=(?<src_ip>\S*)(?: +user=(?<user>\S+))?/,
    activity: 'login failed',
    class_uid: authentication,
    severity_id: low,
  },
  {
    match: /^reverse mapping checking getaddrinfo for \S+ \[(?<src_ip>[^\]\s]+)\] failed/,
    activity: 'name of client does not fit its address',
    class_uid: ssh,
  },
  {
    match: /^Server listening on (?<dst_ip>\S+) port (?<dst_port>\d+)/,
    activity: 'listening',
    class_uid: ssh,
  },
]

export const sshd: Program = { names: ['sshd', 'sshd-session', 'sshd-auth'], logsource: linux('sshd'), phrases }
