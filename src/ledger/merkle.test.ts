// The Merkle tree against a plain recursive one, written as RFC 6962 states it, and against known values.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import * as fc from 'fast-check'
import { auditPath, emptyRoot, Frontier, leafHash, nodeHash, rootOf, rootOfPath } from './merkle.ts'

const sha = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962, section 2.1, word for word. */
function plainRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves
  if (!only) return sha()
  if (leaves.length === 1) return sha(Uint8Array.of(0), only)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Uint8Array.of(1), plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}
/** RFC 6962, section 2.1.1. */
function plainPath(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length <= 1) return []
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return m < k
    ? [...plainPath(m, leaves.slice(0, k)), plainRoot(leaves.slice(k))]
    : [...plainPath(m - k, leaves.slice(k)), plainRoot(leaves.slice(0, k))]
}

/** The leaves and roots that the tests of Certificate Transparency's own implementation use. */
const ctLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ctRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('known values: the empty tree, the empty leaf, the trees of Certificate Transparency', () => {
  assert.equal(emptyRoot.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(leafHash(Buffer.alloc(0)).toString('hex'), ctRoots[0])
  const frontier = new Frontier()
  assert.deepEqual(frontier.root(), emptyRoot)
  for (const [index, leaf] of ctLeaves.entries()) {
    frontier.add(leafHash(Buffer.from(leaf, 'hex')))
    assert.equal(frontier.root().toString('hex'), ctRoots[index], `the tree of ${index + 1}`)
  }
})

const leavesOf = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })

test('head and paths are those of the plain implementation, and each path leads to the head', () => {
  fc.assert(
    fc.property(leavesOf, fc.nat(), (leaves, pick) => {
      const hashes = leaves.map(leafHash)
      const at = (index: number) => hashes[index] ?? assert.fail()
      const index = pick % leaves.length
      const root = rootOf(at, 0, leaves.length)
      const path = auditPath(at, index, leaves.length)
      assert.deepEqual(root, plainRoot(leaves))
      assert.deepEqual(path, plainPath(index, leaves))
      assert.deepEqual(rootOfPath(at(index), index, leaves.length, path), root)
    }),
  )
})

test('a path does not prove another leaf, another place, or a changed path', () => {
  fc.assert(
    fc.property(leavesOf, fc.nat(), fc.nat(), (leaves, pick, other) => {
      const hashes = leaves.map((leaf, index) => leafHash(Buffer.concat([leaf, Buffer.from(String(index))])))
      const at = (index: number) => hashes[index] ?? assert.fail()
      const size = leaves.length
      const index = pick % size
      const root = rootOf(at, 0, size)
      const path = auditPath(at, index, size)
      const proves = (leaf: Buffer, place: number, along: readonly Buffer[]) =>
        rootOfPath(leaf, place, size, along)?.equals(root) ?? false
      assert.ok(!proves(leafHash(Buffer.from('another')), index, path))
      if (other % size !== index) assert.ok(!proves(at(index), other % size, path))
      assert.ok(!proves(at(index), index, [...path, root]))
      if (path.length > 0) assert.ok(!proves(at(index), index, path.slice(1)))
      const changed = path.map((hash, level) => (level === other % path.length ? nodeHash(hash, hash) : hash))
      if (path.length > 0) assert.ok(!proves(at(index), index, changed))
    }),
  )
})
