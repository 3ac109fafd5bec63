// The ways in which rules look: over flows, over assets that can be reached, over logins. Each gives its finding a witness.
import type { Asset, DataClass, Flow, Person, Trust, Use } from '#model'
import { type Facts, isWorkplace } from './facts.ts'
import type { Origin, RatingInput, Witness, Witnessed } from './words.ts'

/** What a rule says of one place: why, where the fix goes, what is harmed. A text alone is enough. */
export interface Said {
  readonly text: string
  readonly at?: string
  readonly data?: readonly DataClass[]
  readonly assets?: readonly string[]
  readonly factors?: readonly RatingInput[]
}
export type Says = Said | string | undefined | false

const said = (says: Exclude<Says, undefined | false>): Said => (typeof says === 'string' ? { text: says } : says)

const finding = (target: string, witness: Witness, what: Said): Witnessed => ({ ...what, target, witness })

/** The way of an attack that ends with this flow: from whoever sends it, or from the nearest origin that can take the sender over. */
export function flowWitness(facts: Facts, flow: Flow, text: string): Witness {
  const direct = (origin: Origin, hops: number): Witness => ({
    origin,
    start: flow.from,
    assets: [flow.to],
    flows: [flow.id],
    people: [],
    trust: [],
    hops,
    text,
  })
  if (facts.isOutside(flow.from)) return direct('internet', 0)
  if (facts.isPartner(flow.from)) return direct('partner', 0)
  if (isWorkplace(facts.asset(flow.from))) return direct('workplace', 0)
  const way = facts.nearest(flow.from, 4, text)
  if (!way || way.assets.includes(flow.to)) return direct('insider', 1)
  return { ...way, assets: [...way.assets, flow.to], flows: [...way.flows, flow.id], hops: way.hops + 1 }
}

/** One finding for each flow of which `says` has something to say; its fix goes to the receiver unless said otherwise. */
export function onFlows(facts: Facts, says: (flow: Flow, from: Asset, to: Asset) => Says): Witnessed[] {
  return facts.flows.flatMap(({ flow, from, to }) => {
    const found = says(flow, from, to)
    if (!found) return []
    const what = said(found)
    return [finding(flow.id, flowWitness(facts, flow, what.text), { at: flow.to, data: facts.carried(flow), ...what })]
  })
}

/** From where an asset must be reached, and over how many machines at most. */
export interface ReachedFrom {
  readonly from: readonly ('internet' | 'partner' | 'workplace')[]
  readonly within: number
}

/** One finding for each asset of ours that is reached and of which `says` has something to say. The shortest way is the witness. */
export function onReached(
  facts: Facts,
  { from, within }: ReachedFrom,
  says: (asset: Asset, way: Witness) => Says,
): Witnessed[] {
  return facts.assets.flatMap((asset) => {
    const hops = (origin: (typeof from)[number]) => facts.reach[origin].hops(asset.id) ?? Infinity
    const fewest = Math.min(...from.map(hops))
    const first = from.find((origin) => hops(origin) === fewest)
    const nearest = fewest <= within && first !== undefined ? facts.reach[first] : undefined
    const way = nearest?.way(asset.id, '')
    const found = way && says(asset, way)
    if (!found) return []
    const what = said(found)
    return [finding(asset.id, { ...way, text: what.text }, what)]
  })
}

/** One finding for each login of people of which `says` has something to say, named `person -> asset`. */
export function onLogins(
  facts: Facts,
  origin: Origin,
  says: (person: Person, use: Use, asset: Asset) => Says,
): Witnessed[] {
  return facts.estate.people.flatMap((person) =>
    person.uses.flatMap((use) => {
      const asset = facts.asset(use.asset)
      const found = asset && says(person, use, asset)
      if (!found) return []
      const what = said(found)
      const witness: Witness = {
        origin,
        start: person.id,
        assets: [asset.id],
        flows: [],
        people: [person.id],
        trust: [],
        hops: 0,
        text: what.text,
      }
      return [finding(`${person.id} -> ${asset.id}`, witness, what)]
    }),
  )
}

/** One finding for each trust relation of which `says` has something to say: the way to the machine that keeps the credentials, and over them. */
export function onTrust(facts: Facts, hops: number, says: (trust: Trust, from: Asset, to: Asset) => Says): Witnessed[] {
  return facts.estate.trust.flatMap((trust) => {
    const [from, to] = [facts.asset(trust.from), facts.asset(trust.to)]
    const found = from && to && says(trust, from, to)
    if (!found) return []
    const what = said(found)
    const start: Witness = {
      origin: 'workplace',
      start: from.id,
      assets: [from.id],
      flows: [],
      people: [],
      trust: [],
      hops: 0,
      text: what.text,
    }
    const way = isWorkplace(from)
      ? start
      : facts.isPartner(from.id)
        ? { ...start, origin: 'partner' as const }
        : facts.nearest(from.id, hops, what.text)
    if (!way) return []
    const witness = { ...way, assets: [...way.assets, to.id], trust: [trust.id], hops: way.hops + 1 }
    return [finding(trust.id, witness, { at: trust.from, ...what })]
  })
}

/** A way lengthened by one flow. */
export const onward = (way: Witness, flow: Flow): Witness => ({
  ...way,
  assets: [...way.assets, flow.to],
  flows: [...way.flows, flow.id],
})

/** Names in a sentence: the first three, and how many more. */
export const names = (all: readonly { readonly title: string }[]): string => {
  const shown = all.slice(0, 3).map(({ title }) => title)
  if (all.length > 3) return `${shown.join(', ')} and ${all.length - 3} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : (shown[0] ?? 'nothing')
}
