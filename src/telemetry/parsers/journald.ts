// The systemd journal as `journalctl -o json` writes it: the line itself is read by its program, as in syslog.
import type { ParsedEvent } from '../types.ts'
import { flatten } from './flatten.ts'
import type { JsonObject, JsonParser } from './parser.ts'
import { lineEvent, lineMapping } from './syslog/event.ts'
import { anyTime } from './times.ts'
import { firstOf, hostOf, isObject, pidOf, textOf } from './values.ts'

const name = 'journald'

/** A message that is not UTF-8 comes as a list of bytes. */
function messageOf(value: unknown): string {
  if (!Array.isArray(value)) return textOf(value) ?? ''
  const bytes = value.filter((byte): byte is number => typeof byte === 'number')
  return Buffer.from(bytes).toString('utf8')
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const { MESSAGE, ...rest } = object
  const fields = flatten(rest)
  const host = hostOf(fields['_HOSTNAME'])
  const line = {
    time: anyTime(fields['_SOURCE_REALTIME_TIMESTAMP'] ?? fields['__REALTIME_TIMESTAMP']),
    host,
    program: firstOf(fields, ['SYSLOG_IDENTIFIER', '_COMM']) ?? '',
    pid: pidOf(fields['_PID'] ?? fields['SYSLOG_PID']),
    text: messageOf(MESSAGE),
    received,
  }
  const level = pidOf(fields['PRIORITY'])
  // _EXE and _CMDLINE are the journal's own word for who wrote the line; a command that the line speaks of comes before them.
  const who = { process: firstOf(fields, ['_EXE', '_COMM']) }
  return lineEvent(name, line, fields, { severity: level, who })
}

export const journald: JsonParser = {
  name,
  reads: 'json',
  does: "keeps the journal's fields and reads MESSAGE by its program, like syslog",
  recognises: '`__REALTIME_TIMESTAMP` (journalctl -o json)',
  recognise: (object) => object['__REALTIME_TIMESTAMP'] !== undefined && !isObject(object['__REALTIME_TIMESTAMP']),
  parse,
  ocsf: ({ fields }) => lineMapping(fields['SYSLOG_IDENTIFIER'] ?? fields['_COMM']),
}
