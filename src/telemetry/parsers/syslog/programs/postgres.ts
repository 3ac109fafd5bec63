// PostgreSQL: sessions and statements, with the log prefix that names user, database, application and client.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../../types.ts'
import type { OpenFields } from '../../parser.ts'
import { groupsOf, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

const logsource: LogSource = { product: 'postgresql', categories: ['database'] }
const { datastoreActivity, authentication } = ocsfClass

/** `user=portal,db=portal,app=portal-api,client=10.40.2.11 LOG:  …` or `portal@portal LOG:  …`, in front of every line. */
const prefix =
  /^(?:\[[\d-]+\] *)?(?:user=(?<user>[^,\s]{0,63}),db=(?<db>[^,\s]{0,63})(?:,app=(?<app>[^,]{0,64}))?(?:,client=(?<client>\S{0,64}))? {1,4}|(?:(?<from>[\w.:]{2,45}) )?(?<user2>[\w.$-]{1,63})@(?<db2>[\w.$-]{1,63}) {1,4})?(?<level>LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT|QUERY|INFO|DEBUG\d?): +/

const phrases: readonly Phrase[] = [
  {
    match:
      /^connection authorized: user=(?<user>\S+)(?: database=(?<database>\S+))?(?: application_name=(?<application_name>\S+))?/,
    activity: 'database session opened',
    class_uid: authentication,
  },
  {
    match: /^connection received: host=(?<src_ip>\S+)(?: port=(?<src_port>\d+))?/,
    activity: 'database connection',
    class_uid: datastoreActivity,
  },
  {
    match: /^connection authenticated: identity="(?<identity>[^"]*)" method=(?<method>\S+)/,
    activity: 'database login accepted',
    class_uid: authentication,
  },
  {
    match:
      /^disconnection: session time: (?<session_time>\S+) user=(?<user>\S+) database=(?<database>\S+) host=(?<src_ip>\S+)(?: port=(?<src_port>\d+))?/,
    activity: 'database session closed',
    class_uid: authentication,
  },
  {
    match: /^(?:duration: (?<duration_ms>[\d.]+) ms +)?(?:statement|execute [^:]{0,64}): (?<statement>.*)/s,
    activity: 'database statement',
    class_uid: datastoreActivity,
  },
  {
    match: /^(?:password|[\w-]+) authentication failed for user "(?<user>[^"]*)"/,
    activity: 'database login failed',
    class_uid: authentication,
    severity_id: ocsfSeverity.low,
  },
  {
    match: /^no pg_hba\.conf entry for (?:replication connection from )?host "(?<src_ip>[^"]*)", user "(?<user>[^"]*)"/,
    activity: 'database login refused',
    class_uid: authentication,
    severity_id: ocsfSeverity.low,
  },
]

const severities: Readonly<Record<string, OcsfSeverity>> = {
  PANIC: ocsfSeverity.critical,
  FATAL: ocsfSeverity.low,
  ERROR: ocsfSeverity.low,
}

/** What the prefix says: user, database, application, client address, level. */
function prefixFields(match: RegExpExecArray): OpenFields {
  const { user2, db2, from, ...fields } = groupsOf(match)
  const client = fields['client'] ?? from
  if (user2 !== undefined && db2 !== undefined) Object.assign(fields, { user: user2, db: db2 })
  if (typeof client === 'string') fields['src_ip'] = client.replace(/\(\d+\)$/, '')
  return fields
}

function read({ text }: LogLine): Reading | undefined {
  const before = prefix.exec(text)
  if (!before) return undefined
  const detail = text.slice(before[0].length)
  const found = readPhrases(phrases, detail, logsource)
  const fields = Object.assign(prefixFields(before), found?.fields)
  return {
    logsource,
    class_uid: found?.class_uid ?? datastoreActivity,
    activity: found?.activity ?? 'database message',
    severity_id: found?.severity_id ?? severities[String(fields['level'])],
    detail,
    who: whoOf(fields),
    fields,
  }
}

export const postgres: Program = { names: ['postgres', 'postgresql'], logsource, read }
