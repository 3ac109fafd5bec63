// Renames followed to their ends: a moved to b moved to c is a and b moved to c.
import { idIn } from './names.ts'
import type { Written } from './written.ts'

/** Every ring of renames, once. */
export function moveRings(moved: Written['moved']): string[][] {
  const rings: string[][] = []
  const done = new Set<string>()
  for (const start of moved.keys()) {
    const path = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && moved.has(at) && !done.has(at) && !path.has(at)) {
      path.add(at)
      at = nextOf(moved, at)
    }
    const names = [...path]
    if (at !== undefined && path.has(at)) rings.push(names.slice(names.indexOf(at)))
    for (const name of names) done.add(name)
  }
  return rings
}

/** The name that a name was changed to, in the form that names of before have too. */
const nextOf = (moved: Written['moved'], from: string): string | undefined => {
  const to = moved.get(from)?.value
  return to === undefined ? undefined : idIn('moved', to)
}

/** The name of now for each name of before; none for names in a ring. */
export function movesOf(moved: Written['moved']): ReadonlyMap<string, string> {
  const inRing = new Set(moveRings(moved).flat())
  const ends = new Map<string, string | undefined>()
  for (const start of moved.keys()) {
    const path: string[] = []
    let at = start
    while (moved.has(at) && !ends.has(at) && !inRing.has(at)) {
      path.push(at)
      const next = nextOf(moved, at)
      if (next === undefined) break
      at = next
    }
    const end = inRing.has(at) ? undefined : (ends.get(at) ?? (moved.has(at) ? undefined : at))
    for (const name of path) ends.set(name, end)
  }
  return new Map([...ends].flatMap(([from, to]) => (to === undefined ? [] : [[from, to] as const])))
}
