// Syslog over UDP (RFC 5426): one datagram, one record. Senders are not told, so what finds no room is counted.
import { createSocket, type Socket } from 'node:dgram'
import { pause } from '../pause.io.ts'
import type { Input, InputContext } from './input.ts'
import { listenPlace } from './listen.ts'

const gatherMilliseconds = 20
/** Datagrams held while the disk is written; more than this many bytes are refused. */
const mostHeld = 16 * 1_048_576
const receiveBuffer = 8 * 1_048_576

export const syslogUdp: Input<'syslog-udp'> = async (source, context) => {
  const place = listenPlace(source.listen)
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
    await Promise.race([failed, receive(socket, context, gone.signal)])
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

async function receive(socket: Socket, context: InputContext, signal: AbortSignal): Promise<void> {
  let held: string[] = []
  let bytes = 0
  socket.on('message', (message) => {
    if (bytes + message.length > mostHeld) return context.reject(1)
    // oxlint-disable-next-line no-control-regex
    const text = message.toString('utf8').replace(/[\n\r\0]+$/, '')
    if (text.trim() === '') return
    bytes += message.length
    held.push(text)
  })
  while (!signal.aborted) {
    await pause(gatherMilliseconds, signal)
    const texts = held
    held = []
    bytes = 0
    if (texts.length > 0) await context.offer(texts)
  }
}
