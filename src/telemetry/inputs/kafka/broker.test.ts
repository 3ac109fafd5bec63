// A stand-in for a broker: it speaks as much of Kafka's protocol as a producer and a group of consumers need, keeps everything in memory.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** Reads a request (Kafka protocol guide, "Protocol Primitive Types"). */
class Reader {
  private at = 0
  private readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  int8 = () => this.bytes.readInt8((this.at += 1) - 1)
  int16 = () => this.bytes.readInt16BE((this.at += 2) - 2)
  int32 = () => this.bytes.readInt32BE((this.at += 4) - 4)
  int64 = () => this.bytes.readBigInt64BE((this.at += 8) - 8)
  text = () => this.slice(this.int16()).toString()
  blob = () => this.slice(this.int32())
  list = <T>(read: () => T): T[] => Array.from({ length: Math.max(0, this.int32()) }, read)
  private slice(length: number): Buffer {
    const size = Math.max(0, length)
    return this.bytes.subarray(this.at, (this.at += size))
  }
}
const int8 = (value: number) => Buffer.from([value])
const int16 = (value: number) => numbered(2, (bytes) => bytes.writeInt16BE(value))
const int32 = (value: number) => numbered(4, (bytes) => bytes.writeInt32BE(value))
const int64 = (value: bigint) => numbered(8, (bytes) => bytes.writeBigInt64BE(value))
function numbered(size: number, write: (bytes: Buffer) => unknown): Buffer {
  const bytes = Buffer.alloc(size)
  write(bytes)
  return bytes
}
const text = (value: string) => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)])
const blob = (value: Buffer) => Buffer.concat([int32(value.length), value])
const list = <T>(items: readonly T[], write: (item: T) => Buffer) =>
  Buffer.concat([int32(items.length), ...items.map(write)])
const all = (...parts: readonly Buffer[]) => Buffer.concat(parts)

interface Partition {
  readonly batches: { readonly base: bigint; readonly next: bigint; readonly bytes: Buffer }[]
}
/** What the protocol calls its requests, and the one version of each that is spoken here. */
const versions: Readonly<Record<number, number>> = {
  0: 3,
  1: 4,
  2: 1,
  3: 0,
  8: 2,
  9: 1,
  10: 0,
  11: 0,
  12: 0,
  13: 0,
  14: 0,
  18: 0,
}

export interface Broker {
  readonly port: number
  /** Offsets that the group has left with the broker, by `topic/partition`. */
  readonly committed: Map<string, bigint>
  /** Cuts every connection. */
  cut(): void
  /** Is not there any more. */
  leave(): void
}

