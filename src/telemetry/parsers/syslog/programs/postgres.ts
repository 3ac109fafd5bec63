// PostgreSQL: sessions and statements, with whatever log_line_prefix puts in front: user, database, application, client.
import { ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../../types.ts'
import type { OpenFields } from '../../parser.ts'
import { isoTime } from '../../times.ts'
import { stores } from '../acts.ts'
import { groupsOf, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

export const postgresSource: LogSource = { product: 'postgresql', categories: ['database'] }

const level =
  '(?<level>LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION|INFO|DEBUG\\d?)'
/** The level, and before it what the prefix says, in any order and with any marks between. */
const levelled = new RegExp(`(?:^|[ :>\\]])${level}: {1,4}(?=\\S|$)`)
/** Parts that prefixes are made of (log_line_prefix: %u %d %a %h %r %p %c %x %l). */
const parts: readonly RegExp[] = [
  /\buser=(?<user>[^,\s]{0,63})/,
  /\b(?:db|database)=(?<db>[^,\s]{0,63})/,
  /\bapp(?:lication(?:_name)?)?=(?<app>[^,]{0,64}?)(?=,|$| {1,2}\w{1,16}=)/,
  /\b(?:client|host|remote)=(?:\[local\]|(?<src_ip>[^\s,()]{2,64}))(?:\((?<src_port>\d{1,5})\))?/,
  /(?:^|[ :])(?<user>[\w.$-]{1,63})@(?<db>[\w.$-]{1,63})(?=[ :\][]|$)/,
  /(?:^|[ :])(?<src_ip>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-f]{0,4}:[0-9a-f:]{2,40})(?:\((?<src_port>\d{1,5})\))?(?=[ :]|$)/,
  /\[(?<pid>\d{1,10})(?:-\d{1,10})?\]/,
  /\bxid=(?<xid>\d{1,20})/,
  /\bsid=(?<session>[0-9a-f.]{3,32})/,
]

export const postgresPhrases: readonly Phrase[] = [
  {
    match:
      /^(?:replication )?connection authorized: user=(?<user>\S+)(?: database=(?<database>\S+))?(?: application_name=(?<application_name>.{1,64}?))?(?: SSL enabled(?: \((?<tls>[^)]{0,255})\))?)?$/,
    ...stores.opened,
  },
  {
    match:
      /^(?:replication )?connection authorized: user=(?<user>\S+)(?: database=(?<database>\S+))?(?: application_name=(?<application_name>\S+))?/,
    ...stores.opened,
  },
  {
    match:
      /^connection received: host=(?:\[local\]|(?<src_ip>[0-9A-Fa-f.:]{2,45}(?!\S))|(?<src_host>\S+))(?: port=(?<src_port>\d+))?/,
    ...stores.connected,
  },
  { match: /^connection authenticated: identity="(?<identity>[^"]*)" method=(?<method>\S+)/, ...stores.accepted },
  {
    match:
      /^disconnection: session time: (?<session_time>\S+) user=(?<user>\S+) database=(?<database>\S+) host=(?:\[local\]|(?<src_ip>\S+))(?: port=(?<src_port>\d+))?/,
    ...stores.closed,
  },
  {
    match:
      /^AUDIT: (?<audit_type>\w+),(?<statement_id>\d+),(?<substatement_id>\d+),(?<audit_class>\w+),(?<audit_command>[^,]{0,64}),(?<object_type>[^,]{0,64}),(?<object>[^,]{0,255}),(?<statement>.*)/s,
    ...stores.statement,
  },
  {
    match:
      /^(?:duration: (?<duration_ms>[\d.]+) ms +)?(?:statement|(?:execute|parse|bind|fastpath function call) ?[^:]{0,64}): (?<statement>.*)/s,
    ...stores.statement,
  },
  { match: /^duration: (?<duration_ms>[\d.]+) ms/, ...stores.statement },
  { match: /^(?<method>password|[\w-]+) authentication failed for user "(?<user>[^"]*)"/, ...stores.failed },
  {
    match:
      /^(?:no pg_hba\.conf entry|pg_hba\.conf rejects connection) for (?:replication connection from )?host "(?<src_ip>[^"]*)", user "(?<user>[^"]*)"(?:, database "(?<database>[^"]*)")?/,
    ...stores.refused,
  },
  { match: /^role "(?<user>[^"]*)" (?<reason>does not exist|is not permitted to log in)/, ...stores.failed },
  { match: /^database "(?<database>[^"]*)" does not exist/, ...stores.failed },
  {
    match: /^permission denied (?:for|to) (?<object>.*)/,
    ...stores.message,
    activity: 'database access refused',
    outcome: 'failure',
    severity_id: ocsfSeverity.low,
  },
  {
    match:
      /^listening on (?:IPv[46] address "(?<dst_ip>[^"]{2,45})", port (?<dst_port>\d+)|Unix socket "(?<file>[^"]{1,255})")/,
    ...stores.message,
  },
]

const severities: Readonly<Record<string, OcsfSeverity>> = {
  PANIC: ocsfSeverity.critical,
  FATAL: ocsfSeverity.low,
  ERROR: ocsfSeverity.low,
}
export const postgresSeverity = (word: unknown): OcsfSeverity | undefined => severities[String(word)]

/** What the prefix says: user, database, application, client address. A part that was found is taken out, so that none is read twice. */
function prefixFields(prefix: string): OpenFields {
  const fields: OpenFields = {}
  let rest = prefix
  for (const part of parts) {
    const found = part.exec(rest)
    if (!found) continue
    for (const [name, value] of Object.entries(groupsOf(found))) if (value !== '[unknown]') fields[name] ??= value
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
  }
  return fields
}

function read({ text }: LogLine): Reading | undefined {
  const before = levelled.exec(text.slice(0, 600))
  if (!before) return undefined
  const detail = text.slice(before.index + before[0].length)
  const found = readPhrases(postgresPhrases, detail, postgresSource)
  const word = before.groups?.['level'] ?? ''
  const fields = Object.assign(prefixFields(text.slice(0, before.index)), { level: word }, found?.fields)
  return {
    ...(found ?? { ...stores.message, logsource: postgresSource }),
    severity_id: found?.severity_id ?? postgresSeverity(word),
    said: undefined,
    detail,
    who: whoOf(fields),
    fields,
  }
}

const must = '(?=.{0,300}?\\b(?:LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT|INFO): )'
export const postgres: Program = {
  names: ['postgres', 'postgresql', 'postmaster'],
  logsource: postgresSource,
  read,
  files: [
    {
      head: new RegExp(
        `^(?<when>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?) (?<zone>[A-Z]{3,5}|[+-]\\d{2,4})(?:(?: \\[(?<pid>\\d{1,10})(?:-\\d{1,10})?\\]:? )|[ :]{1,4})${must}`,
      ),
      time: isoTime,
    },
  ],
  ocsf: {
    'actor.user.name': 'user',
    'database.name': ['db', 'database'],
    'query_info.query_string': 'statement',
    auth_protocol: 'method',
    'src_endpoint.svc_name': ['application_name', 'app'],
  },
}
