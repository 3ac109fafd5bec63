// Renames that lead nowhere, in a ring, or away from a name that is still in use.
import { error, warning } from '../issues.ts'
import { moveRings } from '../moves.ts'
import { idIn, partNameOf } from '../names.ts'
import { parts } from '../source.ts'
import { suggester } from '../suggest.ts'
import type { Check } from './check.ts'

export const movedNowhere: Check = {
  code: 'moved-nowhere',
  does: 'what was renamed exists under its new name, or was renamed again',
  wantsAll: true,
  find(model, code) {
    const suggest = new Map(parts.map((part) => [part, suggester([...model[part].keys()])] as const))
    return [...model.moved.values()].flatMap(({ id, value, place }) => {
      const name = partNameOf(value)
      if (!name || name.part === 'moved')
        return [
          error(code, place(), `${value.slice(0, 60)} cannot be a name`, 'write the id of an asset, or zones.dmz'),
        ]
      const known = model[name.part].has(name.id) || model.broken[name.part].has(name.id)
      if (known || model.moved.has(idIn('moved', value) ?? '')) return []
      const help = suggest.get(name.part)?.(name.id) ?? ''
      return [error(code, place(), `${id} is moved to ${value}, which does not exist`, help)]
    })
  },
}

export const moveRing: Check = {
  code: 'move-ring',
  does: 'renames do not lead back to where they began',
  wantsAll: false,
  find: (model, code) =>
    moveRings(model.moved).flatMap((ring) => {
      const [first = ''] = ring
      const move = model.moved.get(first)
      const text = `renames go round in a ring: ${[...ring, first].join(' to ')}`
      return move ? [error(code, move.place(), text, 'take out the one that is not true')] : []
    }),
}

export const movedStillHere: Check = {
  code: 'moved-still-here',
  does: 'a name that was moved is used by nothing else',
  wantsAll: false,
  find: (model, code) =>
    [...model.moved.values()].flatMap(({ id, place }) => {
      const name = partNameOf(id)
      if (!name || !model[name.part].has(name.id)) return []
      return [warning(code, place(), `${id} is moved away, but there is one of that name`, 'take out one of the two')]
    }),
}