/** Starts a stand-in for the length of a test: each topic has so many partitions. */
export async function broker(t: TestContext, partitions = 2): Promise<Broker> {
  const logs = new Map<string, Partition>()
  const committed = new Map<string, bigint>()
  const sockets = new Set<Socket>()
  let generation = 0
  let port = 0
  const partition = (topic: string, at: number): Partition => {
    const key = `${topic}/${at}`
    const known = logs.get(key) ?? { batches: [] }
    logs.set(key, known)
    return known
  }
  const end = (log: Partition): bigint => log.batches.at(-1)?.next ?? 0n
  const node = () => all(int32(0), text('127.0.0.1'), int32(port))

  /** Requests by their number in the protocol. */
  const answers: Readonly<Record<number, (read: Reader) => Buffer | Promise<Buffer>>> = {
    18: () =>
      all(
        int16(0),
        list(Object.entries(versions), ([key, version]) => all(int16(Number(key)), int16(version), int16(version))),
      ),
    3: (read) => {
      const topics = read.list(read.text)
      const parts = Array.from({ length: partitions }, (_, at) => at)
      const one = (at: number) => all(int16(0), int32(at), int32(0), list([0], int32), list([0], int32))
      return all(
        list([0], node),
        list(topics, (topic) => all(int16(0), text(topic), list(parts, one))),
      )
    },
    10: () => all(int16(0), node()),
    11: (read) => {
      const [group, , asked, type] = [read.text(), read.int32(), read.text(), read.text()]
      const [protocol] = read.list(() => ({ name: read.text(), metadata: read.blob() }))
      const member = asked === '' ? `${group}-${type}-1` : asked
      generation += 1
      const members = [{ member, metadata: protocol?.metadata ?? Buffer.alloc(0) }]
      return all(
        int16(0),
        int32(generation),
        text(protocol?.name ?? ''),
        text(member),
        text(member),
        list(members, (one) => all(text(one.member), blob(one.metadata))),
      )
    },
    14: (read) => {
      read.text()
      read.int32()
      read.text()
      const [mine] = read.list(() => ({ member: read.text(), assignment: read.blob() }))
      return all(int16(0), blob(mine?.assignment ?? Buffer.alloc(0)))
    },
    12: () => int16(0),
    13: () => int16(0),
    9: (read) => {
      read.text()
      const topics = read.list(() => ({ topic: read.text(), parts: read.list(read.int32) }))
      return list(topics, ({ topic, parts }) =>
        all(
          text(topic),
          list(parts, (at) => all(int32(at), int64(committed.get(`${topic}/${at}`) ?? -1n), text(''), int16(0))),
        ),
      )
    },
    8: (read) => {
      read.text()
      read.int32()
      read.text()
      read.int64()
      const topics = read.list(() => ({
        topic: read.text(),
        parts: read.list(() => ({ at: read.int32(), offset: read.int64(), note: read.text() })),
      }))
      for (const { topic, parts } of topics) for (const { at, offset } of parts) committed.set(`${topic}/${at}`, offset)
      return list(topics, ({ topic, parts }) =>
        all(
          text(topic),
          list(parts, ({ at }) => all(int32(at), int16(0))),
        ),
      )
    },
    2: (read) => {
      read.int32()
      const topics = read.list(() => ({
        topic: read.text(),
        parts: read.list(() => ({ at: read.int32(), time: read.int64() })),
      }))
      const offset = (topic: string, at: number, time: bigint) => (time === -1n ? end(partition(topic, at)) : 0n)
      return list(topics, ({ topic, parts }) =>
        all(
          text(topic),
          list(parts, ({ at, time }) => all(int32(at), int16(0), int64(-1n), int64(offset(topic, at, time)))),
        ),
      )
    },
    0: (read) => {
      read.text()
      read.int16()
      read.int32()
      const topics = read.list(() => ({
        topic: read.text(),
        parts: read.list(() => ({ at: read.int32(), records: read.blob() })),
      }))
      const keep = (topic: string, at: number, records: Buffer): bigint => {
        const log = partition(topic, at)
        const base = end(log)
        const bytes = Buffer.from(records)
        bytes.writeBigInt64BE(base, 0)
        // lastOffsetDelta of a record batch stands behind base offset, length, leader epoch, magic, CRC and attributes.
        log.batches.push({ base, next: base + BigInt(bytes.readInt32BE(23)) + 1n, bytes })
        return base
      }
      const done = list(topics, ({ topic, parts }) =>
        all(
          text(topic),
          list(parts, ({ at, records }) => all(int32(at), int16(0), int64(keep(topic, at, records)), int64(-1n))),
        ),
      )
      return all(done, int32(0))
    },
    1: async (read) => {
      read.int32()
      const wait = read.int32()
      read.int32()
      read.int32()
      read.int8()
      const topics = read.list(() => ({
        topic: read.text(),
        parts: read.list(() => ({ at: read.int32(), offset: read.int64(), most: read.int32() })),
      }))
      const from = (topic: string, at: number, offset: bigint) =>
        partition(topic, at)
          .batches.filter(({ next }) => next > offset)
          .slice(0, 3)
      if (topics.every(({ topic, parts }) => parts.every(({ at, offset }) => from(topic, at, offset).length === 0)))
        await new Promise((go) => setTimeout(go, Math.min(wait, 100)))
      const one = (topic: string, at: number, offset: bigint) => {
        const high = end(partition(topic, at))
        const bytes = from(topic, at, offset).map((batch) => batch.bytes)
        return all(
          int32(at),
          int16(0),
          int64(high),
          int64(high),
          list([], () => int8(0)),
          blob(all(...bytes)),
        )
      }
      return all(
        int32(0),
        list(topics, ({ topic, parts }) =>
          all(
            text(topic),
            list(parts, ({ at, offset }) => one(topic, at, offset)),
          ),
        ),
      )
    },
  }

  async function serve(socket: Socket): Promise<void> {
    let held: Buffer = Buffer.alloc(0)
    for await (const piece of socket) {
      held = all(held, piece)
      while (held.length >= 4 && held.length >= 4 + held.readInt32BE(0)) {
        const size = held.readInt32BE(0)
        const read = new Reader(held.subarray(4, 4 + size))
        held = held.subarray(4 + size)
        const [key, version, id] = [read.int16(), read.int16(), read.int32()]
        read.text()
        // A newer client asks in its own version first, and is told which there are.
        const body =
          key === 18 && version !== 0
            ? all(int16(35), (await answers[18]?.(read))?.subarray(2) ?? int32(0))
            : await answers[key]?.(read)
        if (body) socket.write(blob(all(int32(id), body)))
      }
    }
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    serve(socket).catch(() => undefined).finally(() => sockets.delete(socket)) // prettier-ignore
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  const cut = () => sockets.forEach((socket) => socket.destroy())
  const leave = () => {
    server.close()
    cut()
  }
  t.after(leave)
  return { port, committed, cut, leave }
}
