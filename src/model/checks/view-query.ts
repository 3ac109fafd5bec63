// Queries of views that cannot be read, or that mean nothing.
import type { Issue, Place } from '#kernel'
import { error, warning } from '../issues.ts'
import { assetsOfView } from '../query/match.ts'
import { queryFault } from '../query/check.ts'
import type { Check } from './check.ts'

export const viewQuery: Check = {
  code: 'view-query',
  does: 'the queries of views can be read, and name what exists',
  wantsAll: true,
  find: (model, code, { estate }) =>
    [...model.views.values()].flatMap(({ id, value, place }) =>
      (['include', 'exclude'] as const).flatMap((key): Issue[] => {
        const fault = queryFault(value[key], estate)
        if (!fault) return []
        const text = `${key} of view ${id}, character ${fault.at + 1}: ${fault.text}`
        return [error(code, inside(place([key]), fault.at), text, fault.help)]
      }),
    ),
}

/** A place some characters further on in a text that stands on one line. */
export const inside = (at: Place, characters: number): Place =>
  at.column === undefined ? at : { ...at, column: at.column + characters }

export const viewEmpty: Check = {
  code: 'view-empty',
  does: 'a view shows at least one asset',
  wantsAll: true,
  find: (model, code, { estate }) =>
    [...model.views.values()].flatMap(({ id, value, place }) => {
      const faulty = [value.include, value.exclude].some((query) => queryFault(query, estate))
      if (faulty || estate.assets.length === 0 || assetsOfView(value, estate).length > 0) return []
      return [warning(code, place(), `view ${id} shows no asset`, 'ask for less in include, or leave out less')]
    }),
}
