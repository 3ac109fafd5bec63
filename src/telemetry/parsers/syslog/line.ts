// A line that a program wrote to the system log, whatever brought it: and what a program's table says about its lines.
import { ocsfClass, type OcsfClass, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../types.ts'
import type { Entities, OpenFields } from '../parser.ts'
import { accountOf, addressOf, portOf } from '../values.ts'

/** One line with what its envelope says. */
export interface LogLine {
  readonly program: string
  readonly text: string
  readonly host: string | undefined
  readonly pid: number | undefined
  readonly time: number | undefined
  readonly received: number
}

/** What was found in a line, to be put beside what the envelope says. */
export interface Reading {
  readonly logsource: LogSource
  readonly class_uid: OcsfClass
  readonly activity: string
  readonly severity_id?: OcsfSeverity | undefined
  readonly detail?: string | undefined
  /** The line speaks for itself. */
  readonly said?: string | undefined
  readonly who: Entities
  readonly fields: OpenFields
}

/** One kind of line. Named groups become fields; those named like a column fill it. */
export interface Phrase {
  readonly match: RegExp
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly severity_id?: OcsfSeverity
}

/** The lines of one program, or of several that write alike. Only the first phrase that matches counts. */
export interface Program {
  /** Names as they stand in the log, lower case; `postfix` stands for `postfix/smtpd` too. */
  readonly names: readonly string[]
  readonly logsource: LogSource
  readonly phrases?: readonly Phrase[]
  /** For lines that patterns alone cannot read; nothing when it cannot either. */
  readonly read?: (line: LogLine) => Reading | undefined
}

/** What the columns are called as named groups. */
export function whoOf(groups: OpenFields): Entities {
  const text = (name: string): string | undefined => {
    const value = groups[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    user: accountOf(groups['user']),
    src_ip: addressOf(groups['src_ip']),
    src_port: portOf(groups['src_port']),
    dst_ip: addressOf(groups['dst_ip']),
    dst_port: portOf(groups['dst_port']),
    process: text('process'),
    command_line: text('COMMAND') ?? text('command'),
    file: text('file'),
  }
}

/** The named groups of a match that took part. */
export function groupsOf(match: RegExpExecArray): OpenFields {
  const fields: OpenFields = {}
  for (const [name, value] of Object.entries(match.groups ?? {})) if (value !== undefined) fields[name] = value
  return fields
}

/** Reads a line by a list of phrases. */
export function readPhrases(phrases: readonly Phrase[], text: string, logsource: LogSource): Reading | undefined {
  for (const { match, activity, class_uid, severity_id } of phrases) {
    const found = match.exec(text)
    if (!found) continue
    const fields = groupsOf(found)
    return { logsource, class_uid, activity, severity_id, said: text, who: whoOf(fields), fields }
  }
  return undefined
}

export const linux = (service: string, ...categories: string[]): LogSource => ({
  product: 'linux',
  service,
  categories,
})

/** Lines of PAM modules, which any program may write (pam_unix(sshd:session): …). */
export const pamPhrases: readonly Phrase[] = [
  {
    match:
      /^pam_\w+\((?<pam_service>[^)]{1,64})\): session opened for user (?<user>[^\s(]+)(?:\(uid=(?<uid>\d+)\))? by (?<by>[^\s(]*)/,
    activity: 'session opened',
    class_uid: ocsfClass.authentication,
  },
  {
    match: /^pam_\w+\((?<pam_service>[^)]{1,64})\): session closed for user (?<user>\S+)/,
    activity: 'session closed',
    class_uid: ocsfClass.authentication,
  },
  {
    match:
      /^(?:pam_\w+\((?<pam_service>[^)]{1,64})\): )?authentication failure; logname=(?<logname>\S*) uid=(?<uid>\d*) euid=(?<euid>\d*) tty=(?<tty>\S*) ruser=(?<ruser>\S*) rhost=(?<src_ip>\S*)(?: +user=(?<user>\S+))?/,
    activity: 'login failed',
    class_uid: ocsfClass.authentication,
    severity_id: 2,
  },
  {
    match: /^(?:pam_\w+\((?<pam_service>[^)]{1,64})\): )?check pass; user unknown/,
    activity: 'login failed, unknown user',
    class_uid: ocsfClass.authentication,
    severity_id: 2,
  },
  {
    match: /^session (?<state>opened|closed) for user (?<user>\S+)/,
    activity: 'session opened or closed',
    class_uid: ocsfClass.authentication,
  },
]
