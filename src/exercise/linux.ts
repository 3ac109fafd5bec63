// Syslog lines of Linux servers: RFC 5424 with milliseconds for most, RFC 3164 for web servers and firewalls.
import { bsdOf, commonOf, isoOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { Machine } from './machines.ts'
import type { Emit } from './types.ts'

export const linuxSource = 'fernhill-linux'
export const webSource = 'fernhill-web'
export const firewallSource = 'fernhill-firewall'

const facilities = {
  kern: 0,
  user: 1,
  mail: 2,
  daemon: 3,
  auth: 4,
  cron: 9,
  authpriv: 10,
  local0: 16,
  local7: 23,
} as const
const severities = { err: 3, warning: 4, notice: 5, info: 6 } as const
export type Facility = keyof typeof facilities

export interface Line {
  readonly program: string
  readonly pid?: number
  readonly text: string
  readonly facility?: Facility
  readonly severity?: keyof typeof severities
}

const priority = (line: Line): number => facilities[line.facility ?? 'daemon'] * 8 + severities[line.severity ?? 'info']

/** `<38>1 2026-03-02T14:01:02.123Z app01 sshd 812 - - text` (RFC 5424). */
export const syslog = (emit: Emit, machine: Machine, time: number, line: Line): void =>
  emit(
    time,
    linuxSource,
    `<${priority(line)}>1 ${isoOf(time)} ${machine.name} ${line.program} ${line.pid ?? '-'} - - ${line.text}`,
  )

/** A kernel line of a firewall (RFC 3164). */
export const kernelLine = (emit: Emit, machine: Machine, time: number, text: string): void =>
  emit(time, firewallSource, `<4>${bsdOf(time)} ${machine.name} kernel: ${text}`)

export interface WebRequest {
  readonly from: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly bytes: number
  readonly agent: string
  readonly referer?: string
}

/** A request in the combined log format, sent by nginx to syslog (RFC 3164). */
export const webLine = (emit: Emit, machine: Machine, time: number, r: WebRequest): void =>
  emit(
    time,
    webSource,
    `<190>${bsdOf(time)} ${machine.name} nginx: ${r.from} - - [${commonOf(time)}] "${r.method} ${r.path} HTTP/1.1" ` +
      `${r.status} ${r.bytes} "${r.referer ?? '-'}" "${r.agent}"`,
  )

/** Someone came in by SSH with a key. Returns the pid of the session. */
export function sshIn(
  emit: Emit,
  machine: Machine,
  time: number,
  who: { user: string; from: string; dice: Dice; uid?: number },
): number {
  const pid = who.dice.between(1200, 64_000)
  const key = `ED25519 SHA256:${keyOf(who.user)}`
  const say = (after: number, text: string) =>
    syslog(emit, machine, time + after, { program: 'sshd', pid, text, facility: 'auth' })
  say(0, `Accepted publickey for ${who.user} from ${who.from} port ${who.dice.between(32_800, 60_900)} ssh2: ${key}`)
  say(9, `pam_unix(sshd:session): session opened for user ${who.user}(uid=${who.uid ?? 2000}) by ${who.user}(uid=0)`)
  syslog(emit, machine, time + 31, {
    program: 'systemd-logind',
    pid: 644,
    text: `New session ${who.dice.between(100, 9900)} of user ${who.user}.`,
    facility: 'auth',
  })
  return pid
}

/** The session ended. */
export const sshOut = (emit: Emit, machine: Machine, time: number, who: { user: string; pid: number }): void =>
  syslog(emit, machine, time, {
    program: 'sshd',
    pid: who.pid,
    text: `pam_unix(sshd:session): session closed for user ${who.user}`,
    facility: 'auth',
  })

/** A user's key always has the same print. */
function keyOf(user: string): string {
  let text = ''
  for (let i = 0; text.length < 43; i++)
    text += alphabet[(user.charCodeAt(i % user.length) * 31 + i * i * 7) % 64] ?? 'A'
  return text
}
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export interface Sudo {
  readonly user: string
  readonly as?: string
  readonly directory: string
  readonly command: string
  readonly terminal?: string
}

/** A command run through sudo. */
export function sudo(emit: Emit, machine: Machine, time: number, what: Sudo): void {
  const text =
    `${what.user.padStart(8)} : TTY=${what.terminal ?? 'pts/0'} ; PWD=${what.directory} ; ` +
    `USER=${what.as ?? 'root'} ; COMMAND=${what.command}`
  syslog(emit, machine, time, { program: 'sudo', text, facility: 'authpriv', severity: 'notice' })
  syslog(emit, machine, time + 4, {
    program: 'sudo',
    text: `pam_unix(sudo:session): session opened for user ${what.as ?? 'root'}(uid=0) by ${what.user}(uid=2000)`,
    facility: 'authpriv',
  })
}

/** A command that the rules of sudo do not give to this user. */
export const sudoRefused = (
  emit: Emit,
  machine: Machine,
  time: number,
  what: { user: string; command: string },
): void =>
  syslog(emit, machine, time, {
    program: 'sudo',
    text: `${what.user.padStart(8)} : command not allowed ; TTY=pts/2 ; PWD=/home/${what.user} ; USER=root ; COMMAND=${what.command}`,
    facility: 'authpriv',
    severity: 'warning',
  })

/** A statement or a session as PostgreSQL logs it, with the prefix `user=,db=,app=,client=`. */
export const databaseLine = (
  emit: Emit,
  machine: Machine,
  time: number,
  line: { pid: number; user: string; database: string; application: string; client: string; text: string },
): void =>
  syslog(emit, machine, time, {
    program: 'postgres',
    pid: line.pid,
    text: `user=${line.user},db=${line.database},app=${line.application},client=${line.client} LOG:  ${line.text}`,
    facility: 'local0',
  })
