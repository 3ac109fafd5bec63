// Server-sent events: alerts, incidents and a pulse each second to everybody who has the console open.
import type { FastifyReply } from 'fastify'
import { Fault } from '#kernel'
import type { Live, LiveMessage } from '#app'

const mostListeners = 200
/** A listener that does not read this many bytes is let go; it reconnects by itself. */
const mostBuffered = 1_048_576
const keepAliveMilliseconds = 15_000

/** One message in the event-stream format (HTML Living Standard, 9.2). */
export function eventText(message: LiveMessage): string {
  return `event: ${message.kind}\ndata: ${JSON.stringify(dataOf(message))}\n\n`
}

function dataOf(message: LiveMessage): unknown {
  if (message.kind === 'pulse') return message.pulse
  if (message.kind !== 'hunt') return { ids: message.ids }
  const { name, count, before } = message
  return { name, count, before }
}

/** Keeps the connection open and passes on what is told until the client goes. */
export function stream(reply: FastifyReply, live: Live): void {
  if (live.listeners >= mostListeners) throw new Fault('RATE_LIMITED', `${mostListeners} live connections are open`)
  reply.hijack()
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined))
  reply.raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  })
  reply.raw.write('retry: 2000\n\n')
  const write = (text: string): void => {
    if (reply.raw.writableLength > mostBuffered) reply.raw.destroy()
    else reply.raw.write(text)
  }
  const stop = live.listen((message) => write(eventText(message)))
  const beat = setInterval(() => write(': still here\n\n'), keepAliveMilliseconds)
  reply.raw.on('close', () => {
    stop()
    clearInterval(beat)
  })
}
