// Databases: which one was asked, and what.
import { type ClassRule, take } from './rule.ts'

/** The database by name, else the service that runs it. */
export const datastore: ClassRule = (input) => {
  const { draft, event } = input
  const name =
    take(input, ['database', 'datname', 'db', 'database_name']) ?? event.logsource.service ?? event.logsource.product
  draft.place('database.name', name ?? event.parser)
  draft.place('type_id', 1)
  draft.place('query_info.query_string', take(input, ['statement', 'sql', 'query', 'query_text']))
}
