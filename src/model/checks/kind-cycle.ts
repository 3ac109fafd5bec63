// Kinds that are like themselves by way of their bases.
import { error } from '../issues.ts'
import { kindRings } from '../kinds/resolve-kinds.ts'
import type { Check } from './check.ts'

export const kindCycle: Check = {
  code: 'kind-cycle',
  does: 'no kind is its own base',
  wantsAll: false,
  find: (model, code) =>
    kindRings(model.kinds).flatMap((ring) => {
      const [first = ''] = ring
      const kind = model.kinds.get(first)
      const text = `kind ${first} is like itself: ${[...ring, first].join(' is like ')}`
      return kind ? [error(code, kind.place(['base']), text, 'take out one of the bases')] : []
    }),
}
