// Host names that no log can mean, and patterns that mean every machine.
import { error, warning } from '../issues.ts'
import type { Check } from './check.ts'
import { standsOf } from './stands.ts'

export const badHost: Check = {
  code: 'bad-host',
  does: 'host names have no spaces, and a pattern does not mean every machine',
  wantsAll: false,
  find: (model, code) =>
    [...model.assets.values()].flatMap(standsOf).flatMap(({ asset, path, hosts }) =>
      hosts.flatMap((host, index) => {
        const at = () => asset.place(path('hosts', index))
        if (/\s/.test(host))
          return [
            error(code, at(), `host name ${host} of asset ${asset.id} has a space in it`, 'write one name an entry'),
          ]
        if (/^[*?.]+$/.test(host))
          return [
            warning(
              code,
              at(),
              `${host} of asset ${asset.id} means every machine`,
              'write the part that its names share: WS-*',
            ),
          ]
        return []
      }),
    ),
}
