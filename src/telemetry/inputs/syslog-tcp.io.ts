// Syslog over TCP (RFC 6587, both framings). A sender is read only as fast as the disk takes it.
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createFramer } from '../frames.ts'
import type { Input, InputContext } from './input.ts'
import { listenPlace } from './listen.ts'

/** Together with the longest record this bounds the memory of all connections. */
const mostConnections = 256
const idleMilliseconds = 15 * 60_000

export const syslogTcp: Input<'syslog-tcp'> = async (source, context) => {
  const { host, port } = listenPlace(source.listen)
  const server = createServer()
  server.maxConnections = mostConnections
  const sockets = new Set<Socket>()
  const readers = new Set<Promise<void>>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    const reading = read(socket, context).finally(() => {
      sockets.delete(socket)
      readers.delete(reading)
    })
    readers.add(reading)
  })
  // More than the limit are closed by Node and counted here.
  server.on('drop', () => context.reject(1))
  try {
    await listen(server, host, port)
    const at = server.address()
    context.running(typeof at === 'object' && at ? `${at.address}:${at.port} (TCP)` : source.listen)
    await stoppedOrFailed(server, context.signal)
  } finally {
    server.close()
    for (const socket of sockets) socket.destroy()
    await Promise.all(readers)
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port })
  await once(server, 'listening')
}

const stoppedOrFailed = (server: Server, signal: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    if (signal.aborted) return done()
    signal.addEventListener('abort', () => done(), { once: true })
    server.on('error', fail)
  })

/** Reads one connection to its end. A broken connection keeps what came before. */
async function read(socket: Socket, context: InputContext): Promise<void> {
  const framer = createFramer({ limit: context.recordBytes, counting: true })
  let isTaking = false
  // Silence is the sender's only while we would read.
  socket.setTimeout(idleMilliseconds, () => void (isTaking || socket.destroy()))
  const give = async ({ texts, rejected }: ReturnType<typeof framer.push>): Promise<void> => {
    context.reject(rejected)
    isTaking = true
    if (texts.length > 0) await context.take(texts)
    isTaking = false
  }
  try {
    // The loop reads no further while take() waits: TCP then slows the sender.
    for await (const piece of socket) if (Buffer.isBuffer(piece)) await give(framer.push(piece))
    await give(framer.end())
  } catch (thrown) {
    context.log.debug({ err: thrown, from: socket.remoteAddress }, 'a syslog connection ended')
  } finally {
    socket.destroy()
  }
}
