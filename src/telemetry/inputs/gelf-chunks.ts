// GELF over UDP: chunks put together again. Bounded in number, bytes and time.

const head = 12
const mostChunks = 128
const patience = 5_000
const mostMessages = 1_000
const mostBytes = 16 * 1_048_576

interface Pending {
  readonly first: number
  readonly parts: (Buffer | undefined)[]
  missing: number
  bytes: number
}

/** Puts messages together. Those that are not whole after five seconds are given up and counted. */
export class ChunkDesk {
  /** Messages given up. */
  lost = 0
  private readonly pending = new Map<string, Pending>()
  private bytes = 0

  /** The message that a datagram is, or that it completes; nothing while it is not whole. */
  add(datagram: Buffer, from: string, now: number): Buffer | undefined {
    if (datagram[0] !== 0x1e || datagram[1] !== 0x0f) return datagram
    this.clear(now)
    const [number, count] = [datagram[10] ?? 0, datagram[11] ?? 0]
    if (datagram.length <= head || count === 0 || count > mostChunks || number >= count) {
      this.lost += 1
      return undefined
    }
    const key = `${from} ${datagram.toString('hex', 2, 10)}`
    const message = this.pending.get(key) ?? this.begin(key, count, now)
    return this.put(key, message, { number, part: datagram.subarray(head) })
  }

  private begin(key: string, count: number, now: number): Pending {
    const message: Pending = { first: now, parts: Array.from({ length: count }), missing: count, bytes: 0 }
    this.pending.set(key, message)
    return message
  }

  private put(key: string, message: Pending, { number, part }: { number: number; part: Buffer }): Buffer | undefined {
    if (number >= message.parts.length || message.parts[number] !== undefined) return undefined
    message.parts[number] = part
    message.missing -= 1
    message.bytes += part.length
    this.bytes += part.length
    if (message.missing > 0) return undefined
    this.drop(key, message)
    return Buffer.concat(message.parts.filter((one) => one !== undefined))
  }

  private drop(key: string, message: Pending): void {
    this.pending.delete(key)
    this.bytes -= message.bytes
  }

  /** The oldest come first: a map keeps the order of adding. */
  private clear(now: number): void {
    for (const [key, message] of this.pending) {
      const isOver = this.pending.size > mostMessages || this.bytes > mostBytes
      if (!isOver && now - message.first <= patience) return
      this.drop(key, message)
      this.lost += 1
    }
  }
}
