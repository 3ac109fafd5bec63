// Flows from an asset to the same asset.
import { error } from '../issues.ts'
import type { WrittenAsset } from '../source.ts'
import type { Check } from './check.ts'

export const flowToItself: Check = {
  code: 'flow-to-itself',
  does: 'a flow joins two assets, or machines of an asset that stands for many',
  wantsAll: false,
  find: (model, code) =>
    [...model.flows.values()].flatMap((flow) => {
      const { from, to } = flow.value
      const asset = model.assets.get(from)
      if (from !== to || !asset || standsForMany(asset.value)) return []
      return [
        error(
          code,
          flow.place(),
          `flow ${flow.id} goes from ${from} to itself`,
          'name the other asset, or take the flow out',
        ),
      ]
    }),
}

const standsForMany = ({ hosts, addresses, replicas = 1, instances }: WrittenAsset): boolean =>
  replicas > 1 ||
  Object.keys(instances).length > 1 ||
  hosts.length > 1 ||
  addresses.length > 1 ||
  hosts.some((host) => /[*?]/.test(host)) ||
  addresses.some((one) => one.includes('/'))
