// Syslog over TCP (RFC 6587, both framings). A sender is read only as fast as the disk takes it.
import { createServer } from 'node:net'
import type { Input } from './input.ts'
import { joinRule } from './join-rule.ts'
import { listenPlace } from './listen.ts'
import { serveStreams } from './streams.io.ts'

export const syslogTcp: Input<'syslog-tcp'> = ({ listen, join }, context) =>
  serveStreams(
    { server: createServer(), at: listenPlace(listen), name: 'TCP', framing: { counting: true }, join: joinRule(join) },
    context,
  )
