// Credentials that open the asset on which they are kept.
import { warning } from '../issues.ts'
import type { Check } from './check.ts'

export const trustToItself: Check = {
  code: 'trust-to-itself',
  does: 'trust leads to another asset',
  wantsAll: false,
  find: (model, code) =>
    [...model.trust.values()]
      .filter(({ value }) => value.from === value.to)
      .map(({ id, place }) => warning(code, place(), `trust ${id} leads to itself`, 'name the asset that is opened')),
}
