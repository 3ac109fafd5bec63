// Kinds that nobody has described.
import { error } from '../issues.ts'
import { builtInById, otherNames } from '../kinds/library.ts'
import { baseOf } from '../kinds/resolve-kinds.ts'
import { suggester } from '../suggest.ts'
import type { Check } from './check.ts'

export const unknownKind: Check = {
  code: 'unknown-kind',
  does: 'the kind of an asset, and the base of a kind, is one that Castellan brings or the model describes',
  wantsAll: true,
  find(model, code) {
    const known = (kind: string) => builtInById.has(kind) || model.kinds.has(kind) || model.broken.kinds.has(kind)
    const suggest = suggester([...model.kinds.keys(), ...model.broken.kinds, ...builtInById.keys()])
    const help = (kind: string) => {
      const same = otherNames.get(kind.toLowerCase())
      return same ? `did you mean ${same.id}?` : `${suggest(kind)}; or describe it under kinds:`
    }
    return [
      ...[...model.kinds.values()].flatMap(({ id, value, place }) => {
        const base = baseOf(id, value)
        return known(base)
          ? []
          : [error(code, place(['base']), `kind ${id} is like the kind ${base}, which does not exist`, help(base))]
      }),
      ...[...model.assets.values()].flatMap(({ id, value, place }) =>
        known(value.kind)
          ? []
          : [
              error(
                code,
                place(['kind']),
                `asset ${id} is of the kind ${value.kind}, which does not exist`,
                help(value.kind),
              ),
            ],
      ),
    ]
  },
}
