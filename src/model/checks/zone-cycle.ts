// Zones that lie in themselves by way of their parents.
import { error } from '../issues.ts'
import type { Written } from '../written.ts'
import type { Check } from './check.ts'

export const zoneCycle: Check = {
  code: 'zone-cycle',
  does: 'no zone lies in itself',
  wantsAll: false,
  find: (model, code) =>
    zoneCycles(model.zones).map((ring) => {
      const [first = ''] = ring
      const at = model.zones.get(first)?.place(['parent']) ?? { file: '' }
      const text = `zone ${first} lies in itself: ${[...ring, first].join(' in ')}`
      return error(code, at, text, 'take out the parent of the outermost one')
    }),
}

/** Every ring of parents, once, beginning with the zone that is written first. */
export function zoneCycles(zones: Written['zones']): string[][] {
  const rings: string[][] = []
  const done = new Set<string>()
  for (const start of zones.keys()) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && zones.has(at) && !done.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = zones.get(at)?.value.parent
    }
    if (at !== undefined && onPath.has(at)) rings.push(path.slice(path.indexOf(at)))
    for (const zone of path) done.add(zone)
  }
  return rings
}
