// Networks of zones against each other: siblings stay apart, children stay inside.
import type { Issue } from '#kernel'
import { error, warning } from '../issues.ts'
import { byAddress, contains, type Network, parseNetwork } from '../network.ts'
import type { WrittenZone } from '../source.ts'
import type { Entry, Written } from '../written.ts'
import type { Check } from './check.ts'

/** One network of a zone, where it was written. */
export interface ZoneNetwork {
  readonly zone: Entry<WrittenZone>
  readonly text: string
  readonly index: number
  readonly network: Network
}

/** The networks of a zone that can be read. */
export const networksOf = (zone: Entry<WrittenZone>): ZoneNetwork[] =>
  zone.value.cidrs.flatMap((text, index) => {
    const network = parseNetwork(text)
    return network ? [{ zone, text, index, network }] : []
  })

export const zoneOverlap: Check = {
  code: 'zone-overlap',
  does: 'zones beside each other share no addresses',
  wantsAll: false,
  find(model, code) {
    const siblings = new Map<string, ZoneNetwork[]>()
    for (const zone of model.zones.values()) {
      const parent = zone.value.parent ?? ''
      siblings.set(parent, [...(siblings.get(parent) ?? []), ...networksOf(zone)])
    }
    return [...siblings.values()].flatMap((networks) => overlaps(networks, code))
  },
}

/** Networks are nested or apart, so in order of addresses each can only lie in one of those still open before it. */
function overlaps(networks: readonly ZoneNetwork[], code: string): Issue[] {
  const open: ZoneNetwork[] = []
  const issues: Issue[] = []
  for (const here of networks.toSorted((a, b) => byAddress(a.network, b.network))) {
    for (let last = open.at(-1); last && !contains(last.network, here.network); last = open.at(-1)) open.pop()
    const outer = open.findLast((one) => one.zone !== here.zone)
    if (outer) {
      const text = `${here.text} of zone ${here.zone.id} overlaps ${outer.text} of zone ${outer.zone.id}`
      const help = `give them networks that are apart, or write parent: ${outer.zone.id} if the one lies in the other`
      issues.push(error(code, here.zone.place(['cidrs', here.index]), text, help))
    }
    open.push(here)
  }
  return issues
}

export const zoneOutsideParent: Check = {
  code: 'zone-outside-parent',
  does: 'the networks of a zone lie in those of the zone around it',
  wantsAll: false,
  find: (model, code) =>
    [...model.zones.values()].flatMap((zone) => {
      const around = surrounding(model, zone)
      if (!around) return []
      const outer = networksOf(around)
      return networksOf(zone)
        .filter(({ network }) => !outer.some((one) => contains(one.network, network)))
        .map(({ text, index }) =>
          warning(
            code,
            zone.place(['cidrs', index]),
            `${text} of zone ${zone.id} is outside zone ${around.id}, in which it lies`,
            `${around.id} has ${outer.map((one) => one.text).join(', ')}`,
          ),
        )
    }),
}

/** The nearest zone around this one that has networks. */
function surrounding(model: Written, zone: Entry<WrittenZone>): Entry<WrittenZone> | undefined {
  const seen = new Set([zone.id])
  for (let id = zone.value.parent; id !== undefined && !seen.has(id);) {
    seen.add(id)
    const parent = model.zones.get(id)
    if (parent && networksOf(parent).length > 0) return parent
    id = parent?.value.parent
  }
  return undefined
}
