// Likelihood and severity of a threat with every number that went into them. Both are absolute: no other element of the estate has a say.
import type { Asset, Control, DataClass, Service } from '#model'
import { type Level, levels } from '#standards'
import { type Facts, rank } from './facts.ts'
import type { ThreatRule } from './rule.ts'
import { frequencies, type Harm, type Origin, type Privilege, type RatingInput, type Witnessed } from './words.ts'

/** How often in a year, as a word. Lower bounds, times a year. */
export const likelihoods = ['rare', 'unlikely', 'possible', 'likely', 'expected'] as const
export type Likelihood = (typeof likelihoods)[number]
const bounds: readonly number[] = [0, 0.03, 0.1, 0.3, 1]

export interface Rating {
  readonly level: Level
  /** Expected successes in a year, before rounding to a word. */
  readonly perYear: number
  readonly likelihood: Likelihood
  readonly severity: Exclude<Level, 'informational'>
  readonly inputs: readonly RatingInput[]
}

/** Rows: likelihood from rare to expected. Columns: severity low, medium, high, critical. */
const matrix: readonly (readonly Level[])[] = [
  ['informational', 'informational', 'low', 'medium'],
  ['informational', 'low', 'medium', 'medium'],
  ['low', 'low', 'medium', 'high'],
  ['low', 'medium', 'high', 'critical'],
  ['low', 'medium', 'high', 'critical'],
]

const exposure: Readonly<Record<Origin, readonly [number, string]>> = {
  internet: [1, 'anybody on the internet can begin it'],
  workplace: [0.5, 'it begins at a machine at which people read mail and browse'],
  partner: [0.4, 'it begins at another organisation'],
  insider: [0.2, 'it begins with somebody who is inside already'],
  physical: [0.3, 'somebody has to hold the machine'],
}
const perHop = 0.35
const privileges: Readonly<Record<Privilege, readonly [number, string]>> = {
  nothing: [1, 'no account is needed'],
  user: [0.5, 'an ordinary account is needed'],
  admin: [0.15, 'an administrator account is needed'],
  physical: [0.3, 'somebody has to be there'],
}
/** What a control leaves of the likelihood when it does not remove the threat. */
const leaves: Partial<Readonly<Record<Control, number>>> = {
  mfa: 0.4,
  'phishing-resistant-mfa': 0.1,
  edr: 0.4,
  waf: 0.5,
  'allow-list': 0.3,
  isolation: 0.4,
  'input-validation': 0.3,
  'patched-weekly': 0.4,
  'session-recording': 0.7,
  'code-review': 0.5,
  'immutable-backup': 0.3,
  'signed-updates': 0.3,
}
const usuallyLeaves = 0.6

/** How often something was seen to be tried against an asset in the last month. */
export type Attempts = (asset: string) => number

export function rate(rule: ThreatRule, found: Witnessed, facts: Facts, attempts: Attempts = () => 0): Rating {
  const chance = [...chances(rule, found, facts, attempts)]
  const perYear = Math.min(
    chance.reduce((product, { value }) => product * value, 1),
    12,
  )
  const row = bounds.findLastIndex((bound) => perYear >= bound)
  const { severity, inputs } = severityOf(rule, found, facts)
  return {
    level: matrix[row]?.[rank(severity)] ?? 'low',
    perYear: Number(perYear.toPrecision(2)),
    likelihood: likelihoods[row] ?? 'rare',
    severity,
    inputs: [...chance, ...inputs],
  }
}

function* chances(rule: ThreatRule, found: Witnessed, facts: Facts, attempts: Attempts): Generator<RatingInput> {
  const { witness } = found
  yield {
    name: 'frequency',
    value: frequencies[rule.frequency],
    why: `times a year against something open to the internet: ${rule.frequency}`,
  }
  const [open, begins] = exposure[witness.origin]
  yield { name: 'exposure', value: open, why: begins }
  if (witness.hops > 0) {
    const why = `${witness.hops} ${witness.hops === 1 ? 'machine has' : 'machines have'} to be taken over before`
    yield { name: 'distance', value: Number((perHop ** witness.hops).toPrecision(3)), why }
  }
  const [share, need] = privileges[rule.privilege]
  yield { name: 'privileges', value: share, why: need }
  const end = facts.asset(witness.assets.at(-1) ?? '')
  for (const control of rule.slowedBy)
    if (end?.controls.includes(control))
      yield { name: 'control', value: leaves[control] ?? usuallyLeaves, why: `${end.title} has ${control}` }
  const weak = rule.cwe.find((cwe) => end?.weaknesses.includes(cwe))
  if (weak !== undefined)
    yield { name: 'weakness', value: 1.5, why: `${weak} is known or typical of ${end?.title ?? ''}` }
  const tried = end ? attempts(end.id) : 0
  if (tried > 0)
    yield { name: 'attempts', value: tried >= 100 ? 3 : 2, why: `${tried} attempts were seen in the last month` }
  yield* found.factors ?? []
}

/** The worst of: what the rule harms of the data at the end; for availability also the services and the asset itself. */
function severityOf(rule: ThreatRule, found: Witnessed, facts: Facts): Pick<Rating, 'severity' | 'inputs'> {
  const ends = [found.witness.assets.at(-1) ?? '', ...(found.assets ?? [])].flatMap((id) => facts.asset(id) ?? [])
  const data = found.data ?? ends.flatMap(({ id }) => facts.held(id))
  // Taking a machine over or stopping it harms as much as the machine matters; reading what passes does not.
  const takes = rule.stride.includes('E')
  const stops = takes || rule.harms.includes('availability')
  const carried = ends.flatMap(({ id }) => facts.services(id))
  const inputs = [
    ...rule.harms.flatMap((harm) => ofData(data, harm)),
    ...(stops ? worst(carried.map(ofService)) : []),
    ...(takes || (stops && carried.length === 0) ? worst(ends.map(ofAsset)) : []),
  ]
  const top = Math.max(1, ...inputs.map(({ value }) => value))
  const severity = levels[Math.min(top, 4)] ?? 'low'
  return { severity: severity === 'informational' ? 'low' : severity, inputs }
}

/** Inputs of severity count 1 low, 2 medium, 3 high, 4 critical. */
const worst = (inputs: readonly RatingInput[]): RatingInput[] =>
  inputs.toSorted((a, b) => b.value - a.value).slice(0, 1)

const many = 100_000
const counted = new Intl.NumberFormat('en')
function ofData(data: readonly DataClass[], harm: Harm): RatingInput[] {
  return worst(
    data.map((one) => {
      const more = harm === 'confidentiality' && one.records >= many ? 1 : 0
      const count = one.records > 0 ? `, ${counted.format(one.records)} records` : ''
      return { name: harm, value: Math.min(rank(one[harm]) + 1 + more, 4), why: `${one.title}: ${one[harm]}${count}` }
    }),
  )
}

function ofService(service: Service): RatingInput {
  const short = service.tolerableOutageMinutes <= 60
  const value = service.revenuePerHour >= 10_000 ? 4 : service.revenuePerHour >= 1_000 || short ? 3 : 2
  return {
    name: 'service',
    value,
    why: `${service.title} may be gone for ${service.tolerableOutageMinutes} minutes at most`,
  }
}

const ofAsset = (asset: Asset): RatingInput => ({
  name: 'criticality',
  value: rank(asset.criticality) + 1,
  why: `${asset.title} is marked ${asset.criticality}`,
})
