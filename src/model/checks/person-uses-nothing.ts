// People who log in to nothing.
import { warning } from '../issues.ts'
import type { Check } from './check.ts'

export const personUsesNothing: Check = {
  code: 'person-uses-nothing',
  does: 'people log in to something',
  wantsAll: false,
  find: (model, code) =>
    [...model.people.values()]
      .filter(({ value }) => value.uses.length === 0)
      .map(({ id, place }) =>
        warning(code, place(), `${id} log in to nothing`, 'list the assets that they log in to under uses'),
      ),
}
