// Microsoft SQL Server's ERRORLOG: logins, errors, starts.
import { isoTime } from '../../times.ts'
import { stores } from '../acts.ts'
import type { Program } from '../line.ts'

export const mssql: Program = {
  names: ['sqlservr', 'mssql', 'mssql-server'],
  logsource: { product: 'windows', service: 'application', categories: ['database'] },
  phrases: [
    {
      match:
        /^(?<source>Logon|\S+) {1,16}Login failed for user '(?<user>[^']{0,255})'\.(?: Reason: (?<reason>.{1,512}?)\.?)? ?\[CLIENT: (?:<local machine>|<named pipe>|(?<src_ip>[^\]\s]{2,64}))\]/,
      ...stores.failed,
    },
    {
      match:
        /^(?<source>Logon|\S+) {1,16}Login succeeded for user '(?<user>[^']{0,255})'\.(?: Connection made using (?<method>.{1,128}?)\.)? ?\[CLIENT: (?:<local machine>|<named pipe>|(?<src_ip>[^\]\s]{2,64}))\]/,
      ...stores.opened,
    },
    {
      match: /^(?<source>\S+) {1,16}Error: (?<error>\d+), Severity: (?<level>\d+), State: (?<state>\d+)/,
      ...stores.message,
    },
    {
      match:
        /^(?<source>\S+) {1,16}(?<what>Server is listening on) \[ ?'?(?<address>[^\]']{1,64}?)'? .{0,16}?(?<dst_port>\d{1,5})\]/,
      ...stores.message,
      activity: 'listening',
    },
    { match: /^(?<source>Server|Logon|Backup|spid\d{1,5}s?) {1,16}(?<what>.*)/s, ...stores.message },
  ],
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d\d) (?=(?:Server|Logon|Backup|spid\d{1,5}s?) {2,16}\S)/,
      time: isoTime,
    },
  ],
  ocsf: { 'actor.user.name': 'user', status_code: 'error', status_detail: 'reason', auth_protocol: 'method' },
}
