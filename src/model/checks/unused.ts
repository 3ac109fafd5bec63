// Entries that nothing leads to: probably something is forgotten.
import { warning } from '../issues.ts'
import type { Check } from './check.ts'

export const dataNowhere: Check = {
  code: 'data-nowhere',
  does: 'data is stored by an asset',
  wantsAll: true,
  find(model, code) {
    const stored = new Set([...model.assets.values()].flatMap(({ value }) => value.stores))
    return [...model.data.values()]
      .filter(({ id }) => !stored.has(id))
      .map((data) =>
        warning(code, data.place(), `no asset stores ${data.id}`, `add it to the stores of the asset that keeps it`),
      )
  },
}

export const assetWithoutFlow: Check = {
  code: 'asset-without-flow',
  does: 'an asset speaks to another',
  wantsAll: true,
  find(model, code) {
    const speaking = new Set([...model.flows.values()].flatMap(({ value }) => [value.from, value.to]))
    const broken = model.broken.flows.size > 0
    return [...model.assets.values()]
      .filter(({ id }) => !broken && !speaking.has(id))
      .map((asset) =>
        warning(
          code,
          asset.place(),
          `asset ${asset.id} speaks to nobody`,
          `add a flow: ${asset.id} -> …, or … -> ${asset.id}`,
        ),
      )
  },
}

export const serviceNeedsNothing: Check = {
  code: 'service-needs-nothing',
  does: 'a service stands on assets',
  wantsAll: false,
  find: (model, code) =>
    [...model.services.values()]
      .filter(({ value }) => value.needs.length === 0)
      .map((service) =>
        warning(
          code,
          service.place(),
          `service ${service.id} needs nothing`,
          'list the assets that it cannot run without under needs',
        ),
      ),
}
