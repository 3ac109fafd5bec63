// Files that services write by themselves, each with a time of its own making in front; the line after it is read as in syslog.
import type { ParsedEvent } from '../types.ts'
import type { TextParser } from './parser.ts'
import { lineEvent } from './syslog/event.ts'
import { isoTime, namedMonthTime } from './times.ts'
import { pidOf } from './values.ts'

const name = 'service-log'

interface Format {
  readonly program: string
  /** What stands in front of the line; named groups: `when`, `pid`, `zone`. */
  readonly head: RegExp
  readonly time: (when: string) => number | undefined
}

/** `Mon Jun  8 12:08:44 2020` */
const longTime = (when: string): number | undefined => {
  const [, month = '', date = '', clock = '', year = ''] = when.split(/ +/)
  return namedMonthTime(`${date.padStart(2, '0')}-${month}-${year} ${clock}`)
}

const iso = '(?<when>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)'
const formats: readonly Format[] = [
  {
    program: 'postgres',
    head: new RegExp(
      `^${iso} (?:[A-Z]{3,5}|[+-]\\d{2}) \\[(?<pid>\\d{1,10})(?:-\\d{1,10})?\\]:? (?=.{0,200}?\\b(?:LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT): )`,
    ),
    time: isoTime,
  },
  {
    program: 'mysqld',
    head: new RegExp(`^${iso}Z (?<pid>\\d{1,10}) (?=\\[(?:Note|Warning|ERROR|System)\\])`),
    time: isoTime,
  },
  {
    program: 'named',
    head: /^(?<when>\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d{1,6})?) (?=(?:[\w-]{1,32}: ){0,3}client )/,
    time: namedMonthTime,
  },
  {
    program: 'vsftpd',
    head: /^(?<when>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) (?=\[pid (?<pid>\d{1,10})\])/,
    time: longTime,
  },
]

function parse(text: string, received: number): ParsedEvent | undefined {
  for (const { program, head, time } of formats) {
    const found = head.exec(text)
    if (!found) continue
    const { when = '', pid } = found.groups ?? {}
    const line = {
      program,
      host: undefined,
      pid: pidOf(pid),
      time: time(when),
      text: text.slice(found[0].length),
      received,
    }
    return lineEvent(name, line, { program }, { severity: undefined })
  }
  return undefined
}

export const serviceLog: TextParser = {
  name,
  reads: 'text',
  does: 'reads the log files of PostgreSQL, MySQL, BIND and vsftpd',
  recognises: 'the time as each of these programs writes it, and what must follow it',
  recognise: (text) => formats.some(({ head }) => head.test(text)),
  parse,
}
