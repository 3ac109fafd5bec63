// The kind that a foreign name means: an image, a program, a product.
import type { Kind } from '../types.ts'
import { builtInById, otherNames } from './library.ts'

const named = (name: string): Kind | undefined => builtInById.get(name) ?? otherNames.get(name)

/**
 * The kind that a name of an image, program, product or technology means (`registry:5000/team/postgres:16`, `sshd`, `AWS RDS`), or undefined.
 * The whole name decides, then its beginning, then its end, then its words from the first.
 */
export function kindLike(text: string): Kind | undefined {
  const image = text.slice(0, 200).toLowerCase().split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? ''
  const parts = image.split(/[^a-z0-9]+/).filter((part) => part !== '')
  const joined = (from: number, to: number) => parts.slice(from, to).join('-')
  const lengths = parts.map((_, at) => parts.length - at)
  const whole = [
    ...lengths.map((length) => joined(0, length)),
    ...lengths.map((length) => joined(parts.length - length, parts.length)),
    ...parts,
  ]
  for (const name of whole) {
    const found = named(name) ?? named(name.replace(/\d+$/, ''))
    if (found) return found
  }
  return undefined
}
