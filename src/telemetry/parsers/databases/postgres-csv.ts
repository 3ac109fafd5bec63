// PostgreSQL's csvlog: the columns of its manual (runtime-config-logging), 23 to 26 of them by version.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import { postgresPhrases, postgresSeverity, postgresSource } from '../syslog/programs/postgres.ts'
import { stores } from '../syslog/acts.ts'
import { readPhrases } from '../syslog/line.ts'
import { isoTime } from '../times.ts'
import { accountOf, addressOf, portOf, textOf } from '../values.ts'
import { csvCells } from './csv-cells.ts'

const name = 'postgres-csv'
const columns = [
  'log_time', 'user_name', 'database_name', 'process_id', 'connection_from', 'session_id', 'session_line_num', 'command_tag', 'session_start_time',
  'virtual_transaction_id', 'transaction_id', 'error_severity', 'sql_state_code', 'message', 'detail', 'hint', 'internal_query', 'internal_query_pos',
  'context', 'query', 'query_pos', 'location', 'application_name', 'backend_type', 'leader_pid', 'query_id',
] // prettier-ignore
const head = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Z+\-\d]{2,6},/
const levels = /^(?:DEBUG\d?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)$/

/** `192.0.2.4:5512` or `[local]`. */
function client(text: string | undefined): { src_ip: string | undefined; src_port: number | undefined } {
  const at = text?.lastIndexOf(':') ?? -1
  return text === undefined || at < 0
    ? { src_ip: addressOf(text), src_port: undefined }
    : { src_ip: addressOf(text.slice(0, at)), src_port: portOf(text.slice(at + 1)) }
}

function whoOf(fields: OpenFields, said: Entities): Entities {
  const from = client(textOf(fields['connection_from']))
  return {
    user: said.user ?? accountOf(fields['user_name'] ?? fields['user']),
    src_ip: from.src_ip ?? addressOf(fields['remote_host']) ?? said.src_ip,
    src_port: from.src_port ?? portOf(fields['remote_port']) ?? said.src_port,
    process: 'postgres',
  }
}

/** The event of named columns, of csvlog or jsonlog. */
export function postgresEvent(parser: string, received: number, fields: OpenFields): ParsedEvent {
  const said = textOf(fields['message']) ?? ''
  const found = readPhrases(postgresPhrases, said, postgresSource)
  if (found) for (const [key, value] of Object.entries(found.fields)) fields[key] ??= value
  const who = whoOf(fields, found?.who ?? {})
  const act = found ?? stores.message
  return makeEvent(parser, received, who, {
    time: isoTime(textOf(fields['log_time'] ?? fields['timestamp']) ?? ''),
    logsource: postgresSource,
    class_uid: act.class_uid,
    activity_id: act.activity_id,
    activity: act.activity,
    outcome: found?.outcome,
    severity_id: found?.severity_id ?? postgresSeverity(fields['error_severity']),
    detail: said,
    fields,
  })
}

function parse(text: string, received: number): ParsedEvent | undefined {
  if (!head.test(text)) return undefined
  const cells = csvCells(text, 32)
  if (cells.length < 22 || !levels.test(cells[11] ?? '')) return undefined
  const fields: OpenFields = {}
  for (const [at, column] of columns.entries()) {
    const cell = cells[at]
    if (cell !== undefined && cell !== '') fields[column] = cell
  }
  return postgresEvent(name, received, fields)
}

export const postgresCsv: TextParser = {
  name,
  reads: 'text',
  does: "reads PostgreSQL's csvlog under the names of its columns",
  recognises: 'an ISO time with zone, then at least 22 columns with a level of PostgreSQL in the twelfth',
  recognise: (text) => head.test(text),
  parse,
  ocsf: ({ class_uid }) => ({
    'actor.user.name': 'user_name',
    'database.name': 'database_name',
    ...(class_uid === ocsfClass.datastoreActivity ? { 'query_info.query_string': ['statement', 'query'] } : {}),
    'actor.session.uid': 'session_id',
    status_code: 'sql_state_code',
  }),
}
