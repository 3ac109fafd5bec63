// Syslog in all the forms it is met in: RFC 5424, RFC 3164, rsyslog's files with ISO times, with or without priority.
import type { ParsedEvent } from '../../types.ts'
import { type OpenFields, type TextParser } from '../parser.ts'
import { bsdTime, isoTime } from '../times.ts'
import { hostOf, pidOf, textOf } from '../values.ts'
import { lineEvent, lineMapping } from './event.ts'

const name = 'syslog'

/** The parts of an envelope. */
interface Envelope {
  readonly time: number | undefined
  readonly host: string | undefined
  readonly program: string
  readonly pid: number | undefined
  readonly text: string
  readonly fields: OpenFields
}

const priority = /^<(\d{1,3})>/
const facilities = [
  'kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'audit',
  'alert', 'clock', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7',
] // prettier-ignore
const levels = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

const structured = /^1 (\S{1,64}) (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,64}) /

/** End of the structured data (RFC 5424, 6.3) that begins at `at`; its parameters become `id.name` fields. */
function readData(text: string, at: number, fields: OpenFields): number {
  if (text[at] === '-') return at + 1
  const element = /\[([^\s\]="]{1,64})/y
  const parameter = / ([^\s\]="]{1,64})="((?:[^"\\]|\\.)*)"/y
  let from = at
  for (;;) {
    element.lastIndex = from
    const opened = element.exec(text)
    if (!opened) return from
    parameter.lastIndex = element.lastIndex
    let end = element.lastIndex
    for (let found = parameter.exec(text); found; found = parameter.exec(text)) {
      fields[`${opened[1]}.${found[1]}`] = (found[2] ?? '').replace(/\\(["\\\]])/g, '$1')
      end = parameter.lastIndex
    }
    if (text[end] !== ']') return from
    from = end + 1
  }
}

/** RFC 5424, after the priority. */
function modern(text: string): Envelope | undefined {
  const found = structured.exec(text)
  if (!found) return undefined
  const [all, when = '', host, program, pid, id] = found
  const fields: OpenFields = {}
  const end = readData(text, all.length, fields)
  const messageId = textOf(id)
  if (messageId !== undefined) fields['msgid'] = messageId
  const message = text.slice(text[end] === ' ' ? end + 1 : end)
  const numeric = pidOf(pid)
  return {
    time: isoTime(when),
    host: hostOf(host),
    program: textOf(program) ?? '',
    pid: numeric,
    text: message.startsWith('\ufeff') ? message.slice(1) : message,
    fields,
  }
}

const bsd = /^[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: \d{4})? /
const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? /
const hostWord = /^(\S{1,255}) /
const notHost =
  /^(?:[^\w:]|(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|severe|crit(?:ical)?|fatal|alert|emerg)\b)/i
const tag = /^(?: ?-- )?([^\s:[\]]{1,128}(?: \d[\w.]{1,16})?)(?:\[(\d{1,10})\])?: ?/

/** A date in ISO form begins many kinds of line: without a program after the host, or with a level in its place, it is another's. */
const isOthers = ({ spaced, tagged, host }: { spaced: boolean; tagged: boolean; host: string }): boolean =>
  (!tagged && spaced) || notHost.test(host)

/** What a tag says, and the text after it. */
const tagOf = (tagged: RegExpExecArray | null, rest: string): Pick<Envelope, 'program' | 'pid' | 'text'> => ({
  program: tagged?.[1] ?? '',
  pid: pidOf(tagged?.[2]),
  text: tagged ? rest.slice(tagged[0].length) : rest,
})

/** RFC 3164 and its relatives: time, host, `program[pid]: text`. */
function old(text: string, received: number): Envelope | undefined {
  const dated = bsd.exec(text) ?? iso.exec(text)
  if (!dated) return undefined
  const when = dated[0]
  const time = /^\d/.test(when) ? isoTime(when.trimEnd()) : bsdTime(when, received)
  const afterTime = text.slice(when.length)
  // Some devices leave the host out and begin with the program.
  const [all = '', host = ''] = hostWord.exec(afterTime) ?? []
  const hostless = host === '' || host.endsWith(':')
  const rest = hostless ? afterTime : afterTime.slice(all.length)
  const tagged = tag.exec(rest)
  if (iso.test(text) && isOthers({ spaced: when[10] === ' ', tagged: tagged !== null, host })) return undefined
  return {
    time,
    host: hostless ? undefined : hostOf(host),
    ...tagOf(tagged, rest),
    fields: {},
  }
}

/** A priority and nothing more that is known: the text alone. */
const bare = (text: string): Envelope => {
  const tagged = tag.exec(text)
  return {
    time: undefined,
    host: undefined,
    ...tagOf(tagged, text),
    fields: {},
  }
}

/** Fields of the envelope, beside those of the line. */
function envelopeFields({ fields, host, program, pid }: Envelope, value: number | undefined): OpenFields {
  if (value !== undefined) {
    fields['facility'] = facilities[value >> 3] ?? ''
    fields['severity'] = levels[value & 7] ?? ''
  }
  if (host !== undefined) fields['host'] = host
  if (program !== '') fields['program'] = program
  if (pid !== undefined) fields['pid'] = pid
  return fields
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const given = priority.exec(text)
  const rest = given ? text.slice(given[0].length) : text
  const envelope = (given ? modern(rest) : undefined) ?? old(rest, received) ?? (given ? bare(rest) : undefined)
  if (!envelope) return undefined
  const value = given && Number(given[1]) < 192 ? Number(given[1]) : undefined
  const { time, host, program, pid, text: said } = envelope
  const fields = envelopeFields(envelope, value)
  const line = { time, host, program, pid, text: said, received }
  return lineEvent(name, line, fields, { severity: value === undefined ? undefined : value & 7 })
}

export const syslog: TextParser = {
  name,
  reads: 'text',
  does: 'reads the envelope, then the line by its program: sshd, sudo, su, cron, systemd, postgres, nginx, netfilter, postfix and more',
  recognises:
    '`<PRI>` in front (RFC 5424, RFC 3164), or a line that begins with `Mar  2 14:01:02 host` or an ISO time and host',
  recognise: (text) => priority.test(text) || bsd.test(text) || iso.test(text),
  parse,
  ocsf: ({ fields }) => lineMapping(fields['program']),
}
