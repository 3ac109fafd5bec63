// PostgreSQL's jsonlog (from version 15): one object a line.
import { flatten } from '../flatten.ts'
import type { JsonParser } from '../parser.ts'
import { postgresEvent } from './postgres-csv.ts'

const name = 'postgres-json'

export const postgresJson: JsonParser = {
  name,
  reads: 'json',
  does: "reads PostgreSQL's jsonlog",
  recognises: '`error_severity` with `session_id` or `backend_type`',
  recognise: (object) =>
    typeof object['error_severity'] === 'string' &&
    (object['backend_type'] !== undefined || object['session_id'] !== undefined),
  parse: (object, received) => postgresEvent(name, received, flatten(object)),
  ocsf: () => ({
    'actor.user.name': 'user',
    'database.name': 'dbname',
    'query_info.query_string': 'statement',
    'actor.session.uid': 'session_id',
    status_code: 'state_code',
  }),
}
