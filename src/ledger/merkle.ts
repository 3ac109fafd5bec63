// The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, the head of a growing tree, proofs that a leaf is in it.
import { Fault } from '#kernel'
import { sha256 } from './hash.io.ts'

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

/** Hash of a leaf: SHA-256 of 0x00 and its bytes. */
export const leafHash = (leaf: Uint8Array): Buffer => sha256(leafMark, leaf)
/** Hash of a node: SHA-256 of 0x01 and the hashes below it. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right)
/** Head of the tree without leaves. */
export const emptyRoot: Buffer = sha256()

/** The head of a tree that grows, kept in as many hashes as its size has ones in binary: one for each full tree that it is made of. */
export class Frontier {
  private readonly peaks: Buffer[] = []
  private count = 0

  get size(): number {
    return this.count
  }

  add(leaf: Buffer): void {
    let node = leaf
    for (let rest = this.count; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.peaks.pop()
      if (left) node = nodeHash(left, node)
    }
    this.peaks.push(node)
    this.count += 1
  }

  root(): Buffer {
    return this.peaks.length === 0 ? emptyRoot : this.peaks.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** Leaf hashes by index, counted from 0. */
export type LeafAt = (index: number) => Buffer

/** Head of the tree over the leaves from `start` up to, not including, `end`. Hashes each of them once. */
export function rootOf(leafAt: LeafAt, start: number, end: number): Buffer {
  const frontier = new Frontier()
  for (let index = start; index < end; index += 1) frontier.add(leafAt(index))
  return frontier.root()
}

/** The audit path of a leaf, from the leaf up (RFC 6962, section 2.1.1). Throws Fault BUG for an index outside the tree. */
export function auditPath(leafAt: LeafAt, index: number, size: number): Buffer[] {
  if (!(index >= 0 && index < size)) throw new Fault('BUG', `no leaf ${index} in a tree of ${size}`)
  const path: Buffer[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    const left = index < middle
    path.unshift(left ? rootOf(leafAt, middle, end) : rootOf(leafAt, start, middle))
    if (left) end = middle
    else start = middle
  }
  return path
}

/** The largest power of two smaller than n, for n above 1. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** The head that an audit path leads to (RFC 9162, section 2.1.3.2); undefined when the path has the wrong length. */
export function rootOfPath(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  let at = index
  let last = size - 1
  let node = leaf
  for (const other of path) {
    if (last <= 0) return undefined
    if (at % 2 === 1 || at === last) {
      node = nodeHash(other, node)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else node = nodeHash(node, other)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? node : undefined
}
