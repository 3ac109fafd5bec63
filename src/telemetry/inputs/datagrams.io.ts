// Records from datagrams. Senders are not told, so what finds no room is counted.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import type { Envelope } from '../envelope.ts'
import { createJoiner, type JoinRule } from '../joining.ts'
import { pause } from '../pause.io.ts'
import type { PushRecord } from './push/protocol.ts'
import type { InputContext } from './input.ts'
import { listenPlace } from './listen.ts'
import { dropsIn } from './udp-drops.ts'

const gatherMilliseconds = 20
const dropsMilliseconds = 5_000
/** Bytes of records held while the disk is written; what is more is refused. */
const mostHeld = 16 * 1_048_576
const receiveBuffer = 8 * 1_048_576

/** Makes records of a datagram. Never throws. */
export type ReadDatagram = (message: Buffer, from: Pick<RemoteInfo, 'address' | 'port'>) => readonly PushRecord[]

/** How datagrams become records. */
export interface Datagrams {
  readonly read: ReadDatagram
  /** Which datagrams, of all senders in the order they came, are one record; each is one when left out. */
  readonly join?: JoinRule
}

/** Receives until the context's signal. Throws what binding throws. */
export async function serveDatagrams(listen: string, context: InputContext, datagrams: Datagrams): Promise<void> {
  const place = listenPlace(listen)
  const socket = createSocket({ type: place.host.includes(':') ? 'udp6' : 'udp4' })
  const gone = new AbortController()
  const failed = new Promise<never>((_done, fail) => socket.on('error', fail))
  const stop = () => gone.abort()
  context.signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([failed, new Promise<void>((done) => socket.bind(place.port, place.host, done))])
    widen(socket)
    const at = socket.address()
    context.running(`${at.address}:${at.port} (UDP)`)
    const { signal } = gone
    await Promise.race([
      failed,
      receive(socket, context, { ...datagrams, signal }),
      countDrops(at.port, context, signal),
    ])
  } finally {
    gone.abort()
    context.signal.removeEventListener('abort', stop)
    socket.close()
  }
}

/** The kernel may give less than is asked for. */
function widen(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBuffer)
  } catch {
    // The standard size stays.
  }
}

/** What the kernel dropped since it was last asked counts as refused; on other systems than Linux it does not say. */
async function countDrops(port: number, context: InputContext, signal: AbortSignal): Promise<void> {
  const dropped = async (): Promise<number> => {
    const texts = ['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8').catch(() => ''))
    return (await Promise.all(texts)).reduce((sum, text) => sum + dropsIn(text, port), 0)
  }
  for (let known = await dropped(); !signal.aborted;) {
    await pause(dropsMilliseconds, signal)
    const now = await dropped()
    context.reject(Math.max(0, now - known))
    known = now
  }
}

interface Receiving extends Datagrams {
  readonly signal: AbortSignal
}

async function receive(
  socket: Socket,
  context: InputContext,
  { read, join = 'none', signal }: Receiving,
): Promise<void> {
  let held: PushRecord[] = []
  let bytes = 0
  const joiner = createJoiner<Envelope | undefined>({ rule: join, bytes: context.recordBytes })
  socket.on('message', (message, from) => {
    const records = read(message, from)
    const size = records.reduce((sum, { text }) => sum + text.length, 0)
    if (bytes + size > mostHeld) return context.reject(records.length)
    bytes += size
    for (const record of records) held.push(record)
  })
  const give = async (last: boolean): Promise<void> => {
    const lines = held.map(({ text, envelope }) => ({ text, mark: envelope }))
    held = []
    bytes = 0
    const now = context.clock.now()
    const records = [...joiner.push(lines, now), ...(last ? joiner.flush() : joiner.tick(now))]
    if (records.length === 0) return
    await context.offer(
      records.map(({ text }) => text),
      records.map(({ mark }) => mark),
    )
  }
  while (!signal.aborted) {
    await pause(gatherMilliseconds, signal)
    await give(signal.aborted)
  }
}
