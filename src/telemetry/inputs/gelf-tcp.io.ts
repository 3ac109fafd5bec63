// GELF over TCP: messages ended by NUL, not compressed.
import { createServer } from 'node:net'
import { gelfRecord } from './push/gelf-message.ts'
import type { Input } from './input.ts'
import { listenPlace } from './listen.ts'
import { serveStreams } from './streams.io.ts'

export const gelfTcp: Input<'gelf-tcp'> = ({ listen }, context) =>
  serveStreams(
    { server: createServer(), at: listenPlace(listen), name: 'TCP', framing: { ends: 'nul' }, record: gelfRecord },
    context,
  )
