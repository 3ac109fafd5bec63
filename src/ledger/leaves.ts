// Of every entry in memory: its leaf hash and where its line ends; 40 bytes each, in buffers that double when full.
import { Fault } from '#kernel'
import { Frontier } from './merkle.ts'

const hashBytes = 32
const endBytes = 8

function room(buffer: Buffer, needed: number): Buffer {
  if (needed <= buffer.length) return buffer
  const larger = Buffer.alloc(buffer.length * 2)
  buffer.copy(larger)
  return larger
}

/** The leaves of the ledger's tree, by index from 0. */
export class Leaves {
  private hashes: Buffer = Buffer.alloc(hashBytes * 1024)
  private ends: Buffer = Buffer.alloc(endBytes * 1024)
  private readonly tree = new Frontier()

  get size(): number {
    return this.tree.size
  }

  /** `end`: offset in the file behind the line end. */
  add(hash: Buffer, end: number): void {
    const index = this.tree.size
    this.hashes = room(this.hashes, (index + 1) * hashBytes)
    this.ends = room(this.ends, (index + 1) * endBytes)
    hash.copy(this.hashes, index * hashBytes)
    this.ends.writeDoubleLE(end, index * endBytes)
    this.tree.add(Buffer.from(hash))
  }

  root(): Buffer {
    return this.tree.root()
  }

  readonly hashAt = (index: number): Buffer => {
    if (!(index >= 0 && index < this.size)) throw new Fault('BUG', `no leaf ${index}`)
    return this.hashes.subarray(index * hashBytes, (index + 1) * hashBytes)
  }

  /** Offset at which the line of this index begins; of `size`, the end of the file. */
  startAt(index: number): number {
    return index === 0 ? 0 : this.ends.readDoubleLE((index - 1) * endBytes)
  }

  /** Leaf hash of the last entry in hex; empty when there is none. */
  lastHex(): string {
    return this.size === 0 ? '' : this.hashAt(this.size - 1).toString('hex')
  }
}
