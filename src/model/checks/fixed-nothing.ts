// Weaknesses said to be fixed that were never there.
import { warning } from '../issues.ts'
import { resolveKinds } from '../kinds/resolve-kinds.ts'
import type { Check } from './check.ts'

export const fixedNothing: Check = {
  code: 'fixed-nothing',
  does: 'a weakness said to be fixed is typical of the kind, or one of its own',
  wantsAll: false,
  find(model, code) {
    const kinds = resolveKinds(model.kinds)
    return [...model.assets.values()].flatMap(({ id, value, place }) => {
      const kind = kinds.get(value.kind)
      if (!kind || value.fixed.length === 0) return []
      const had = new Set([...kind.weaknesses, ...value.weaknesses])
      return value.fixed.flatMap((weakness, at) =>
        had.has(weakness)
          ? []
          : [
              warning(
                code,
                place(['fixed', at]),
                `${weakness} is fixed in asset ${id}, but a ${kind.id} does not have it`,
                `typical of a ${kind.id}: ${kind.weaknesses.join(', ') || 'none'}`,
              ),
            ],
      )
    })
  },
}
