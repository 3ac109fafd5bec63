// GELF over UDP: whole or in chunks, plain, gzip or zlib.
import { gunzipSync, inflateSync } from 'node:zlib'
import { serveDatagrams } from './datagrams.io.ts'
import { ChunkDesk } from './gelf-chunks.ts'
import { gelfRecord } from './push/gelf-message.ts'
import type { Input } from './input.ts'

/** The message unpacked; nothing when it is damaged or larger than a record may be. */
function unpacked(message: Buffer, most: number): Buffer | undefined {
  try {
    if (message[0] === 0x1f && message[1] === 0x8b) return gunzipSync(message, { maxOutputLength: most })
    if (message[0] === 0x78 && message.readUInt16BE(0) % 31 === 0)
      return inflateSync(message, { maxOutputLength: most })
    return message
  } catch {
    return undefined
  }
}

export const gelfUdp: Input<'gelf-udp'> = async ({ listen }, context) => {
  const desk = new ChunkDesk()
  await serveDatagrams(listen, context, {
    read: (datagram, { address, port }) => {
      const before = desk.lost
      const message = desk.add(datagram, `${address} ${port}`, context.clock.now())
      context.reject(desk.lost - before)
      if (message === undefined) return []
      const text = unpacked(message, context.recordBytes * 2)?.toString('utf8')
      if (text === undefined) context.reject(1)
      return text === undefined || text.trim() === '' ? [] : [gelfRecord(text)]
    },
  })
}
