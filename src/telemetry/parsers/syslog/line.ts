// A line that a program wrote to the system log, whatever brought it: and what a program's table says about its lines.
import type { OcsfClass, OcsfSeverity } from '#standards'
import type { LogSource } from '../../types.ts'
import type { Entities, OcsfMapping, OpenFields } from '../parser.ts'
import { accountOf, addressOf, hostOf, portOf } from '../values.ts'

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
  readonly activity_id?: number | undefined
  readonly outcome?: 'success' | 'failure' | undefined
  readonly severity_id?: OcsfSeverity | undefined
  readonly detail?: string | undefined
  /** The line speaks for itself. */
  readonly said?: string | undefined
  readonly who: Entities
  readonly fields: OpenFields
}

/** What is said of a kind of line: what was done, its OCSF class and activity, whether it came about. */
export interface Act {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly activity_id?: number
  readonly outcome?: 'success' | 'failure'
  readonly severity_id?: OcsfSeverity
}
/** One kind of line. Named groups become fields; those named like a column fill it. */
export interface Phrase extends Act {
  readonly match: RegExp
}

/** How a program begins the lines of a file that it writes by itself. Groups of `head`: `when`, `pid`, `host`; others become fields. */
export interface FileFormat {
  readonly head: RegExp
  /** Where the file is not of the program's first name. */
  readonly program?: string
  readonly time: (when: string, received: number) => number | undefined
}

/** The lines of one program, or of several that write alike. Only the first phrase that matches counts. */
export interface Program {
  /** Names as they stand in the log, lower case; `postfix` stands for `postfix/smtpd` too. */
  readonly names: readonly string[]
  readonly logsource: LogSource
  readonly phrases?: readonly Phrase[]
  /** For lines that patterns alone cannot read, asked before the phrases; nothing when it cannot either. */
  readonly read?: (line: LogLine) => Reading | undefined
  /** The program's own files, where they do not look like syslog. */
  readonly files?: readonly FileFormat[]
  /** OCSF attributes that the program's fields hold. */
  readonly ocsf?: OcsfMapping
}

/** What the columns are called as named groups. */
export function whoOf(groups: OpenFields): Entities {
  const text = (name: string): string | undefined => {
    const value = groups[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    user: accountOf(groups['user']),
    target_user: accountOf(groups['target_user']),
    src_ip: addressOf(groups['src_ip']),
    src_port: portOf(groups['src_port']),
    src_host: hostOf(groups['src_host']),
    dst_ip: addressOf(groups['dst_ip']),
    dst_port: portOf(groups['dst_port']),
    dst_host: hostOf(groups['dst_host']),
    domain: hostOf(groups['domain'])?.toLowerCase(),
    url: text('url'),
    process: text('process'),
    parent_process: text('parent_process'),
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
  for (const phrase of phrases) {
    const found = phrase.match.exec(text)
    if (!found) continue
    const fields = groupsOf(found)
    const { class_uid, activity, activity_id, outcome, severity_id } = phrase
    return {
      logsource,
      class_uid,
      activity,
      activity_id,
      outcome,
      severity_id,
      said: text,
      who: whoOf(fields),
      fields,
    }
  }
  return undefined
}

export const linux = (service: string, ...categories: string[]): LogSource => ({
  product: 'linux',
  service,
  categories,
})
