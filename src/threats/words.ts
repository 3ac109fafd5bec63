// The words of rules and ratings: kinds of threat, origins, witnesses, findings.
import type { DataClass } from '#model'

/** STRIDE: spoofing, tampering, repudiation, information disclosure, denial of service, elevation of privilege. */
export const strideLetters = ['S', 'T', 'R', 'I', 'D', 'E'] as const
export type Stride = (typeof strideLetters)[number]
/** LINDDUN: threats to the people whom data is about. */
export const linddunTypes = [
  'linking',
  'identifying',
  'non-repudiation',
  'detecting',
  'disclosure',
  'unawareness',
  'non-compliance',
] as const
export type Linddun = (typeof linddunTypes)[number]

/** What somebody must have already, beside the way there. */
export const privileges = ['nothing', 'user', 'admin', 'physical'] as const
export type Privilege = (typeof privileges)[number]

/** How often it would work in a year against something that the internet reaches and nothing protects. */
export const frequencies = { monthly: 12, quarterly: 4, yearly: 1, 'every few years': 0.3, rare: 0.1 } as const
export type Frequency = keyof typeof frequencies

export const harms = ['confidentiality', 'integrity', 'availability'] as const
export type Harm = (typeof harms)[number]

/** Where an attack begins. Each has its own reachability in the facts. */
export const origins = ['internet', 'partner', 'workplace', 'insider', 'physical'] as const
export type Origin = (typeof origins)[number]

/** Why a threat is there: the way from its origin to its target, all of it declared in the model. */
export interface Witness {
  readonly origin: Origin
  /** Where it begins: an asset, a person or a zone. */
  readonly start: string
  /** Assets on the way, the target or the receiver of the target flow last. */
  readonly assets: readonly string[]
  readonly flows: readonly string[]
  /** People and trust relations that it needs. */
  readonly people: readonly string[]
  readonly trust: readonly string[]
  /** Machines that somebody has to take over before the step that the rule is about. */
  readonly hops: number
  /** One sentence: what of the model makes it a threat. */
  readonly text: string
}

/** One place where a rule holds. */
export interface Witnessed {
  /** Id of the asset, flow, person, trust relation or data class that it is about. */
  readonly target: string
  readonly witness: Witness
  /** Where its fix is applied; findings with the same remedy at the same place have one root cause. The target when left out. */
  readonly at?: string
  /** Data that is harmed; what the assets at the end hold when left out. */
  readonly data?: readonly DataClass[]
  /** Assets that are harmed beside the last of the witness. */
  readonly assets?: readonly string[]
  /** Facts that make it likelier or less likely than the rule's frequency says: shown as inputs of the rating. */
  readonly factors?: readonly RatingInput[]
}

/** One number that went into a rating, and why it is what it is. */
export interface RatingInput {
  readonly name: string
  readonly value: number
  readonly why: string
}
