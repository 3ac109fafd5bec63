// Records from datagrams. Senders are not told, so what finds no room is counted.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
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

/** Receives until the context's signal. Throws what binding throws. */
export async function serveDatagrams(listen: string, context: InputContext, read: ReadDatagram): Promise<void> {
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
    await Promise.race([failed, receive(socket, context, { read, signal }), countDrops(at.port, context, signal)])
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

interface Receiving {
  readonly read: ReadDatagram
  readonly signal: AbortSignal
}

async function receive(socket: Socket, context: InputContext, { read, signal }: Receiving): Promise<void> {
  let held: PushRecord[] = []
  let bytes = 0
  socket.on('message', (message, from) => {
    const records = read(message, from)
    const size = records.reduce((sum, { text }) => sum + text.length, 0)
    if (bytes + size > mostHeld) return context.reject(records.length)
    bytes += size
    for (const record of records) held.push(record)
  })
  const give = async (): Promise<void> => {
    const records = held
    held = []
    bytes = 0
    if (records.length === 0) return
    await context.offer(
      records.map(({ text }) => text),
      records.map(({ envelope }) => envelope),
    )
  }
  while (!signal.aborted) {
    await pause(gatherMilliseconds, signal)
    await give()
  }
}
