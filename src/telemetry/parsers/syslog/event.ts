// From a program's line to an event, whichever envelope the line came in: syslog or the journal.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { auditEvent } from '../audit/audit.ts'
import { type Entities, makeEvent, type OcsfMapping, type OpenFields } from '../parser.ts'
import { processUid } from '../values.ts'
import { xmlEvent } from '../windows/xml.ts'
import { linux, type LogLine, type Reading, readPhrases } from './line.ts'
import { pamPhrases } from './pam.ts'
import { programOf } from './programs.ts'
import { severityOf } from './severity.ts'

const aboutAccounts = new Set<number>([ocsfClass.accountChange, ocsfClass.groupManagement])
/** Patterns see this much of a line; longer lines are kept whole in `message`. */
const longestRead = 16_384

function readingOf(line: LogLine): Reading {
  const program = programOf(line.program)
  const text = line.text.length > longestRead ? line.text.slice(0, longestRead) : line.text
  const logsource = program?.logsource ?? linux('syslog')
  return (
    program?.read?.({ ...line, text }) ??
    (program?.phrases && readPhrases(program.phrases, text, logsource)) ??
    readPhrases(pamPhrases, text, program?.logsource.product === 'linux' ? logsource : linux('auth')) ?? {
      logsource,
      class_uid: ocsfClass.base,
      activity: 'message',
      said: line.program === '' ? text : `${line.program}: ${text}`,
      who: {},
      fields: {},
    }
  )
}

/** The OCSF attributes that fields of a program's lines hold; the program is named by the envelope. */
export function lineMapping(program: unknown): OcsfMapping {
  const own = typeof program === 'string' ? programOf(program)?.ocsf : undefined
  if (!own) return anyLine
  let mapping = ofPrograms.get(own)
  if (!mapping) ofPrograms.set(own, (mapping = { ...anyLine, ...own }))
  return mapping
}
const anyLine: OcsfMapping = {
  'actor.process.name': ['program', 'SYSLOG_IDENTIFIER'],
  'actor.process.pid': ['pid', '_PID'],
}
const ofPrograms = new WeakMap<OcsfMapping, OcsfMapping>()

const kernelAudit = /^(?:\[ {0,10}\d{1,10}\.\d{1,9}\] {0,4})?audit: type=\d{4} audit\(/
/** What programs send that is a whole record of another kind. */
function embedded(line: LogLine): ParsedEvent | undefined {
  if (line.text.startsWith('<Event')) return xmlEvent(line.text, line.received)
  if (line.text.startsWith('type=') || line.text.startsWith('node='))
    return auditEvent(line.text, line.received, line.host)
  // The kernel's own word for an event, when no audit daemon took it.
  if (line.program === 'kernel' && kernelAudit.test(line.text) && !line.text.includes('apparmor='))
    return auditEvent(line.text.slice(line.text.indexOf('type=')), line.received, line.host)
  return line.program === 'audit'
    ? auditEvent(line.text.replace(/^.*?(?=type=)/, ''), line.received, line.host)
    : undefined
}

/** The event of a line. `envelope` holds the fields that syslog or the journal adds; a line's own fields come before them. */
export function lineEvent(
  parser: string,
  line: LogLine,
  envelope: OpenFields,
  known: { readonly severity: number | undefined; readonly who?: Entities },
): ParsedEvent {
  const inside = embedded(line)
  if (inside) return inside
  const reading = readingOf(line)
  const { who } = reading
  const named = who.target_user === undefined && aboutAccounts.has(reading.class_uid)
  const name = line.program.replace(/\(.*$/, '')
  const entities: Entities = {
    ...who,
    host: line.host,
    user: who.user ?? known.who?.user,
    // Tools that change accounts say whose, seldom who asked.
    target_user: named ? who.user : who.target_user,
    process: who.process ?? known.who?.process ?? (name === '' ? undefined : name),
    process_uid: processUid(line.host, line.pid),
    command_line: who.command_line ?? known.who?.command_line,
  }
  return makeEvent(parser, line.received, entities, {
    time: line.time,
    logsource: reading.logsource,
    class_uid: reading.class_uid,
    activity: reading.activity,
    activity_id: reading.activity_id,
    outcome: reading.outcome,
    severity_id: reading.severity_id ?? severityOf(known.severity),
    detail: reading.detail,
    said: reading.said,
    fields: Object.assign(envelope, reading.fields, { message: line.text }),
  })
}
