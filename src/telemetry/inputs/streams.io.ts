// Records from connections: each is read only as fast as the disk takes it, idle and surplus ones are closed.
import { once } from 'node:events'
import type { ListenOptions, Server, Socket } from 'node:net'
import type { Envelope } from '../envelope.ts'
import { createFramer, type FramerOptions } from '../frames.ts'
import { createJoiner, type JoinedRecord, type JoinRule } from '../joining.ts'
import type { PushRecord } from './push/protocol.ts'
import type { InputContext } from './input.ts'

/** Together with the longest record this bounds the memory of all connections. */
const mostConnections = 256
const idleMilliseconds = 15 * 60_000
/** Records that wait for their next line are looked at so often. */
const tickMilliseconds = 500

/** What a kind of stream is made of. */
export interface Streams {
  /** Not listening yet. */
  readonly server: Server
  readonly at: ListenOptions
  /** For people: TCP, TLS. */
  readonly name: string
  readonly framing: Omit<FramerOptions, 'limit'>
  /** Which frames of a connection are one record; each is one when left out. */
  readonly join?: JoinRule
  /** What a frame becomes; the frame itself when left out. */
  readonly record?: (text: string) => PushRecord
  /** The event of the server that brings a socket to read; `connection` when left out. */
  readonly event?: string
  /** Whether a socket may send; else it is closed and counted. */
  readonly admits?: (socket: Socket) => boolean
}

/** Serves until the context's signal. Throws what listening throws. */
export async function serveStreams(streams: Streams, context: InputContext): Promise<void> {
  const { server, at } = streams
  server.maxConnections = mostConnections
  const sockets = new Set<Socket>()
  const readers = new Set<Promise<void>>()
  // What comes under TLS is closed with the bare connection below it.
  if (streams.event !== undefined) server.on('connection', (socket: Socket) => watch(socket, sockets))
  server.on(streams.event ?? 'connection', (socket: Socket) => {
    watch(socket, sockets)
    if (streams.admits?.(socket) === false) {
      context.reject(1)
      return socket.destroy()
    }
    const reading = read(socket, streams, context).finally(() => readers.delete(reading))
    readers.add(reading)
  })
  // More than the limit are closed by Node and counted here.
  server.on('drop', () => context.reject(1))
  try {
    server.listen(at)
    await once(server, 'listening')
    const address = server.address()
    const place = typeof address === 'object' && address ? `${address.address}:${address.port}` : String(at.path)
    context.running(`${place} (${streams.name})`)
    await stoppedOrFailed(server, context.signal)
  } finally {
    server.close()
    for (const socket of sockets) socket.destroy()
    await Promise.all(readers)
  }
}

function watch(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.on('error', () => undefined)
  socket.once('close', () => sockets.delete(socket))
}

const stoppedOrFailed = (server: Server, signal: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    if (signal.aborted) return done()
    signal.addEventListener('abort', () => done(), { once: true })
    server.on('error', fail)
  })

/** Reads one connection to its end. A broken connection keeps what came before. */
async function read(socket: Socket, streams: Streams, context: InputContext): Promise<void> {
  const { framing, record = (text): PushRecord => ({ text }), join = 'none' } = streams
  const framer = createFramer({ ...framing, limit: context.recordBytes })
  const joiner = createJoiner<Envelope | undefined>({ rule: join, bytes: context.recordBytes })
  let isTaking = false
  let taking: Promise<void> = Promise.resolve()
  // Silence is the sender's only while we would read.
  socket.setTimeout(idleMilliseconds, () => void (isTaking || socket.destroy()))
  const taken = async (records: readonly JoinedRecord<Envelope | undefined>[], before: Promise<void>) => {
    await before
    isTaking = true
    const envelopes = records.map(({ mark }) => mark)
    const texts = records.map(({ text }) => text)
    await context.take(texts, envelopes.some(Boolean) ? { envelopes } : {})
    isTaking = false
  }
  const take = (records: readonly JoinedRecord<Envelope | undefined>[]): Promise<void> =>
    records.length === 0 ? taking : (taking = taken(records, taking))
  const give = ({ texts, rejected }: ReturnType<typeof framer.push>): Promise<void> => {
    context.reject(rejected)
    const lines = texts.map(record).map(({ text, envelope }) => ({ text, mark: envelope }))
    return take(joiner.push(lines, context.clock.now()))
  }
  // What goes wrong in between is met again by the next piece.
  const ticking = setInterval(
    () => void take(joiner.tick(context.clock.now())).catch(() => undefined),
    tickMilliseconds,
  )
  try {
    // The loop reads no further while take() waits: TCP then slows the sender.
    for await (const piece of socket) if (Buffer.isBuffer(piece)) await give(framer.push(piece))
    await give(framer.end())
  } catch (thrown) {
    context.log.debug({ err: thrown, from: socket.remoteAddress }, 'a connection ended')
    // The beginning of a record, whose rest never came; its sender has it whole and sends it again.
    if (framer.held > 0) context.reject(1)
  } finally {
    clearInterval(ticking)
    socket.destroy()
    await take(joiner.flush()).catch((thrown: unknown) => context.log.debug({ err: thrown }, 'lines were not taken'))
  }
}
