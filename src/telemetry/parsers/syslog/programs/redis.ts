// Redis: `1234:M 02 Mar 2026 14:01:02.123 * Ready to accept connections`.
import { longTime } from '../../times.ts'
import { runs, stores } from '../acts.ts'
import type { Program } from '../line.ts'

export const redis: Program = {
  names: ['redis-server', 'redis', 'valkey-server', 'redis-sentinel', 'keydb-server'],
  logsource: { product: 'redis', categories: ['database'] },
  phrases: [
    {
      match:
        /^(?:(?<level>[.\-*#]) )?(?:Accepted|Client .{0,64}? connected from) (?<src_ip>[0-9A-Fa-f.:]+?)[: ](?<src_port>\d+)$/,
      ...stores.connected,
    },
    {
      match:
        /^(?:(?<level>[.\-*#]) )?Possible SECURITY ATTACK detected\.(?:.{0,512}? from (?<src_ip>[0-9A-Fa-f.:]{2,45}?):(?<src_port>\d{1,5}) aborted)?/,
      ...stores.refused,
    },
    {
      match:
        /^(?:(?<level>[.\-*#]) )?(?:Replica|Slave) \[?(?<src_ip>[0-9A-Fa-f.:]+?)\]?:(?<src_port>\d+) asks for synchronization/,
      ...stores.connected,
      activity: 'replica asks for the data',
    },
    {
      match: /^(?:(?<level>[.\-*#]) )?Connecting to MASTER \[?(?<dst_ip>[0-9A-Fa-f.:]+?)\]?:(?<dst_port>\d+)/,
      ...stores.connected,
      activity: 'replica connects to its master',
    },
    {
      match:
        /^(?:(?<level>[.\-*#]) )?REPLICAOF (?<dst_host>[^\s:]+):(?<dst_port>\d+) enabled \(user request from 'id=\d+ addr=(?<src_ip>[0-9A-Fa-f.:]+?):(?<src_port>\d+)/,
      ...stores.message,
      activity: 'master changed',
    },
    { match: /^(?:(?<level>[.\-*#]) )?Ready to accept connections/, ...runs.started },
    {
      match:
        /^(?:(?<level>[.\-*#]) )?(?:User requested shutdown|Redis is now ready to exit|Received SIG\w+ scheduling shutdown)/,
      ...runs.stopped,
    },
    { match: /^(?:(?<level>[.\-*#]) )(?<what>.*)/, ...stores.message },
  ],
  files: [
    {
      head: /^(?<pid>\d{1,10}):(?<role>[MSCX]) (?<when>\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3}) (?=[.\-*#] )/,
      time: longTime,
    },
    {
      head: /^\[(?<pid>\d{1,10})\] (?<when>\d{1,2} [A-Z][a-z]{2} \d\d:\d\d:\d\d\.\d{3}) (?=[.\-*#] )/,
      time: () => undefined,
    },
  ],
  ocsf: { 'actor.process.pid': 'pid' },
}
