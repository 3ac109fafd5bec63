#!/usr/bin/env node
// Checks, with nothing of ours but the proof, that an entry is in a Castellan ledger: the JSON that `castellan ledger prove N --json` prints.
//   node scripts/verify-inclusion.mjs PROOF.json [ledger.pub]     PROOF.json may be - for standard input; exit 0 it is, 1 it is not
// Give the public key from a place you trust: the one in the proof shows only that the proof agrees with itself.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const leafHash = (line) => sha256(Uint8Array.of(0), line)
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right)

function must(holds, complaint) {
  if (!holds) throw new Error(complaint)
}

/** RFC 9162, section 2.1.3.2. */
function rootOfPath(leaf, index, size, path) {
  let [at, last, node] = [BigInt(index), BigInt(size) - 1n, leaf]
  for (const other of path) {
    must(last > 0n, 'the audit path is too long')
    if (at % 2n === 1n || at === last) {
      node = nodeHash(other, node)
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n]
    } else node = nodeHash(node, other)
    ;[at, last] = [at / 2n, last / 2n]
  }
  must(last === 0n, 'the audit path is too short')
  return node
}

/** The size and root that a signed note states, once its signature is found right. */
function openCheckpoint(note, pem) {
  const parts = /^((\S+)\n(\d+)\n([\w+/=]+)\n)\n— (\S+) ([\w+/=]+)\n$/.exec(note)
  must(parts, 'the checkpoint is not a signed note')
  const [, text, origin, size, root, name, signed] = parts
  const key = createPublicKey(pem)
  must(key.asymmetricKeyType === 'ed25519', 'the public key is not an Ed25519 key')
  const raw = key.export({ type: 'spki', format: 'der' }).subarray(-32)
  const bytes = Buffer.from(signed, 'base64')
  const keyId = sha256(name, '\n', Uint8Array.of(1), raw).subarray(0, 4)
  must(bytes.subarray(0, 4).equals(keyId), 'the checkpoint was signed with another key')
  must(verify(null, Buffer.from(text), key, bytes.subarray(4)), 'the signature of the checkpoint is wrong')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') }
}

function check(proof, pem) {
  const line = Buffer.from(proof.line)
  const leaf = leafHash(line)
  must(leaf.toString('hex') === proof.leaf, 'the entry does not have the leaf hash that the proof names')
  const signed = openCheckpoint(proof.checkpoint, pem)
  must(
    Number.isSafeInteger(proof.index) && proof.index >= 0 && proof.index < signed.size,
    'the index is not in the tree',
  )
  must(proof.size === signed.size, 'the proof is for a tree of another size than the checkpoint')
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'))
  const root = rootOfPath(leaf, proof.index, signed.size, path)
  must(root.equals(signed.root), 'the audit path does not lead to the root that the checkpoint signs')
  must(proof.root === root.toString('hex'), 'the root that the proof names is another one')
  must(JSON.parse(proof.line).entry === proof.index + 1 && proof.entry === proof.index + 1, 'it is another entry')
  return `entry ${proof.entry} is in ledger ${signed.origin}, under a signed tree of ${signed.size} entries with root ${proof.root}`
}

const [proofFile, keyFile] = process.argv.slice(2)
try {
  must(proofFile, 'usage: verify-inclusion.mjs PROOF.json [ledger.pub]')
  const proof = JSON.parse(readFileSync(proofFile === '-' ? 0 : proofFile, 'utf8'))
  const said = check(proof, keyFile ? readFileSync(keyFile, 'utf8') : proof.publicKey)
  console.log(`${said}${keyFile ? '' : ' (by the public key inside the proof; compare it with one you trust)'}`)
} catch (error) {
  console.error(`not proven: ${error.message}`)
  process.exitCode = 1
}
