// From an estate to its threats: every rule asked once, each finding rated, the best witness kept.
import type { Asset, Estate } from '#model'
import { type Facts, factsOf } from './facts.ts'
import { type Attempts, rate } from './rate.ts'
import type { ThreatRule } from './rule.ts'
import type { Witness, Witnessed } from './words.ts'
import type { Threat } from './threat.ts'

export interface FindOptions {
  /** How often something was seen to be tried against an asset in the last month. */
  readonly attempts?: Attempts
}

/** Every threat of an estate, in the order of the rules. No threat without a witness: what a rule finds without one is left out. */
export function threatsOf(estate: Estate, rules: readonly ThreatRule[], { attempts }: FindOptions = {}): Threat[] {
  const facts = factsOf(estate)
  const placeOf = placesAlike(estate)
  return rules.flatMap((rule) =>
    shortest(rule.find(facts)).map((found) => {
      const { inputs, ...rating } = rate(rule, found, facts, attempts)
      const at = found.at ?? found.target
      return {
        id: `${rule.id}@${found.target}`,
        rule: rule.id,
        title: rule.title,
        target: found.target,
        place: at,
        cause: `${rule.remedy}@${placeOf(at, rule.remedy)}`,
        ...rating,
        inputs: [...inputs],
        witness: plain(found.witness),
        stride: [...rule.stride],
        linddun: [...rule.linddun],
        cwe: [...rule.cwe],
        attack: [...rule.attack],
        meaning: rule.meaning,
        consequence: rule.consequence,
        fix: rule.fix,
        seenBy: rule.seenBy,
        falsePositives: rule.falsePositives,
        ...harmed(found, facts),
      }
    }),
  )
}

/** Of several findings of a rule about one target, that with the shortest way. Findings that name nothing of the model are dropped. */
function shortest(found: readonly Witnessed[]): Witnessed[] {
  const best = new Map<string, Witnessed>()
  for (const one of found) {
    if (!isWitnessed(one.witness)) continue
    const before = best.get(one.target)
    if (!before || one.witness.hops < before.witness.hops) best.set(one.target, one)
  }
  return [...best.values()]
}

const isWitnessed = (witness: Witness): boolean =>
  witness.start !== '' && witness.text !== '' && witness.assets.length > 0

const plain = (witness: Witness) => ({
  ...witness,
  assets: [...witness.assets],
  flows: [...witness.flows],
  people: [...witness.people],
  trust: [...witness.trust],
})

function harmed(found: Witnessed, facts: Facts): Pick<Threat, 'data' | 'services'> {
  const ends = [found.witness.assets.at(-1) ?? '', ...(found.assets ?? [])]
  const data = found.data ?? ends.flatMap((id) => facts.held(id))
  return {
    data: [...new Set(data.map(({ id }) => id))],
    services: [...new Set(ends.flatMap((id) => facts.services(id)).map(({ id }) => id))],
  }
}

/** What one change mends at once: for some remedies all machines that one team looks after in one way, else those that are the same. */
const together: Partial<Readonly<Record<string, (asset: Asset) => readonly string[]>>> = {
  'back-up': ({ owner }) => [owner],
  'protect-endpoint': ({ owner, category }) => [owner, category],
  'encrypt-disk': ({ owner, category }) => [owner, category],
  patch: ({ owner, patchFamily }) => [owner, patchFamily],
}
const same = ({ kind, zone, owner, environment, stores, controls }: Asset): readonly string[] => [
  kind,
  zone,
  owner,
  environment,
  stores.toSorted().join(' '),
  controls.toSorted().join(' '),
]

/** For each asset and remedy the first asset that the same change mends; an asset without owner stands for itself. */
export function placesAlike(estate: Estate): (at: string, remedy: string) => string {
  const firsts = new Map(
    ['', ...Object.keys(together)].map((remedy) => [remedy, firstAlike(estate, together[remedy] ?? same)]),
  )
  return (at, remedy) => (firsts.get(remedy) ?? firsts.get(''))?.get(at) ?? at
}

function firstAlike(estate: Estate, likeness: (asset: Asset) => readonly string[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  return new Map(
    estate.assets.map((asset) => {
      const key = asset.owner === '' ? asset.id : JSON.stringify(likeness(asset))
      const before = first.get(key) ?? asset.id
      first.set(key, before)
      return [asset.id, before]
    }),
  )
}
