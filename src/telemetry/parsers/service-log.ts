// Files that services write by themselves, each with a time of its own making in front; the line after it is read as in syslog.
import type { ParsedEvent } from '../types.ts'
import type { TextParser } from './parser.ts'
import { lineEvent, lineMapping } from './syslog/event.ts'
import { groupsOf } from './syslog/line.ts'
import { programs } from './syslog/programs.ts'
import { isoTime, usTime } from './times.ts'
import { hostOf, pidOf } from './values.ts'

const name = 'service-log'

/** Formats of all programs, each with the program's first name. */
const formats = [
  ...programs.flatMap(({ names: [program = ''], files = [] }) =>
    files.map(({ head, time, program: other }) => ({ program: other ?? program, head, time })),
  ),
  {
    program: 'nginx',
    head: /^(?<when>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) (?=\[(?:debug|info|notice|warn|error|crit|alert|emerg)\] \d{1,10}#)/,
    time: isoTime,
  },
  {
    program: 'suricata',
    head: /^(?<when>\d\d\/\d\d\/\d{4}-\d\d:\d\d:\d\d\.\d{6}) {1,2}(?=\[\*\*\] \[)/,
    time: usTime,
  },
]

function parse(text: string, received: number): ParsedEvent | undefined {
  for (const { program, head, time } of formats) {
    const found = head.exec(text)
    if (!found) continue
    const { when = '', pid, host, ...said } = groupsOf(found)
    const line = {
      program,
      host: hostOf(host),
      pid: pidOf(pid),
      time: time(String(when), received),
      text: text.slice(found[0].length),
      received,
    }
    const fields = { ...said, program, ...(pid === undefined ? {} : { pid }) }
    return lineEvent(name, line, fields, { severity: undefined })
  }
  return undefined
}

export const serviceLog: TextParser = {
  name,
  reads: 'text',
  does: 'reads the files that services write by themselves: databases, mail and name servers, FTP, VPN, Samba, fail2ban and more; the table of programs says which',
  recognises: 'the time as each of these programs writes it, and what must follow it',
  recognise: (text) => !text.startsWith('<') && formats.some(({ head }) => head.test(text)),
  parse,
  ocsf: ({ fields }) => lineMapping(fields['program']),
}
