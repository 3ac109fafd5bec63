// Hashes of files: from `MD5=…,SHA256=…` and from fields named by the algorithm.
import type { Draft } from './draft.ts'
import type { Normalisable } from './event.ts'
import type { OcsfObject } from './value.ts'

const algorithms: Readonly<Record<string, number>> = {
  md5: 1,
  sha1: 2,
  'sha-1': 2,
  sha256: 3,
  'sha-256': 3,
  sha512: 4,
  ssdeep: 5,
}
const named: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512', 'ssdeep', 'imphash'])
const hashEnd = /(?:md5|sha1|sha256|sha512|ssdeep|hash|hashes)$/i
const mostNames = 4_096
const hashNames = new Map<string, boolean>()
/** Whether a field's name ends as names of hashes do; the answer is kept for the names that come again and again. */
function isHashName(name: string): boolean {
  let known = hashNames.get(name)
  if (known === undefined) {
    known = hashEnd.test(name)
    if (hashNames.size < mostNames) hashNames.set(name, known)
  }
  return known
}
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
const places = ['file', 'process.file', 'module.file', 'driver.file', 'evidences.file', 'actor.process.file']

const hashOf = (algorithm: string, value: string): OcsfObject => {
  const id = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined
  return id === undefined ? { algorithm, algorithm_id: 99, value } : { algorithm_id: id, value }
}

/** Algorithm and value, of a list such as `MD5=…,SHA256=…` or of a field named by its algorithm. */
function hashesIn(name: string, text: string): [string, string][] {
  const algorithm = lastPart(name).toLowerCase()
  if (named.has(algorithm)) return [[algorithm, text]]
  if (name !== 'Hashes' && name !== 'Hash') return []
  return text
    .split(',')
    .slice(0, 8)
    .flatMap((part): [string, string][] => {
      const [key = '', value = ''] = part.trim().split('=', 2)
      return value === '' ? [] : [[key.toLowerCase(), value]]
    })
}

/** Places the hashes of the file or program that the event is about, and notes the fields they came from. */
export function placeHashes(draft: Draft, { fields }: Normalisable, used: Set<string>): void {
  const found = new Map<string, string>()
  const sources: string[] = []
  for (const name in fields) {
    const text = isHashName(name) ? fields[name] : undefined
    const hashes = typeof text === 'string' && text !== '' ? hashesIn(name, text) : []
    for (const [algorithm, value] of hashes) found.set(algorithm, value)
    if (hashes.length > 0) sources.push(name)
  }
  if (found.size === 0) return
  const at = places.find((place) => draft.has(`${place}.hashes`))
  if (at === undefined) return
  // IMPHASH and the like have no number: 99 is `Other`, and the algorithm is named.
  const objects = [...found].map(([algorithm, value]) => hashOf(algorithm, value))
  if (draft.placeList(`${at}.hashes`, objects)) for (const name of sources) used.add(name)
}
