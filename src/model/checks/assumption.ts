// Assumptions that are to be looked at again, and those that the model itself shows to be wrong.
import { error, warning } from '../issues.ts'
import { assetsFor } from '../query/match.ts'
import { queryFault } from '../query/check.ts'
import { parseQuery } from '../query/parse.ts'
import type { Check } from './check.ts'
import { inside } from './view-query.ts'

export const assumptionExpired: Check = {
  code: 'assumption-expired',
  does: 'an assumption is looked at again before its day',
  wantsAll: false,
  find: (model, code, { today }) =>
    [...model.assumptions.values()].flatMap(({ id, value: { until, check }, place }) =>
      until === undefined || until >= today
        ? []
        : [
            warning(
              code,
              place(['until']),
              `assumption ${id} was to be looked at again by ${until}`,
              `see whether it still holds (${check}), then set a new day`,
            ),
          ],
    ),
}

/** A check that the model can answer by itself: `model: not internet:yes`. */
const ofModel = /^model:\s*/

export const assumptionBroken: Check = {
  code: 'assumption-broken',
  does: 'what assumptions say of the model is so',
  wantsAll: true,
  find: (model, code, { estate }) =>
    [...model.assumptions.values()].flatMap(({ id, value: { about, check }, place }) => {
      const [start] = ofModel.exec(check) ?? []
      if (start === undefined) return []
      const text = check.slice(start.length)
      const query = parseQuery(text)
      const fault = queryFault(text, estate)
      if (!query.ok || fault) {
        const {
          at,
          text: said,
          help,
        } = fault ?? { at: 0, text: 'there is no query', help: 'write model: kind:postgres' }
        return [error(code, inside(place(['check']), start.length + at), `check of assumption ${id}: ${said}`, help)]
      }
      const holds = new Set(assetsFor(query.value, estate).map((asset) => asset.id))
      const wrong = (about.length > 0 ? about : estate.assets.map((asset) => asset.id)).filter(
        (asset) => model.assets.has(asset) && !holds.has(asset),
      )
      if (wrong.length === 0) return []
      const said = `assumption ${id} no longer holds for ${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ', …' : ''}`
      return [error(code, place(['check']), said, 'mend the model, or what is assumed')]
    }),
}
