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
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
const places = ['file', 'process.file', 'module.file', 'driver.file', 'evidences.file', 'actor.process.file']

const hashOf = (algorithm: string, value: string): OcsfObject => {
  const id = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined
  return id === undefined ? { algorithm, algorithm_id: 99, value } : { algorithm_id: id, value }
}

/** Places the hashes of the file or program that the event is about, and notes the fields they came from. */
export function placeHashes(draft: Draft, { fields }: Normalisable, used: Set<string>): void {
  const found = new Map<string, string>()
  const sources: string[] = []
  for (const name in fields) {
    const text = fields[name]
    if (typeof text !== 'string' || text === '') continue
    if (!hashEnd.test(name)) continue
    const algorithm = lastPart(name).toLowerCase()
    if (named.has(algorithm)) found.set(algorithm, text)
    else if (name === 'Hashes' || name === 'Hash') {
      for (const part of text.split(',').slice(0, 8)) {
        const [key = '', value = ''] = part.trim().split('=', 2)
        if (value !== '') found.set(key.toLowerCase(), value)
      }
    } else continue
    sources.push(name)
  }
  if (found.size === 0) return
  const at = places.find((place) => draft.has(`${place}.hashes`))
  if (at === undefined) return
  // IMPHASH and the like have no number: 99 is `Other`, and the algorithm is named.
  const placed = draft.placeList(
    `${at}.hashes`,
    [...found].map(([algorithm, value]) => hashOf(algorithm, value)),
  )
  if (placed) for (const name of sources) used.add(name)
}
