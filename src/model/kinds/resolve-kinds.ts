// The kinds of one workspace: those that Castellan brings, and its own on top of them.
import type { WrittenKind } from '../source.ts'
import type { Kind } from '../types.ts'
import type { Entry } from '../written.ts'
import { builtInById, plainestKind } from './library.ts'

export type Kinds = ReadonlyMap<string, Kind>
type Written = ReadonlyMap<string, Entry<WrittenKind>>

/** What a kind of the workspace stands on: its base, else the one of the same name that Castellan brings, else a server. */
export const baseOf = (id: string, { base }: WrittenKind): string =>
  base ?? (builtInById.has(id) ? id : plainestKind.id)

/** Every ring of bases, once. A kind with the name of one that Castellan brings may have that as its base. */
export function kindRings(written: Written): string[][] {
  const rings: string[][] = []
  const done = new Set<string>()
  for (const start of written.keys()) {
    const path: string[] = []
    for (let at = start; ;) {
      const entry = written.get(at)
      if (!entry || done.has(at)) break
      path.push(at)
      const base = baseOf(at, entry.value)
      if (base === at && builtInById.has(at)) break
      if (path.includes(base)) {
        rings.push(path.slice(path.indexOf(base)))
        break
      }
      at = base
    }
    for (const id of path) done.add(id)
  }
  return rings
}

/** All kinds by id. A base that does not exist, or closes a ring, is a server. */
export function resolveKinds(written: Written): Kinds {
  if (written.size === 0) return builtInById
  const cut = new Set(kindRings(written).flatMap(([first]) => first ?? []))
  const all = new Map(builtInById)
  const done = new Set<string>()
  for (const start of written.keys()) {
    const path: { id: string; value: WrittenKind }[] = []
    let at = start
    for (let entry = written.get(at); entry && !done.has(at); entry = written.get(at)) {
      done.add(at)
      path.push(entry)
      const base = cut.has(at) ? plainestKind.id : baseOf(at, entry.value)
      if (base === at) break
      at = base
    }
    let base = all.get(at) ?? plainestKind
    for (const { id, value } of path.toReversed()) {
      base = onTop(id, base, value)
      all.set(id, base)
    }
  }
  return all
}

function onTop(id: string, base: Kind, written: WrittenKind): Kind {
  return {
    id,
    title: written.title ?? (base.id === id ? base.title : id),
    category: written.category ?? base.category,
    technology: written.technology ?? base.technology,
    ports: written.ports ?? base.ports,
    logs: written.logs ?? base.logs,
    patchFamily: written.patchFamily ?? base.patchFamily,
    data: written.data ?? base.data,
    traits: [...new Set([...base.traits, ...written.traits])],
    weaknesses: [...new Set([...base.weaknesses, ...written.weaknesses])],
    builtIn: false,
  }
}
