// Numbers that do not come out: a service that needs more of an asset than run.
import { error } from '../issues.ts'
import type { Check } from './check.ts'

export const needsTooMany: Check = {
  code: 'needs-too-many',
  does: 'a service needs no more of an asset than run',
  wantsAll: false,
  find(model, code, { estate }) {
    const running = new Map(estate.assets.map(({ id, replicas }) => [id, replicas]))
    return [...model.services.values()].flatMap(({ id, value, place }) =>
      value.needs.flatMap((need, at) => {
        const there = typeof need === 'string' ? undefined : running.get(need.asset)
        if (typeof need === 'string' || there === undefined || need.count <= there) return []
        const text = `service ${id} needs ${need.count} of ${need.asset}, of which ${there === 1 ? 'one runs' : `${there} run`}`
        return [error(code, place(['needs', at, 'count']), text, `need fewer, or write replicas: ${need.count}`)]
      }),
    )
  },
}
