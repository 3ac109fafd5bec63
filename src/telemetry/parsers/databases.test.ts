// Databases in every form they log in: text, CSV, JSON, records of several lines.
import { at, goldens } from './goldens.test.ts'

goldens('PostgreSQL', [
  [
    '2026-03-02 14:01:02.123 UTC,"ada","shop",812,"10.0.0.5:5512",69a5.1,1,"SELECT",2026-03-02 14:00:00 UTC,3/4,0,LOG,00000,"statement: SELECT ""x"", 1",,,,,,,,,"psql","client backend",,0',
    {
      parser: 'postgres-csv',
      time: at + 123,
      user: 'ada',
      src_ip: '10.0.0.5',
      src_port: 5512,
      class_uid: 6005,
      'fields.statement': 'SELECT "x", 1',
      'fields.application_name': 'psql',
    },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02 14:01:02.123 UTC', user: 'eve', dbname: 'shop', pid: 9, remote_host: '192.0.2.4', remote_port: 5512, session_id: '1.2',
      error_severity: 'FATAL', message: 'password authentication failed for user "eve"', backend_type: 'client backend',
    }), // prettier-ignore
    {
      parser: 'postgres-json',
      time: at + 123,
      user: 'eve',
      src_ip: '192.0.2.4',
      src_port: 5512,
      outcome: 'failure',
      severity_id: 2,
    },
  ],
  [
    '2026-03-02 14:01:02.123 UTC:192.0.2.4(5432):eve@shop:[127]:FATAL:  password authentication failed for user "eve"',
    { time: at + 123, user: 'eve', src_ip: '192.0.2.4', src_port: 5432, 'fields.db': 'shop', 'fields.pid': '127' },
  ],
])

goldens('MySQL and MariaDB', [
  [
    '2026-03-02T14:01:02.123456Z\t    8 Connect\troot@localhost on shop using Socket',
    { time: at + 123, user: 'root', activity: 'database session opened', 'fields.database': 'shop' },
  ],
  [
    "2026-03-02T14:01:02.123456Z        14 Connect   Access denied for user 'eve'@'192.0.2.4' (using password: YES)",
    { user: 'eve', src_ip: '192.0.2.4', outcome: 'failure', 'fields.using_password': 'YES' },
  ],
  [
    '# Time: 2026-03-02T14:01:02.123456Z\n# User@Host: app[app] @ web [10.0.0.5]  Id:    12\n# Query_time: 5.1  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 99\nuse shop;\nSET timestamp=1772460062;\nSELECT *\nFROM orders;',
    {
      time: at + 123,
      user: 'app',
      src_ip: '10.0.0.5',
      'fields.Query_time': '5.1',
      'fields.statement': 'SELECT *\nFROM orders;',
    },
  ],
  [
    "20260302 14:01:02,db01,app,10.0.0.5,12,34,QUERY,shop,'select 1, 2',0",
    { time: at, user: 'app', src_ip: '10.0.0.5', outcome: 'success', 'fields.statement': 'select 1, 2' },
  ],
  [
    JSON.stringify({
      timestamp: '2026-03-02 14:01:02',
      class: 'connection',
      event: 'connect',
      connection_id: 9,
      account: { user: 'eve', host: '' },
      login: { user: 'eve', ip: '192.0.2.4' },
      status: 1045,
    }),
    { parser: 'mysql-audit', time: at, user: 'eve', src_ip: '192.0.2.4', outcome: 'failure' },
  ],
])

goldens('other databases', [
  [
    JSON.stringify({
      t: { $date: '2026-03-02T15:01:02.000+01:00' },
      s: 'I',
      c: 'ACCESS',
      id: 20_249,
      ctx: 'conn1',
      msg: 'Authentication failed',
      attr: { principalName: 'root', remote: '[2001:db8::4]:1053' },
    }),
    {
      parser: 'mongodb',
      time: at,
      user: 'root',
      src_ip: '2001:db8::4',
      src_port: 1053,
      outcome: 'failure',
      class_uid: 3002,
    },
  ],
  [
    '812:M 02 Mar 2026 14:01:02.123 # Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. Connection from 192.0.2.9:5512 aborted.',
    { time: at + 123, src_ip: '192.0.2.9', src_port: 5512, outcome: 'failure', logsource: 'redis//database' },
  ],
  [
    "2026-03-02 14:01:02.17 Logon       Login failed for user 'SA'. Reason: Password did not match that for the login provided. [CLIENT: 192.0.2.4]",
    {
      time: at + 170,
      user: 'sa',
      src_ip: '192.0.2.4',
      outcome: 'failure',
      'fields.reason': 'Password did not match that for the login provided',
    },
  ],
])
