// A database in MaxMind's format, made for tests: a binary tree of address bits, and its records (MaxMind DB format 2.0).
import { parseNetwork } from '#model'

type Value = string | number | { readonly [name: string]: Value }

function encoded(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) {
      const bytes = Buffer.alloc(8)
      bytes.writeDoubleBE(value)
      return Buffer.concat([control(3, 8), bytes])
    }
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes])
  }
  const entries = Object.entries(value)
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([name, one]) => [encoded(name), encoded(one)])])
}
const control = (type: number, size: number): Buffer => {
  if (size < 29) return Buffer.from([(type << 5) | size])
  return Buffer.from([(type << 5) | 29, size - 29])
}

const bitsOf = (network: string): number[] => {
  const { words, prefix } = parseNetwork(network) ?? { words: [], prefix: 0 }
  return Array.from({ length: prefix }, (_, at) => ((words[at >> 5] ?? 0) >>> (31 - (at & 31))) & 1)
}

/** The bytes of an IPv4 database with these records. */
export function databaseOf(type: string, records: Readonly<Record<string, Value>>): Buffer {
  const nodes: [number, number][] = [[0, 0]]
  const leaves: { node: number; bit: number; data: Buffer }[] = []
  for (const [network, record] of Object.entries(records)) {
    const bits = bitsOf(network)
    let node = 0
    for (const bit of bits.slice(0, -1)) {
      const next = nodes[node]![bit]!
      if (next === 0) nodes[node]![bit] = nodes.push([0, 0]) - 1
      node = nodes[node]![bit]!
    }
    leaves.push({ node, bit: bits.at(-1)!, data: encoded(record) })
  }
  const count = nodes.length
  for (const pair of nodes) for (const bit of [0, 1] as const) if (pair[bit] === 0) pair[bit] = count
  const data: Buffer[] = []
  let used = 0
  for (const leaf of leaves) {
    nodes[leaf.node]![leaf.bit] = count + 16 + used
    data.push(leaf.data)
    used += leaf.data.length
  }
  const tree = Buffer.alloc(count * 8)
  for (const [at, [left, right]] of nodes.entries()) {
    tree.writeUInt32BE(left, at * 8)
    tree.writeUInt32BE(right, at * 8 + 4)
  }
  const metadata = encoded({
    node_count: count,
    record_size: 32,
    ip_version: 4,
    database_type: type,
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
  })
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata])
}
