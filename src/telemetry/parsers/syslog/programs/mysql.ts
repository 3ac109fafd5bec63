// MySQL and MariaDB: error log, general log, slow log (joined to one record), MariaDB's audit plugin.
import { ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../../types.ts'
import { isoTime } from '../../times.ts'
import { stores } from '../acts.ts'
import { type Act, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

const logsource: LogSource = { product: 'mysql', categories: ['database'] }
const account = "'(?<user>[^']{0,255})'@'(?:(?<src_ip>[0-9A-Fa-f.:]{2,45})|(?<src_host>[^']{0,255}))'"
/** What mysqld repeats in front of a line when its own log goes through syslog: time, thread, level, code, part. */
const head =
  /^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)? {1,8})?(?:(?<thread>\d{1,20}) )?(?:\[(?<level>Note|Warning|ERROR|Error|System)\] )?(?:\[(?<code>MY-\d{1,6})\] )?(?:\[(?<subsystem>\w{1,32})\] )?/

const phrases: readonly Phrase[] = [
  {
    match: new RegExp(
      `^Access denied for user ${account}(?: to database '(?<database>[^']{0,255})')?(?: \\(using password: (?<using_password>\\w+)\\))?`,
    ),
    ...stores.failed,
  },
  {
    match:
      /^Aborted connection (?<connection>\d+) to db: '(?<database>[^']{0,255})' user: '(?<user>[^']{0,255})' host: '(?:(?<src_ip>[0-9A-Fa-f.:]{2,45})|(?<src_host>[^']{0,255}))'(?: \((?<reason>[^)]{0,255})\))?/,
    ...stores.closed,
  },
  {
    match:
      /^(?:IP address '(?<src_ip>[^']{2,45})' (?:could not be resolved|has been resolved)|Host '(?<src_host>[^']{1,255})' is (?:blocked|not allowed))/,
    ...stores.refused,
  },
  {
    match: /^(?:Got an error reading communication packets|Bad handshake|Unknown database)/,
    ...stores.message,
    severity_id: ocsfSeverity.low,
  },
  { match: /ready for connections\.? .{0,64}?(?:Version|port)/, ...stores.message, activity: 'database started' },
]

const commands: Readonly<Record<string, Act>> = {
  Connect: stores.opened,
  Query: stores.statement,
  Execute: stores.statement,
  Prepare: stores.statement,
  Quit: stores.closed,
}
const general =
  /^(?:\s{0,8}\d{6} {1,2}\d{1,2}:\d\d:\d\d)?\s{0,24}(?<thread>\d{1,20})[ \t]{1,3}(?<command>Connect|Query|Execute|Prepare|Quit|Init DB|Field List|Statistics|Close stmt|Reset stmt|Change user|Shutdown|Ping|Kill|Binlog Dump)(?:[ \t]{1,8}(?<argument>.*))?$/s
const connects =
  /^(?<user>[^@\s]{0,64})@(?:(?<src_ip>[0-9A-Fa-f.:]{2,45}(?!\S))|(?<src_host>\S{1,255}))(?: (?:on|as .{0,64}? on)(?: (?<database>\S{1,64}))?)?(?: using (?<transport>.{1,32}))?$/

/** The general query log: `8 Connect root@localhost on shop using Socket`, `8 Query SELECT …`. */
function readGeneral(text: string): Reading | undefined {
  const found = general.exec(text)?.groups
  if (!found) return undefined
  const { thread = '', command = '', argument = '' } = found
  const fields = { thread, command_type: command, argument }
  const denied = readPhrases(phrases, argument, logsource)
  if (denied) return { ...denied, fields: { ...denied.fields, ...fields } }
  const connected = command === 'Connect' ? connects.exec(argument)?.groups : undefined
  const who = whoOf({ ...connected })
  const statement = commands[command] === stores.statement ? { statement: argument } : {}
  return {
    ...(commands[command] ?? stores.message),
    logsource,
    detail: argument === '' ? command : argument,
    who,
    fields: { ...fields, ...connected, ...statement },
  }
}

const slow = [
  /^# User@Host: (?<user>[^[\s]{0,64})\[(?<effective>[^\]]{0,64})\] @ {1,2}(?<src_host>[^[\s]{0,255}) {0,2}\[(?<src_ip>[^\]]{0,64})\](?: {1,4}Id: {1,8}(?<thread>\d+))?/m,
  /^# Query_time: (?<Query_time>[\d.]+) {1,4}Lock_time: (?<Lock_time>[\d.]+) {1,4}Rows_sent: (?<Rows_sent>\d+) {1,4}Rows_examined: (?<Rows_examined>\d+)/m,
  /^use (?<database>[^;\s]{1,64});$/m,
  /^SET timestamp=(?<timestamp>\d+);$/m,
] as const

/** A record of the slow log: its lines begin with `# User@Host`, `# Query_time`, then the statement. */
function readSlow(text: string): Reading | undefined {
  if (!text.includes('# Query_time: ')) return undefined
  const fields: Record<string, string> = {}
  for (const part of slow) Object.assign(fields, { ...part.exec(text)?.groups })
  const statement = text
    .split('\n')
    .filter((line) => !/^(?:#|SET timestamp=|use \S+;$)/.test(line))
    .join('\n')
    .trim()
  return {
    ...stores.statement,
    activity: 'slow database statement',
    logsource,
    detail: statement,
    who: whoOf(fields),
    fields: { ...fields, statement },
  }
}

const audit =
  /^(?<server>[^,]{0,255}),(?<user>[^,]{0,255}),(?<src_host>[^,]{0,255}),(?<connection>\d{1,20}),(?<query_id>\d{1,20}),(?<operation>CONNECT|FAILED_CONNECT|DISCONNECT|QUERY|READ|WRITE|CREATE|ALTER|RENAME|DROP|QUERY_DDL|QUERY_DML|QUERY_DML_NO_SELECT|QUERY_DCL),(?<database>[^,]{0,255}),(?:'(?<statement>.*)'|(?<object>[^,]{0,1024})),(?<retcode>\d{1,6})(?:,.{0,64})?$/s
const operations: Readonly<Record<string, Act>> = {
  CONNECT: stores.opened,
  FAILED_CONNECT: stores.failed,
  DISCONNECT: stores.closed,
}

/** MariaDB's server_audit: `server,user,host,connection,query,operation,database,'statement',code`. */
function readAudit(text: string): Reading | undefined {
  const found = audit.exec(text)?.groups
  if (!found) return undefined
  const fields = Object.fromEntries(Object.entries(found).filter(([, value]) => value))
  const act = operations[found['operation'] ?? ''] ?? stores.statement
  const outcome = found['retcode'] === '0' ? 'success' : 'failure'
  const who = whoOf({ ...fields, src_ip: fields['src_host'] ?? '' })
  return { ...act, outcome, logsource, detail: fields['statement'] ?? fields['operation'], who, fields }
}

const severities: Readonly<Record<string, OcsfSeverity>> = { error: ocsfSeverity.low, warning: ocsfSeverity.low }

function read({ text }: LogLine): Reading | undefined {
  const special = readSlow(text) ?? readAudit(text) ?? readGeneral(text)
  if (special) return special
  const before = head.exec(text)
  const said = text.slice(before?.[0].length ?? 0)
  const found = readPhrases(phrases, said, logsource)
  const fields = Object.fromEntries(Object.entries(before?.groups ?? {}).filter(([, value]) => value !== undefined))
  return {
    ...(found ?? { ...stores.message, who: {} }),
    logsource,
    severity_id: found?.severity_id ?? severities[String(fields['level']).toLowerCase()],
    detail: said,
    said: undefined,
    fields: { ...fields, ...found?.fields },
  }
}

const clock = '(?<when>\\d{4}-\\d\\d-\\d\\d[T ] ?\\d{1,2}:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d)?)'
/** `2021-03-04  9:05:01` pads the hour with a space. */
const padded = (when: string): number | undefined => isoTime(when.replace(/ {1,2}(\d):/, ' 0$1:'))
export const mysql: Program = {
  names: ['mysqld', 'mysql', 'mariadbd', 'mariadb', 'mysqld_safe', 'mysql-server_auditing', 'mysql_server_auditing'],
  logsource,
  read,
  files: [
    { head: new RegExp(`^${clock} {1,8}(?=\\d{1,20} (?:\\[\\w{1,16}\\]))`), time: padded },
    {
      head: new RegExp(
        `^${clock}(?=[ \\t]{1,24}\\d{1,20}[ \\t]{1,3}(?:Connect|Query|Execute|Prepare|Quit|Init DB|Field List|Statistics|Close stmt|Reset stmt|Change user|Shutdown|Ping|Kill|Binlog Dump)\\b)`,
      ),
      time: padded,
    },
    { head: new RegExp(`^# Time: ${clock}\\s{0,4}(?=\\n# User@Host: )`), time: padded },
    { head: /^(?=# User@Host: .{0,512}\n(?:# .{0,512}\n){0,4}?# Query_time: )(?<when>)/, time: () => undefined },
    {
      head: /^(?<when>\d{8} \d\d:\d\d:\d\d),(?=[^,]{0,255},[^,]{0,255},[^,]{0,255},\d{1,20},\d{1,20},[A-Z_]{4,20},)/,
      time: (when) => isoTime(`${when.slice(0, 4)}-${when.slice(4, 6)}-${when.slice(6)}`),
    },
  ],
  ocsf: {
    'actor.user.name': 'user',
    'database.name': 'database',
    'query_info.query_string': 'statement',
    status_code: ['code', 'retcode'],
    'actor.session.uid': ['thread', 'connection'],
  },
}
